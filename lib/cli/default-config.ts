import { catalogue } from "../config/catalogue.generated.ts";
import { compileConfig } from "../config/compile-config.ts";
import { controlIds } from "../controls/registry.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { Facts } from "../model/facts.ts";

/** What is watched where nobody wrote a configuration: roles that carry a name from a platform's documents. */
export function defaultConfig(facts: Facts): ResolvedConfig {
  const names = new Set(facts.iam.roles.items.map(({ name }) => name));
  const platforms = new Map<string, object[]>();
  for (const { platform, entries, parameters } of catalogue) {
    if (Object.values(parameters).some(({ required }) => required === true)) continue;
    const found = [...new Set(entries.flatMap((entry) => entry.names ?? []))].filter((name) =>
      names.has(name),
    );
    if (found.length > 0)
      platforms.set(
        platform,
        found.map((role) => ({ role })),
      );
  }
  const bytes = Buffer.from(JSON.stringify({ version: 1, platforms: Object.fromEntries(platforms) }));
  const compiled = compileConfig(
    { file: "recognised", bytes },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(`what was recognised does not compile: ${compiled.errors[0]?.message}`);
  return compiled.config;
}
