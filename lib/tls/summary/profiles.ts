import { list, section } from '../../core/markdown';
import { byCodeUnit } from '../../core/order';
import type { ProfilePlan, TierPlan } from '../plan-schema';

/** True if TLS 1.2 is offered on RSA certificates with PSS padding only, which many clients of TLS 1.2 cannot verify. */
function requiresPssPadding({ versions, signatureAlgorithms }: ProfilePlan): boolean {
  const rsa = signatureAlgorithms.filter((algorithm) => algorithm.startsWith('rsa_'));
  return versions.includes('TLSv1.2') && rsa.length > 0 && !rsa.includes('rsa_pkcs1_sha256');
}

function profileSection(profile: ProfilePlan): string {
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
        ...(requiresPssPadding(profile) ? ['RSA-PSS alone: a client of TLS 1.2 that verifies RSA by PKCS #1 only is refused'] : []),
        `least client authentication: ${profile.clientAuthentication}`,
        `resumption: ${resumption.tickets ? `by ticket, for ${resumption.lifetimeSeconds} s` : 'none'}`,
        ...(profile.fipsProvider ? ['computed by the FIPS provider and nothing else'] : []),
        `source: ${profile.source}`,
      ],
      '',
    ),
  );
}

/** The section on the TLS profiles in use. */
export function profilesSection(sites: readonly { readonly tiers: readonly TierPlan[] }[]): string {
  const used = sites.flatMap(({ tiers }) => tiers.map(({ profile }) => profile));
  const unique = [...new Map(used.map((profile) => [profile.name, profile])).values()];
  return section(2, 'TLS profiles', ...unique.sort((one, other) => byCodeUnit(one.name, other.name)).map(profileSection));
}
