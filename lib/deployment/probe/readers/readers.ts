import { balancingReaders } from './balancing';
import { fleetReaders } from './fleets';
import { gatewayReaders } from './gateways';
import { identityReaders } from './identities';
import { networkReaders } from './network';
import type { Reader } from './reader';
import { serviceReaders } from './services';
import { wallReaders } from './walls';

/** Readers of all resource types that templates can declare. */
export const readers: readonly Reader[] = [
  ...networkReaders,
  ...gatewayReaders,
  ...wallReaders,
  ...balancingReaders,
  ...fleetReaders,
  ...serviceReaders,
  ...identityReaders,
];
