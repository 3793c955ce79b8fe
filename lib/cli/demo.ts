import { fileURLToPath } from "node:url";
import { openSnapshot } from "../local/snapshot-facts.ts";
import { runAudit } from "./audit.ts";
import { demoChanges } from "./demo-changes.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";
import { readConfig } from "./read-config.ts";

export const usage = `Usage: rolecall demo

Audits the example account that comes with Rolecall, and plays three changes
against it through the same pipeline as deployed: no AWS account and no network
are needed. It is a showing, so it exits 0 whatever is found.
`;

/** One part of the showing. */
type Act = (io: Io) => Promise<void>;

const acts: readonly Act[] = [auditExample, playChanges, goOn];

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
}

async function playChanges(io: Io): Promise<void> {
  io.out(`
Deployed, Rolecall watches. Three changes to the same account, and what its subscribers read of each (the
minutes between them pass at once):
`);
  await demoChanges({
    facts: openSnapshot(example("account")),
    config: readConfig(example("rolecall.yml"), io.cwd),
    from: new Date(),
    write: io.out,
  });
}

async function goOn(io: Io): Promise<void> {
  io.out(`
This was the example account of Rolecall, from files. Yours, with the credentials of your AWS CLI:
  npx rolecall audit     judges what it recognises; nothing has to be written first
  npx rolecall init      writes a first rolecall.yml
`);
}
