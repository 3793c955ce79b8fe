import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { SavedOutput } from "../aws/save-account.ts";
import { visible } from "../model/visible.ts";
import { count } from "../report/headline.ts";
import { checkRegions } from "./check-regions.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { asUsage } from "./open-facts.ts";
import { parseOptions } from "./parse-options.ts";
import { progressLine } from "./progress.ts";
import { findConfig, readConfig } from "./read-config.ts";
import { UsageError } from "./usage-error.ts";

export const usage = `Usage: rolecall snapshot DIR [OPTION…]

Saves what an audit reads of an account in a new folder, as the AWS CLI would
print it: audit it later, or elsewhere, with \`rolecall audit --snapshot DIR\`.

  --region R…         the regions to read; when not given those of rolecall.yml,
                      and the one that the AWS CLI would use
  --config FILE       the configuration that names regions; rolecall.yml in this
                      folder when not given

The files are raw: whoever holds them sees every policy and ExternalId of the
account. Only you can read them (mode 0600).

Exit: 0 all saved, 2 wrong usage or nothing to read, 3 something could not be
seen.
`;

const options = { region: { takes: "many" }, config: { takes: "one" } } as const;

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(argv, options, { max: 1, what: "one folder" });
  const asked = checkRegions(values.region);
  const [folder] = positionals;
  if (folder === undefined) throw new UsageError("name the folder to save into");
  const target = resolve(io.cwd, folder);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new UsageError(
      `\`${folder}\` is not empty: files of another day would be read as this account's; name a new folder`,
    );
  const regions = asked.length > 0 ? asked : await usualRegions(values.config, io);
  const unseen = await save(target, regions, io);
  for (const { name, gap } of unseen)
    io.err(visible(`not seen: ${name}: ${gap?.action ?? ""}: ${gap?.reason ?? ""}`).concat("\n"));
  io.err(
    `${folder} holds the account as it is: policies, trust and any ExternalId in clear. Keep it as you keep credentials.\n`,
  );
  return unseen.length > 0 ? exitCode.unsure : exitCode.clean;
}

async function usualRegions(config: string | undefined, io: Io): Promise<readonly string[]> {
  const { homeRegion } = await import("../aws/clients.ts");
  const path = findConfig(config, io.cwd);
  const watched = path === undefined ? [] : readConfig(path, io.cwd).clusters.map(({ region }) => region);
  return [...new Set([await homeRegion(io.env), ...watched.filter((region) => region !== "*")])].toSorted();
}

/** Into a folder beside the wished one, which takes its name when all is written. */
async function save(target: string, regions: readonly string[], io: Io): Promise<readonly SavedOutput[]> {
  const [{ createClients }, { createLiveFacts }, { asCliPrints, saveAccount }] = await Promise.all([
    import("../aws/clients.ts"),
    import("../aws/live-facts.ts"),
    import("../aws/save-account.ts"),
  ]);
  const clients = createClients();
  const progress = progressLine(io);
  const fresh = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const remove = () => rmSync(fresh, { recursive: true, force: true });
  const done = io.onInterrupt(remove);
  const write = (name: string, value: object) => {
    const path = join(fresh, `${name}.json`);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${JSON.stringify(value, asCliPrints, 2)}\n`, { mode: 0o600, flag: "wx" });
  };
  try {
    const { account, arn, userId } = await createLiveFacts(clients).caller();
    mkdirSync(fresh, { mode: 0o700 });
    write("get-caller-identity", { UserId: userId, Account: account, Arn: arn });
    const unseen: SavedOutput[] = [];
    let files = 1;
    await saveAccount(
      clients,
      regions,
      (output) => {
        if (output.gap !== undefined) unseen.push(output);
        if (output.value === undefined) return;
        write(output.name, output.value);
        files += 1;
      },
      progress.tell,
    );
    if (existsSync(target)) rmdirSync(target);
    renameSync(fresh, target);
    progress.end();
    io.err(`Saved account ${account} in ${count(files, "file")} (${regions.join(", ")}).\n`);
    return unseen;
  } catch (error) {
    remove();
    throw asUsage(error);
  } finally {
    progress.end();
    done();
    clients.close();
  }
}
