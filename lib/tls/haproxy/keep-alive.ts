import type { EndpointPlan } from '../../zones/plan-schema';
import { word } from './syntax';

/** Idle time before the kernel probes a peer, in seconds: shorter than the connection timeouts of firewalls and load balancers in between. */
const idleSeconds = 60;

/** Interval between unanswered probes, in seconds. */
const intervalSeconds = 10;

/** Number of unanswered probes after which the connection is closed. */
const probes = 6;

/**
 * Renders TCP keep-alive directives for clients or servers, to detect peers that disappeared without closing the connection.
 *
 * The kernel's default idle time of two hours is longer than any session may be idle.
 *
 * @see RFC 9293, 3.8.4
 */
export function keepAlive(side: 'clitcpka' | 'srvtcpka', { idleTimeoutSeconds }: EndpointPlan): string[] {
  const idle = Math.min(idleSeconds, Math.floor(idleTimeoutSeconds / 2));
  return [`option ${side}`, `${side}-idle ${word(idle)}s`, `${side}-intvl ${intervalSeconds}s`, `${side}-cnt ${probes}`];
}
