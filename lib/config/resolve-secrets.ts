import type { ResolvedConfig, Secret } from "../model/config.ts";
import { isExternalId } from "./secret.ts";

/** The value of an environment variable or SSM parameter; undefined when there is none. */
export type SecretLookup = (from: "env" | "ssm", name: string) => string | undefined;

export type SecretsResolved =
  | { readonly ok: true; readonly config: ResolvedConfig }
  | { readonly ok: false; readonly missing: readonly Unresolved[] };

interface Unresolved extends Pick<Secret, "from" | "name"> {
  /** There is a value, but AWS would not take it as an ExternalId. */
  readonly unfit: boolean;
}

/** The references to secrets in a configuration, each once: what a deployed Rolecall asks SSM for. */
export function secretsOf(config: ResolvedConfig): readonly Secret[] {
  const byName = new Map<string, Secret>();
  for (const { externalId } of config.roles) {
    if (externalId !== undefined && externalId.from !== "literal")
      byName.set(`${externalId.from}:${externalId.name}`, externalId);
  }
  return [...byName.values()];
}

/** The configuration with every secret's value filled in, or all that have none. */
export function resolveSecrets(config: ResolvedConfig, lookup: SecretLookup): SecretsResolved {
  const missing = new Map<string, Unresolved>();
  const roles = config.roles.map((role) => {
    const secret = role.externalId;
    if (secret === undefined || secret.from === "literal") return role;
    const value = lookup(secret.from, secret.name);
    const unfit = value !== undefined && value !== "" && !isExternalId(value);
    if (value === undefined || value === "" || unfit) {
      const key = `${secret.from} ${secret.name}`;
      if (!missing.has(key)) missing.set(key, { from: secret.from, name: secret.name, unfit });
      return role;
    }
    return { ...role, externalId: { ...secret, value } };
  });
  return missing.size > 0
    ? { ok: false, missing: [...missing.values()] }
    : { ok: true, config: { ...config, roles } };
}

/** The configuration with the values that there are; a secret without one stays a reference. */
export function withSecrets(config: ResolvedConfig, lookup: SecretLookup): ResolvedConfig {
  const roles = config.roles.map((role) => {
    const secret = role.externalId;
    if (secret === undefined || secret.from === "literal") return role;
    const value = lookup(secret.from, secret.name);
    return value === undefined || value === "" ? role : { ...role, externalId: { ...secret, value } };
  });
  return { ...config, roles };
}
