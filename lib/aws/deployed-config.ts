import { resolveSecrets, secretsOf } from "../config/resolve-secrets.ts";
import type { ResolvedConfig } from "../model/config.ts";
import { brisk } from "./client-settings.ts";

/** How long a parameter's value is used before it is read again: a rotated one counts within minutes. */
const freshMillis = 300_000;

/**
 * The compiled configuration with the values of its parameters. What cannot be read stays without a value:
 * the roles that need it cannot be judged, and say so; all others can.
 */
export function deployedConfig(compiled: ResolvedConfig): (now: number) => Promise<ResolvedConfig> {
  const names = secretsOf(compiled).flatMap(({ from, name }) => (from === "ssm" ? [name] : []));
  let read: { readonly at: number; readonly config: ResolvedConfig } | undefined;
  return async (now) => {
    if (names.length === 0) return compiled;
    if (read !== undefined && now - read.at < freshMillis) return read.config;
    const values = await parametersOf(names);
    const config = resolveSecrets(compiled, (from, name) => (from === "ssm" ? values.get(name) : undefined));
    read = { at: now, config: config.ok ? config.config : withValues(compiled, values) };
    return read.config;
  };
}

/** SSM's client is loaded only where the configuration names a parameter. */
async function parametersOf(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { readParameters, SSMClient } = await import("./ssm-secrets.ts");
  return readParameters(new SSMClient(brisk), names);
}

function withValues(config: ResolvedConfig, values: ReadonlyMap<string, string>): ResolvedConfig {
  const roles = config.roles.map((role) => {
    const value = role.externalId?.from === "ssm" ? values.get(role.externalId.name) : undefined;
    return role.externalId === undefined || value === undefined
      ? role
      : { ...role, externalId: { ...role.externalId, value } };
  });
  return { ...config, roles };
}
