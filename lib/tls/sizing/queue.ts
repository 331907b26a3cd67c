/**
 * An M/G/c queue: Poisson arrivals, general distribution of service times, c servers, first come first served.
 *
 * @see A. K. Erlang (1917) for the probability of waiting; G. P. Cosmetatos (1976), "Some approximate equilibrium results for the
 * multi-server queue (M/G/r)", for constant service times; T. Kimura (1986), "A two-moment approximation for the mean waiting time
 * in the GI/G/s queue", Management Science 32(6), for the mean; the tail is exponential as in W. Whitt (1993), "Approximations for
 * the GI/G/m queue", Production and Operations Management 2(2).
 */

/** Parameters of a queue. */
export interface Queue {
  readonly arrivalsPerSecond: number;
  readonly servers: number;
  readonly meanServiceMicroseconds: number;
  /** Squared coefficient of variation of the service time: variance divided by the square of the mean. */
  readonly squaredVariation: number;
}

/** Waiting time in a queue: probability of waiting at all, and mean wait of the arrivals that wait. */
export interface Wait {
  readonly probability: number;
  readonly conditionalMeanMicroseconds: number;
}

/** Utilization of each server. At 1 or more, the queue has no steady state. */
export function utilization({ arrivalsPerSecond, servers, meanServiceMicroseconds }: Queue): number {
  return (arrivalsPerSecond * meanServiceMicroseconds) / 1e6 / servers;
}

/**
 * Probability that all servers of an M/M/c queue are busy (Erlang C), computed by the Erlang B recursion, which cannot overflow.
 *
 * @param offeredLoad - arrival rate times mean service time, in erlangs; below the number of servers
 * @example
 * erlangC(1, 0.5); // 0.5
 */
export function erlangC(servers: number, offeredLoad: number): number {
  let blocking = 1;
  for (let count = 1; count <= servers; count++) blocking = (offeredLoad * blocking) / (count + offeredLoad * blocking);
  const busy = offeredLoad / servers;
  return blocking / (1 - busy * (1 - blocking));
}

/** Mean wait of M/D/c relative to half the mean wait of M/M/c (Cosmetatos 1976), capped at 2 because M/D/c never waits longer than M/M/c. */
function constantServiceFactor(servers: number, busy: number): number {
  return Math.min(2, 1 + ((1 - busy) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * busy * servers));
}

/** Computes the waiting time in a queue; infinite at a utilization of 1 or more. */
export function waitOf(queue: Queue): Wait {
  const { servers, meanServiceMicroseconds, squaredVariation } = queue;
  const busy = utilization(queue);
  if (busy <= 0) return { probability: 0, conditionalMeanMicroseconds: 0 };
  if (busy >= 1) return { probability: 1, conditionalMeanMicroseconds: Number.POSITIVE_INFINITY };
  const probability = erlangC(servers, busy * servers);
  const exponential = meanServiceMicroseconds / (servers * (1 - busy));
  const constant = (exponential / 2) * constantServiceFactor(servers, busy);
  const mean = (1 + squaredVariation) / ((1 - squaredVariation) / constant + (2 * squaredVariation) / exponential);
  return { probability, conditionalMeanMicroseconds: mean };
}

/** Mean wait of all arrivals, including those that do not wait, in microseconds. */
export function meanWait({ probability, conditionalMeanMicroseconds }: Wait): number {
  return probability === 0 ? 0 : probability * conditionalMeanMicroseconds;
}

/** Probability of waiting longer than a time in microseconds. */
export function waitsLonger({ probability, conditionalMeanMicroseconds }: Wait, microseconds: number): number {
  if (microseconds < 0) return 1;
  if (probability === 0) return 0;
  return probability * Math.exp(-microseconds / conditionalMeanMicroseconds);
}

/** Percentile of the wait, in microseconds; `percentile` is between 0 and 1. */
export function waitAt({ probability, conditionalMeanMicroseconds }: Wait, percentile: number): number {
  return probability <= 1 - percentile ? 0 : conditionalMeanMicroseconds * Math.log(probability / (1 - percentile));
}
