import { fileURLToPath } from "node:url";
import { runAudit } from "./audit.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";

export const usage = `Usage: rolecall demo

Audits the example account that comes with Rolecall: no AWS account and no network are needed. It is a
showing, so it exits 0 whatever is found.
`;

/** One part of the showing. */
type Act = (io: Io) => Promise<void>;

const acts: readonly Act[] = [auditExample];

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  parseOptions(argv, {});
  for (const act of acts) await act(io);
  return exitCode.clean;
}

/** The root lies two folders up in lib/cli and in dist/cli. */
const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

async function auditExample(io: Io): Promise<void> {
  await runAudit(
    {
      snapshot: example("account"),
      config: example("rolecall.yml"),
      regions: [],
      platforms: [],
      format: "table",
      output: undefined,
      failOn: "low",
    },
    io,
  );
  io.out(`
This was the example account of Rolecall, from files. Yours, with the credentials of your AWS CLI:
  npx rolecall audit     judges what it recognises; nothing has to be written first
  npx rolecall init      writes a first rolecall.yml
`);
}
