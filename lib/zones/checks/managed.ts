import { isAddress } from '../../core/addresses';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { ClientAuthentication } from '../plan/endpoints';
import type { CloudNetwork, Segmentation } from '../segmentation';
import type { EndpointSpec, ZoneSpec } from '../spec';

/** Checks of managed listeners: TLS listeners of a network load balancer that serve an endpoint instead of the tier. */

/** Idle timeout of a TLS listener of a network load balancer, in seconds. AWS does not allow changing it. */
const managedIdleSeconds = 350;

function managedSessions(at: string, { protocol, idleTimeoutSeconds }: EndpointSpec): Problem[] {
  const wrong = `a managed listener closes sessions after ${managedIdleSeconds} seconds without traffic`;
  const fix = 'Remove managed, so that the tier terminates TLS.';
  return [
    ...(protocol === 'fix'
      ? [
          zoneProblem('ZON029', `${at}/protocol`, {
            wrong,
            rule: 'the protocol must not be fix, whose sessions are idle for longer',
            got: protocol,
            fix,
          }),
        ]
      : []),
    ...(idleTimeoutSeconds === managedIdleSeconds
      ? []
      : [
          zoneProblem('ZON029', `${at}/idleTimeoutSeconds`, {
            wrong,
            rule: `the idle timeout must be ${managedIdleSeconds}`,
            got: idleTimeoutSeconds,
            fix,
          }),
        ]),
  ];
}

/** Problems of the certificate of a managed listener at a cloud site. */
function managedCertificate(at: string, siteId: string, certificate: string | undefined, { account, region }: CloudNetwork): Problem[] {
  if (certificate === undefined) return [certificateMissing(at, siteId)];
  const [, , , inRegion, ofAccount] = certificate.split(':');
  if (inRegion === region && ofAccount === account) return [];
  return [
    zoneProblem('ZON028', `${at}/managed/certificates/${siteId}`, {
      wrong: `the certificate is not in the account and region of site ${siteId}`,
      rule: `the certificate of a managed listener must be in region ${region} of account ${account}`,
      got: certificate,
      fix: `Write the ARN of a certificate that starts with arn:aws:acm:${region}:${account}:certificate/.`,
    }),
  ];
}

function certificateOnPrem(at: string, siteId: string, certificate: string): Problem {
  return zoneProblem('ZON008', `${at}/managed/certificates/${siteId}`, {
    wrong: `site ${siteId} is on-prem, where the tier terminates TLS`,
    rule: 'certificates of a managed listener must be for cloud sites',
    got: certificate,
    fix: 'Remove the certificate.',
  });
}

function certificateMissing(at: string, siteId: string): Problem {
  return zoneProblem('ZON024', `${at}/managed/certificates`, {
    wrong: `the managed listener has no certificate at site ${siteId}`,
    rule: 'a managed listener must have an ACM certificate at every cloud site of the zone',
    fix: `Write ${siteId}: arn:aws:acm:..., a certificate in the account and region of the site, or remove managed.`,
  });
}

function serverByName(at: string, siteId: string, name: string, address: string): Problem {
  return zoneProblem('ZON026', `${at}/backend/servers/${siteId}/${name}`, {
    wrong: 'a network load balancer does not resolve names',
    rule: 'servers behind a managed listener must be IPv4 addresses',
    got: address,
    fix: 'Write the IPv4 address of the server, or remove managed.',
  });
}

/** Problems of an endpoint with a managed listener. */
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
          zoneProblem('ZON025', `${at}/managed`, {
            wrong: 'a managed listener does not verify the client certificates that the endpoint requires',
            rule: 'an endpoint with client authentication must be served by the tier',
            fix: 'Remove managed, so that the tier terminates TLS.',
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
