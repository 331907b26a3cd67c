import { sortedEntries, sortedMap } from '../../core/order';
import type { BackendPlan, EndpointPlan } from '../plan-schema';
import type { EndpointSpec, ExternalSpec, ZoneSpec } from '../spec';
import { planExternalLimits, planLoad } from './load';

const fixDrainSeconds = 300;
const otherDrainSeconds = 30;

/** Client authentication that the TLS profile of a zone requires for its endpoints. */
export type ClientAuthentication = EndpointPlan['clientAuthentication'];

function planBackend(endpoint: EndpointSpec, siteId: string): BackendPlan {
  const { port, servers, podLabels, podPort, plain, serverName, clientIdentity } = endpoint.backend;
  return {
    port,
    servers: sortedEntries(servers[siteId] ?? {}).map(([name, address]) => ({ name, address })),
    ...(podLabels && { podLabels: sortedMap(podLabels) }),
    ...(podPort !== undefined && { podPort }),
    ...(plain ? { plainReason: plain.reason } : { serverName: serverName ?? endpoint.serverNames[0] }),
    clientIdentity,
  };
}

type Externals = Readonly<Record<string, ExternalSpec>>;

/** Plan of an endpoint at one site. */
function planEndpoint(
  id: string,
  endpoint: EndpointSpec,
  zone: ZoneSpec,
  siteId: string,
  minimum: ClientAuthentication,
  externals: Externals,
): EndpointPlan {
  const load = planLoad(endpoint);
  const perExternalAddress = planExternalLimits(id, zone, externals, load);
  const managedCertificate = endpoint.managed?.certificates[siteId];
  return {
    id,
    port: endpoint.port,
    serverNames: endpoint.serverNames,
    protocol: endpoint.protocol,
    clientAuthentication: minimum === 'required' ? 'required' : endpoint.clientAuthentication,
    keyAlgorithms: endpoint.keyAlgorithms,
    ...load,
    ...(perExternalAddress && { perExternalAddress }),
    drainSeconds: endpoint.drainSeconds ?? (endpoint.protocol === 'fix' ? fixDrainSeconds : otherDrainSeconds),
    idleTimeoutSeconds: endpoint.idleTimeoutSeconds,
    backend: planBackend(endpoint, siteId),
    ...(managedCertificate && { managedCertificate }),
  };
}

/** Plans of a zone's endpoints at one site, sorted by id. */
export function planEndpoints(zone: ZoneSpec, siteId: string, minimum: ClientAuthentication, externals: Externals): EndpointPlan[] {
  return sortedEntries(zone.endpoints).map(([id, endpoint]) => planEndpoint(id, endpoint, zone, siteId, minimum, externals));
}
