import { isAddress } from '../../core/addresses';
import { type Problem, problem } from '../../core/problem';
import type { ClientAuthentication } from '../plan/endpoints';
import type { CloudNetwork, Segmentation } from '../segmentation';
import type { EndpointSpec, ZoneSpec } from '../spec';

/** Whether a balancer's own listener can serve an endpoint in place of the tier. */

/** Seconds without traffic after which a TLS listener of a network load balancer closes a session; it cannot be changed. */
const managedIdleSeconds = 350;

function managedSessions(at: string, { protocol, idleTimeoutSeconds }: EndpointSpec): Problem[] {
  const statement = { cannot: "let the balancer's own listener end TLS", fix: 'Remove managed, so that the tier ends TLS.' };
  const as = `it closes sessions after ${managedIdleSeconds} s without traffic`;
  return [
    ...(protocol === 'fix'
      ? [problem('ZON029', `${at}/protocol`, { ...statement, as: `${as}, which FIX must outlast`, value: protocol })]
      : []),
    ...(idleTimeoutSeconds === managedIdleSeconds
      ? []
      : [problem('ZON029', `${at}/idleTimeoutSeconds`, { ...statement, as: `${as}, whatever is declared`, value: idleTimeoutSeconds })]),
  ];
}

/** Problems of the certificate of a listener at a cloud site. */
function managedCertificate(at: string, siteId: string, certificate: string | undefined, { account, region }: CloudNetwork): Problem[] {
  if (certificate === undefined) return [certificateMissing(at, siteId)];
  const [, , , inRegion, ofAccount] = certificate.split(':');
  if (inRegion === region && ofAccount === account) return [];
  return [
    problem('ZON028', `${at}/managed/certificates/${siteId}`, {
      cannot: 'serve the certificate',
      as: `it has to be in region ${region} of account ${account}, as site ${siteId} is`,
      value: certificate,
      fix: `Write the ARN of a certificate that starts with arn:aws:acm:${region}:${account}:certificate/.`,
    }),
  ];
}

function certificateOnPrem(at: string, siteId: string, certificate: string): Problem {
  const as = `site ${siteId} is on-prem, where the tier ends TLS`;
  return problem('ZON008', `${at}/managed/certificates/${siteId}`, {
    cannot: 'use the certificate',
    as,
    value: certificate,
    fix: 'Remove it.',
  });
}

function certificateMissing(at: string, siteId: string): Problem {
  return problem('ZON024', `${at}/managed/certificates`, {
    cannot: "let the balancer's own listener end TLS",
    as: `it has no certificate at site ${siteId}`,
    value: undefined,
    fix: `Write ${siteId}: arn:aws:acm:..., the certificate in the account and region of the site, or remove managed.`,
  });
}

function serverByName(at: string, siteId: string, name: string, address: string): Problem {
  return problem('ZON026', `${at}/backend/servers/${siteId}/${name}`, {
    cannot: "forward from the balancer's own listener",
    as: 'a network load balancer forwards to addresses only',
    value: address,
    fix: 'Write the IPv4 address of the server, or remove managed.',
  });
}

/** Everything that keeps a balancer's own listener from serving an endpoint that asks for it. */
export function managedListener(
  at: string,
  endpoint: EndpointSpec,
  zone: ZoneSpec,
  estate: Segmentation,
  minimum: ClientAuthentication,
): Problem[] {
  const { managed, backend, clientAuthentication } = endpoint;
  if (!managed) return [];
  const required = minimum === 'required' || clientAuthentication === 'required';
  return [
    ...(required
      ? [
          problem('ZON025', `${at}/managed`, {
            cannot: "let the balancer's own listener end TLS",
            as: 'clients have to present a certificate, which it does not verify',
            value: managed,
            fix: 'Remove managed, so that the tier ends TLS.',
          }),
        ]
      : []),
    ...managedSessions(at, endpoint),
    ...zone.sites.flatMap((siteId) => {
      const site = estate.sites[siteId];
      const certificate = managed.certificates[siteId];
      if (site?.kind === 'on-prem') return certificate ? [certificateOnPrem(at, siteId, certificate)] : [];
      const named = Object.entries(backend.servers[siteId] ?? {}).filter(([, address]) => !isAddress(address));
      return [
        ...(site ? managedCertificate(at, siteId, certificate, site) : []),
        ...named.map(([name, address]) => serverByName(at, siteId, name, address)),
      ];
    }),
  ];
}
