/**
 * The queue M/G/c: Poisson arrivals, any distribution of service times, several servers, first come first served.
 *
 * @see A. K. Erlang (1917) for the probability of waiting; G. P. Cosmetatos (1976), "Some approximate equilibrium results for the
 * multi-server queue (M/G/r)", for constant service times; T. Kimura (1986), "A two-moment approximation for the mean waiting time
 * in the GI/G/s queue", Management Science 32(6), for the mean; the tail is exponential as in W. Whitt (1993), "Approximations for
 * the GI/G/m queue", Production and Operations Management 2(2).
 */

/** What a queue is made of. Times in microseconds, arrivals a second. */
export interface Queue {
  readonly arrivalsPerSecond: number;
  readonly servers: number;
  readonly meanServiceMicroseconds: number;
  /** Variance of the service time over the square of its mean. */
  readonly squaredVariation: number;
}

/** How long arrivals wait: `probability` of waiting at all, and the mean of those that do. */
export interface Wait {
  readonly probability: number;
  readonly conditionalMeanMicroseconds: number;
}

/** Share of time that each server is busy; 1 or more has no steady state. */
export function utilization({ arrivalsPerSecond, servers, meanServiceMicroseconds }: Queue): number {
  return (arrivalsPerSecond * meanServiceMicroseconds) / 1e6 / servers;
}

/** Probability that all servers of M/M/c are busy (Erlang C), by the recursion of Erlang B that cannot overflow. */
export function erlangC(servers: number, offeredLoad: number): number {
  let blocking = 1;
  for (let count = 1; count <= servers; count++) blocking = (offeredLoad * blocking) / (count + offeredLoad * blocking);
  const busy = offeredLoad / servers;
  return blocking / (1 - busy * (1 - blocking));
}

/** How much longer than half of M/M/c's the mean wait of M/D/c is (Cosmetatos 1976); never beyond M/M/c, where the formula ends to hold. */
function constantServiceFactor(servers: number, busy: number): number {
  return Math.min(2, 1 + ((1 - busy) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * busy * servers));
}

/** The wait in the queue, for a utilization below 1. */
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

/** Mean wait of all arrivals, in microseconds. */
export function meanWait({ probability, conditionalMeanMicroseconds }: Wait): number {
  return probability === 0 ? 0 : probability * conditionalMeanMicroseconds;
}

/** Probability of waiting longer than a time, in microseconds. */
export function waitsLonger({ probability, conditionalMeanMicroseconds }: Wait, microseconds: number): number {
  if (microseconds < 0) return 1;
  if (probability === 0) return 0;
  return probability * Math.exp(-microseconds / conditionalMeanMicroseconds);
}

/** The wait that a share of arrivals does not exceed, in microseconds. */
export function waitAt({ probability, conditionalMeanMicroseconds }: Wait, percentile: number): number {
  return probability <= 1 - percentile ? 0 : conditionalMeanMicroseconds * Math.log(probability / (1 - percentile));
}
