import type { EndpointPlan } from '../../zones/plan-schema';
import { word } from './syntax';

/** After how long without traffic the kernel probes a peer, in seconds: before anything between forgets the connection. */
const idleSeconds = 60;

/** Time between probes without an answer, in seconds. */
const intervalSeconds = 10;

/** Probes without an answer after which the peer counts as gone. */
const probes = 6;

/**
 * Finds peers that have gone without a word, on the side of the clients or of the servers.
 *
 * The kernel's own defaults wait two hours, which is longer than any session may be idle.
 */
export function keepAlive(side: 'clitcpka' | 'srvtcpka', { idleTimeoutSeconds }: EndpointPlan): string[] {
  const idle = Math.min(idleSeconds, Math.floor(idleTimeoutSeconds / 2));
  return [`option ${side}`, `${side}-idle ${word(idle)}s`, `${side}-intvl ${intervalSeconds}s`, `${side}-cnt ${probes}`];
}
