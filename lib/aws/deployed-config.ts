import { secretsOf, withSecrets } from "../config/resolve-secrets.ts";
import type { Log } from "../log.ts";
import type { ResolvedConfig } from "../model/config.ts";
import { brisk } from "./client-settings.ts";

/** How long a parameter's value is used before it is read again: a rotated one counts within minutes. */
const freshMillis = 300_000;

/**
 * The compiled configuration with the values of its parameters. What cannot be read stays without a value:
 * the roles that need it cannot be judged, and say so; all others can. It is asked for again the next time.
 */
export function deployedConfig(compiled: ResolvedConfig): (now: number, log: Log) => Promise<ResolvedConfig> {
  const names = secretsOf(compiled).flatMap(({ from, name }) => (from === "ssm" ? [name] : []));
  let read: { readonly at: number; readonly config: ResolvedConfig } | undefined;
  return async (now, log) => {
    if (names.length === 0) return compiled;
    if (read !== undefined && now - read.at < freshMillis) return read.config;
    const values = await parametersOf(names, log);
    const config = withSecrets(compiled, (from, name) => (from === "ssm" ? values.get(name) : undefined));
    if (values.size === names.length) read = { at: now, config };
    return config;
  };
}

/** SSM's client is loaded only where the configuration names a parameter. */
async function parametersOf(names: readonly string[], log: Log): Promise<ReadonlyMap<string, string>> {
  const { readParameters, SSMClient } = await import("./ssm-secrets.ts");
  return readParameters(new SSMClient(brisk), names, (parameter, reason) =>
    log.error("parameter unread", { parameter, reason }),
  );
}
