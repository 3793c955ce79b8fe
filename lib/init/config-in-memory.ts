import type { Catalogue } from "../config/catalogue.ts";
import { compileConfig } from "../config/compile-config.ts";
import { resolveSecrets } from "../config/resolve-secrets.ts";
import type { ResolvedConfig, WatchedRole } from "../model/config.ts";
import type { Facts } from "../model/facts.ts";
import { recognise } from "./recognise.ts";
import { renderConfig } from "./render-config.ts";

export interface InMemoryOptions {
  readonly catalogue: Catalogue;
  readonly controls: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The configuration for an audit that nobody wrote one for: the very one that `init` would write. An
 * ExternalId that the environment does not hold is taken from the trust policy itself, for there is
 * nothing to hold it against; it stays in memory.
 */
export function configInMemory(facts: Facts, { catalogue, controls, env }: InMemoryOptions): ResolvedConfig {
  const recognised = recognise(facts, catalogue);
  const bytes = new TextEncoder().encode(renderConfig(recognised, facts, catalogue));
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes },
    { catalogue, controls, read: () => undefined, most: Number.POSITIVE_INFINITY },
  );
  if (!compiled.ok)
    throw new Error(`what was recognised does not compile: ${compiled.errors[0]?.message ?? ""}`);
  const filled = resolveSecrets(
    compiled.config,
    (from, name) => (from === "env" ? env[name] : undefined) ?? recognised.externalIds.get(name) ?? unknown,
  );
  const config = filled.ok ? filled.config : compiled.config;
  return { ...config, roles: config.roles.map(unknownYet) };
}

/** Nobody has said yet that a role of a service that ended is known: it is no mere information. */
const unknownYet = (role: WatchedRole): WatchedRole =>
  role.retired === undefined ? role : { ...role, severities: { "role-retired": "high", ...role.severities } };

/** Where no trust policy asks for any: a value that none can have, so that the lack is told. */
const unknown = "not-configured/not-configured";
