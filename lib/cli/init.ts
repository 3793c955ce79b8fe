import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { catalogue } from "../config/catalogue.generated.ts";
import { gather } from "../gather/gather.ts";
import { gapsOf } from "../init/gaps.ts";
import { type Recognised, recognise } from "../init/recognise.ts";
import { renderConfig } from "../init/render-config.ts";
import type { Facts } from "../model/facts.ts";
import { visible } from "../model/visible.ts";
import { count } from "../report/headline.ts";
import { checkRegions } from "./check-regions.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { asUsage, noRegionRead, openFacts } from "./open-facts.ts";
import { parseOptions } from "./parse-options.ts";
import { progressLine } from "./progress.ts";
import { UsageError } from "./usage-error.ts";
import { writeWhole } from "./write-output.ts";

export const usage = `Usage: rolecall init [OPTION…]

Reads an account, recognises the roles and clusters of the platforms that
Rolecall knows, and writes a first rolecall.yml that says for each guess why.

  --snapshot DIR      read files that were saved from an account instead of
                      the account itself
  --region R…         look for clusters in these regions; when not given in
                      those of the snapshot, or the one that the AWS CLI would
                      use
  --output FILE, -o   where to write; rolecall.yml when not given, - for
                      standard output
  --force             write over a file that is there

Exit: 0 written, 2 wrong usage, or not written.
`;

const options = {
  snapshot: { takes: "one" },
  region: { takes: "many" },
  output: { takes: "one", short: "o" },
  force: { takes: "flag" },
} as const;

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values } = parseOptions(argv, options);
  const regions = checkRegions(values.region);
  const output = values.output ?? "rolecall.yml";
  const path = resolve(io.cwd, output);
  const taken = (): boolean => output !== "-" && values.force !== true && existsSync(path);
  // Asked before anything is read: a long read for nothing would be a poor joke.
  if (taken() && !(await mayOverwrite(output, io))) return exitCode.usage;

  const facts = await read(values.snapshot, regions, io);
  const recognised = recognise(facts, catalogue);
  const text = renderConfig(recognised, facts, catalogue);
  if (output === "-") io.out(text);
  else writeWhole(output, text, io);
  io.err(summary(recognised, facts, output));
  return exitCode.clean;
}

async function mayOverwrite(output: string, io: Io): Promise<boolean> {
  if (!io.terminal.in || !io.terminal.err || io.ask === undefined)
    throw new UsageError(
      `\`${output}\` is there already: --force writes over it, --output names another file`,
    );
  const answer = await io.ask(`${visible(output)} is there already. Write over it? [y/N] `);
  if (/^y(es)?$/i.test(answer.trim())) return true;
  io.err("Nothing was written.\n");
  return false;
}

async function read(snapshot: string | undefined, regions: readonly string[], io: Io): Promise<Facts> {
  const progress = progressLine(io);
  const facts = await openFacts(snapshot, io);
  try {
    return await gather(facts.port, {
      source: facts.source,
      regions: regions.length > 0 ? regions : facts.regions,
      now: () => new Date(),
      progress: progress.tell,
    });
  } catch (error) {
    throw asUsage(error);
  } finally {
    progress.end();
    facts.close();
  }
}

function summary({ roles, watched, others, externalIds }: Recognised, facts: Facts, output: string): string {
  const by = new Map<string, number>();
  for (const { platform } of roles) by.set(platform, (by.get(platform) ?? 0) + 1);
  const found = [...by].map(([platform, n]) => `${platform}: ${count(n, "role")}`);
  if (watched.length > 0) found.push(count(watched.length, "cluster"));
  const where = output === "-" ? "" : ` Written to ${visible(output)}.`;
  const regions = facts.regions.map(({ region }) => region).join(", ");
  const [gap, ...more] = gapsOf(facts);
  const lines = [
    found.length === 0
      ? `Nothing of a platform that Rolecall knows was recognised among ${count(facts.iam.roles.items.length, "role")}.${where} The file shows how to describe roles of your own.`
      : `Recognised ${found.join(", ")}.${where} Look it through: each guess says why.`,
    regions === "" ? noRegionRead : `Clusters were looked for in ${regions}; --region names others.`,
    ...(others.length === 0
      ? []
      : [`${count(others.length, "cluster tag")} left out: the file says which, and why.`]),
    ...(gap === undefined
      ? []
      : [
          `Not everything could be seen: ${gap}${more.length === 0 ? "" : `; and ${more.length} more, which the file lists`}.`,
        ]),
    ...(externalIds.size === 0
      ? []
      : [`Before an audit set ${[...externalIds.keys()].join(", ")}, as the file says.`]),
  ];
  return `${lines.map((line) => visible(line)).join("\n")}\n`;
}
