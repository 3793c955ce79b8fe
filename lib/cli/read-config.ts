import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { loadConfig } from "../config/load-config.ts";
import { resolveSecrets, secretsOf } from "../config/resolve-secrets.ts";
import type { ConfigError, ResolvedConfig } from "../model/config.ts";
import { visible } from "../model/visible.ts";
import type { Io } from "./io.ts";
import type { ReadParameters } from "./open-facts.ts";
import { UsageError } from "./usage-error.ts";

const usualNames = ["rolecall.yml", "rolecall.yaml"];

/** The file that `--config` names or, without it, the one in this folder; undefined when there is none. */
export function findConfig(given: string | undefined, cwd: string): string | undefined {
  if (given !== undefined) return resolve(cwd, given);
  const [path, ...others] = usualNames.map((name) => join(cwd, name)).filter((each) => existsSync(each));
  if (others.length > 0)
    throw new UsageError(`both ${usualNames.join(" and ")} are in this folder: name one with \`--config\``);
  return path;
}

/** A compiled configuration, its secrets not yet filled in. Throws a UsageError with all that is wrong in it. */
export function readConfig(path: string, cwd: string): ResolvedConfig {
  const shown = relative(cwd, path);
  const compiled = loadConfig(path, shown.startsWith("..") || shown === "" ? path : shown);
  if (!compiled.ok) throw new UsageError(explain(compiled.errors), { help: false });
  return compiled.config;
}

function explain(errors: readonly ConfigError[]): string {
  const lines = errors.map(({ file, line, column, message }) => `  ${file}:${line}:${column}: ${message}`);
  const one = errors.length === 1;
  return `the configuration has ${one ? "an error" : `${errors.length} errors`}:\n${visibleLines(lines)}`;
}

const visibleLines = (lines: readonly string[]): string => lines.map((line) => visible(line)).join("\n");

/** Fills in what the environment holds, and `parameters` for what stands in SSM. */
export async function fillSecrets(
  config: ResolvedConfig,
  io: Io,
  parameters: ReadParameters,
): Promise<ResolvedConfig> {
  const names = secretsOf(config).flatMap(({ from, name }) => (from === "ssm" ? [name] : []));
  const unread = new Map<string, string>();
  const fromSsm =
    names.length === 0
      ? new Map<string, string>()
      : await parameters(names, (name, reason) => unread.set(name, reason));
  const filled = resolveSecrets(config, (from, name) => (from === "env" ? io.env[name] : fromSsm.get(name)));
  if (filled.ok) return filled.config;
  const places = (from: string, name: string) =>
    config.roles
      .filter(({ externalId }) => externalId?.from === from && externalId.name === name)
      .map(({ place }) => `${place.file}:${place.line}`);
  throw new UsageError(
    filled.missing
      .map(({ from, name, unfit }) =>
        unfit
          ? `the value of \`${name}\` cannot be an ExternalId: 2 to 1224 letters, digits or any of +=,.@:/-_ (it is asked for in ${places(from, name).join(", ")})`
          : from === "env"
            ? `the environment variable \`${name}\` is not set; it is asked for in ${places(from, name).join(", ")}`
            : `the parameter \`${name}\` cannot be read from SSM (${unread.get(name) ?? "no answer"}); it is asked for in ${places(from, name).join(", ")}`,
      )
      .join("\n"),
    { help: false },
  );
}
