/** What a run took. */
export interface Usage {
  /** The most memory that the process held. */
  readonly kibibytes: number;
  /** What all of its threads computed, whatever else the machine had to do. */
  readonly cpuMicroseconds: number;
}

/** Reports what this process took so far, as the last line of its output. */
export function reportUsage(): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage: Usage = { kibibytes: maxRSS, cpuMicroseconds: userCPUTime + systemCPUTime };
  process.stdout.write(`\n${JSON.stringify(usage)}\n`);
}
