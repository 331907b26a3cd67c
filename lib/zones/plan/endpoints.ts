import { sortedEntries, sortedMap } from '../../core/order';
import type { BackendPlan, EndpointPlan } from '../plan-schema';
import type { Segmentation } from '../segmentation';
import type { EndpointSpec, ZoneSpec } from '../spec';
import { hasPods } from './cluster-servers';
import { planExternalLimits, planLoad } from './load';

const fixDrainSeconds = 300;
const otherDrainSeconds = 30;

/** Client authentication that the TLS profile of a zone requires for its endpoints. */
export type ClientAuthentication = EndpointPlan['clientAuthentication'];

/** The parts of an estate that the plan of an endpoint depends on. */
type Surroundings = Pick<Segmentation, 'sites' | 'externals'>;

function planBackend(endpoint: EndpointSpec, siteId: string, { sites }: Surroundings): BackendPlan {
  const { port, servers, podLabels, podPort, plain, serverName, clientIdentity } = endpoint.backend;
  // Labels belong to the endpoint, but the pods of a zone may be at some of its sites only.
  const pods = hasPods(endpoint.backend, siteId, sites[siteId]);
  return {
    port,
    servers: sortedEntries(servers[siteId] ?? {}).map(([name, address]) => ({ name, address })),
    ...(pods && podLabels && { podLabels: sortedMap(podLabels) }),
    ...(pods && podPort !== undefined && { podPort }),
    ...(plain ? { plainReason: plain.reason } : { serverName: serverName ?? endpoint.serverNames[0] }),
    clientIdentity,
  };
}

/** Plan of an endpoint at one site. */
function planEndpoint(
  id: string,
  endpoint: EndpointSpec,
  zone: ZoneSpec,
  siteId: string,
  minimum: ClientAuthentication,
  estate: Surroundings,
): EndpointPlan {
  const load = planLoad(endpoint);
  const perExternalAddress = planExternalLimits(id, zone, estate.externals, load);
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
    backend: planBackend(endpoint, siteId, estate),
    ...(managedCertificate && { managedCertificate }),
  };
}

/** Plans of a zone's endpoints at one site, sorted by id. */
export function planEndpoints(zone: ZoneSpec, siteId: string, minimum: ClientAuthentication, estate: Surroundings): EndpointPlan[] {
  return sortedEntries(zone.endpoints).map(([id, endpoint]) => planEndpoint(id, endpoint, zone, siteId, minimum, estate));
}
