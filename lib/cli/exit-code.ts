/** The answers of the process. */
export const exitCode = {
  /** Nothing at or above the threshold. */
  clean: 0,
  /** Findings. */
  findings: 1,
  /** Wrong usage or configuration: nothing was judged. */
  usage: 2,
  /** Something undecided or unseen, and nothing worse. */
  unsure: 3,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
