import { isAddress } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import type { Segmentation } from '../segmentation';

/** A peer of tiers with known addresses that is no zone or external: a backend server, or a block of a platform flow. */
export interface Peer {
  readonly kind: 'server' | 'platform';
  readonly path: string;
  readonly siteId: string;
  readonly cidr: string;
  /** Address or block as it was written. */
  readonly written: string;
  readonly direction: 'egress' | 'ingress';
  /** Zone of a server. */
  readonly zoneId?: string;
}

function serverPeers({ zones }: Segmentation): Peer[] {
  return sortedEntries(zones).flatMap(([zoneId, zone]) =>
    sortedEntries(zone.endpoints).flatMap(([id, { backend }]) =>
      zone.sites.flatMap((siteId) =>
        sortedEntries(backend.servers[siteId] ?? {})
          .filter(([, address]) => isAddress(address))
          .map(([name, address]): Peer => {
            const path = `zones/${zoneId}/endpoints/${id}/backend/servers/${siteId}/${name}`;
            return { kind: 'server', path, siteId, cidr: `${address}/32`, written: address, direction: 'egress', zoneId };
          }),
      ),
    ),
  );
}

function platformPeers({ sites }: Segmentation): Peer[] {
  return sortedEntries(sites).flatMap(([siteId, { platformFlows }]) =>
    sortedEntries(platformFlows).flatMap(([id, { direction, cidrs = [] }]) =>
      cidrs.map((cidr, index): Peer => {
        const path = `sites/${siteId}/platformFlows/${id}/cidrs/${index}`;
        return { kind: 'platform', path, siteId, cidr, written: cidr, direction };
      }),
    ),
  );
}

/** All peers of an estate that are identified by their addresses. */
export function peersOf(estate: Segmentation): Peer[] {
  return [...platformPeers(estate), ...serverPeers(estate)];
}

/** Name of a peer in messages. */
export const peerName = ({ kind }: Peer): string => (kind === 'server' ? 'the server' : 'the peer of the flow');
