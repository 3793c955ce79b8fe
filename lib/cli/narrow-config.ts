import { catalogue } from "../config/catalogue.generated.ts";
import { keepOnly } from "../config/keep-only.ts";
import type { ResolvedConfig } from "../model/config.ts";
import { didYouMean } from "./parse-options.ts";
import { UsageError } from "./usage-error.ts";

/** What `--platform` and `--region` leave of a configuration; empty lists leave all. */
export function narrowConfig(
  config: ResolvedConfig,
  { platforms, regions }: { readonly platforms: readonly string[]; readonly regions: readonly string[] },
): ResolvedConfig {
  if (platforms.length === 0 && regions.length === 0) return config;
  const known = new Set([...catalogue, ...config.roles, ...config.clusters].map(({ platform }) => platform));
  for (const platform of platforms) {
    if (!known.has(platform))
      throw new UsageError(
        `\`--platform ${platform}\`: there is no such platform${didYouMean(platform, known)}; known are ${[...known].join(", ")}`,
      );
  }
  return keepOnly(config, { platforms, regions });
}
