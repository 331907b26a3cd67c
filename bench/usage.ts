/** Resources that a run used. */
export interface Usage {
  /** Peak memory of the process, in KiB. */
  readonly kibibytes: number;
  /** CPU time of all threads, in microseconds, independent of other load on the machine. */
  readonly cpuMicroseconds: number;
}

/** Prints the resources used so far as the last line of output. */
export function reportUsage(): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage: Usage = { kibibytes: maxRSS, cpuMicroseconds: userCPUTime + systemCPUTime };
  process.stdout.write(`\n${JSON.stringify(usage)}\n`);
}
