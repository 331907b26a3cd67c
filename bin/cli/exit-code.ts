/** What a command's exit code says; the same for all. */
export const exitCode = {
  /** It did what was asked, and found nothing wrong. */
  ok: 0,
  /** It looked at artifacts and found something wrong. */
  findings: 1,
  /** It was called in a wrong way, or the estate is wrong. */
  usage: 2,
  /** It cannot tell. */
  unknown: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
