import type { Command } from "./commands.ts";

export function overview(commands: readonly Command[]): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  return `Rolecall calls the roll on the IAM roles, instance profiles and cluster tags
that container platforms live on, and says which no longer answer as expected.

Usage: rolecall COMMAND [OPTION…]

${commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n")}

  rolecall COMMAND --help    what a command takes
  rolecall --version         which version this is

Exit: 0 nothing found, 1 findings, 2 wrong usage or configuration,
3 something undecided or unseen and nothing worse.
The report goes to stdout, everything else to stderr.
`;
}
