import { secretsOf } from "../config/resolve-secrets.ts";
import type { ResolvedConfig } from "../model/config.ts";
import { visible } from "../model/visible.ts";
import { wrap } from "../report/cells.ts";
import { count } from "../report/headline.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";
import { findConfig, readConfig } from "./read-config.ts";
import { UsageError } from "./usage-error.ts";

export const usage = `Usage: rolecall check [FILE]

Says whether a configuration is right, with all errors at once, and what it
watches. Reads no account.

  --config FILE       the same as FILE; rolecall.yml in this folder when neither
                      is given

Exit: 0 right, 2 wrong.
`;

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(
    argv,
    { config: { takes: "one" } },
    { max: 1, what: "one file" },
  );
  if (values.config !== undefined && positionals.length > 0)
    throw new UsageError("name the file once: as FILE or with `--config`");
  const path = findConfig(values.config ?? positionals[0], io.cwd);
  if (path === undefined)
    throw new UsageError(
      "there is no rolecall.yml in this folder: name the file, or let `rolecall init` write one",
    );
  const config = readConfig(path, io.cwd);
  io.out(describe(config, io));
  return exitCode.clean;
}

function describe(config: ResolvedConfig, io: Io): string {
  const roles = config.roles.map((role) => [
    role.platform,
    `role ${role.select.name ?? role.select.path ?? "by tag"}`,
    role.expect === "absent" ? "must be absent" : role.baseline,
  ]);
  const clusters = config.clusters.map((cluster) => [
    cluster.platform,
    `cluster ${cluster.cluster}`,
    cluster.region === "*" ? "in the regions that are read" : `in ${cluster.region}`,
  ]);
  const rows = [...roles, ...clusters].map((row) => row.map((cell) => visible(cell)));
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  const secrets = secretsOf(config).map(({ from, name }) =>
    from === "env"
      ? `  ${name} from the environment${io.env[name] ? "" : " (not set here)"}`
      : `  ${name} from SSM`,
  );
  const today = new Date().toISOString().slice(0, 10);
  const last = [...config.suppressions].map(({ until }) => until).toSorted()[0];
  return [
    `The configuration is right. It watches ${count(config.roles.length, "role entry").replace("entrys", "entries")} and ${count(config.clusters.length, "cluster")}.`,
    ...(lines.length === 0 ? ["Nothing is watched yet."] : lines),
    ...(secrets.length === 0 ? [] : ["Values that are read when it runs:", ...secrets]),
    ...(last === undefined
      ? []
      : wrap(
          `${count(config.suppressions.length, "suppression")}; the first ${last < today ? "ended" : "ends"} after ${last}.`,
          io.terminal.columns,
        )),
    "",
  ].join("\n");
}
