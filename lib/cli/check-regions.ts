import { isRegionName } from "../model/region-name.ts";
import { UsageError } from "./usage-error.ts";

/** What `--region` was given. Throws a UsageError for a word that can be no region. */
export function checkRegions(regions: readonly string[]): readonly string[] {
  const wrong = regions.find((region) => !isRegionName(region));
  if (wrong === undefined) return regions;
  throw new UsageError(`\`--region ${wrong}\`: that is no region, such as eu-west-1`);
}
