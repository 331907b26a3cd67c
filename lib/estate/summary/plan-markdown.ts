import { list, section, table } from '../../core/markdown';
import { byCodeUnit } from '../../core/order';
import type { ProfilePlan } from '../../tls/plan-schema';
import type { EstatePlan } from '../plan-schema';
import { siteMarkdown } from './site-markdown';

function externals({ externals: networks }: EstatePlan): string {
  const rows = networks.flatMap(({ id, cidrs, sites }) => cidrs.map((cidr) => [id, cidr, sites.join(', ')]));
  return section(2, 'Externals', table(['External', 'Block', 'Arrives at'], rows, 'None.'));
}

function links({ links: joined }: EstatePlan): string {
  const rows = joined.map(({ id, sites, kind, mtu, roundTripMilliseconds }) => [id, sites.join(' and '), kind, mtu, roundTripMilliseconds]);
  const prefixes = joined.flatMap(({ id, sites, prefixes: blocks }) =>
    sites.flatMap((site) => (blocks[site] ?? []).map((block) => [id, site, block])),
  );
  return section(
    2,
    'Links',
    table(['Link', 'Between', 'Kind', 'MTU (bytes)', 'Round trip (ms)'], rows, 'None: nothing crosses from site to site.'),
    ...(prefixes.length > 0 ? [table(['Link', 'Site', 'Announces'], prefixes, '')] : []),
  );
}

/** Whether TLS 1.2 is offered on RSA certificates without the padding that many clients of TLS 1.2 verify alone. */
function needsProvenPadding({ versions, signatureAlgorithms }: ProfilePlan): boolean {
  const rsa = signatureAlgorithms.filter((algorithm) => algorithm.startsWith('rsa_'));
  return versions.includes('TLSv1.2') && rsa.length > 0 && !rsa.includes('rsa_pkcs1_sha256');
}

function profileLines(profile: ProfilePlan): string {
  const { resumption } = profile;
  return section(
    3,
    profile.name,
    list(
      [
        ...(profile.base === profile.name ? [] : [`derived from ${profile.base}`]),
        ...(profile.weaker ? [`weaker than ${profile.base} until ${profile.weaker.expires}: ${profile.weaker.reason}`] : []),
        `versions: ${profile.versions.join(', ')}`,
        `cipher suites of TLS 1.3: ${profile.cipherSuites.join(', ')}`,
        ...(profile.legacyCipherSuites.length > 0 ? [`cipher suites of TLS 1.2: ${profile.legacyCipherSuites.join(', ')}`] : []),
        `groups: ${profile.groups.join(', ')}`,
        `signature algorithms: ${profile.signatureAlgorithms.join(', ')}`,
        ...(needsProvenPadding(profile) ? ['RSA-PSS alone: a client of TLS 1.2 that verifies RSA by PKCS #1 only is refused'] : []),
        `least client authentication: ${profile.clientAuthentication}`,
        `resumption: ${resumption.tickets ? `by ticket, for ${resumption.lifetimeSeconds} s` : 'none'}`,
        ...(profile.fipsProvider ? ['computed by the FIPS provider and nothing else'] : []),
        `source: ${profile.source}`,
      ],
      '',
    ),
  );
}

function profilesOf({ sites }: EstatePlan): ProfilePlan[] {
  const used = sites.flatMap(({ tiers }) => tiers.map(({ profile }) => profile));
  return [...new Map(used.map((profile) => [profile.name, profile])).values()].sort((one, other) => byCodeUnit(one.name, other.name));
}

/** The plan as a reviewer reads it: one fact a line as far as possible, in an order that does not move. */
export function planMarkdown(plan: EstatePlan): string {
  const { haproxy, sites } = plan;
  const { name, version } = haproxy.tlsLibrary;
  const profiles = new Map(sites.flatMap(({ tiers }) => tiers.map(({ zone, profile }) => [zone, profile.name])));
  const profileOf = (zone: string) => profiles.get(zone) ?? 'by the balancer';
  return [
    section(
      1,
      `Plan of ${plan.estate}`,
      list(
        [
          `plan: ${plan.version}`,
          `HAProxy ${haproxy.version} with ${name} ${version}, image ${haproxy.imageDigest}`,
          `features of the build: ${haproxy.features.join(', ') || 'none'}`,
        ],
        '',
      ),
    ),
    externals(plan),
    links(plan),
    section(2, 'TLS profiles', ...profilesOf(plan).map(profileLines)),
    ...sites.map((site) => siteMarkdown(plan, site, profileOf)),
  ].join('\n');
}
