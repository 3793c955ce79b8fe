import type { Facts } from "../model/facts.ts";

/** What could not be seen of an account, each once: where it should have come from, and why it did not. */
export function gapsOf({ iam, regions }: Facts): readonly string[] {
  const gaps = [
    iam.roles,
    iam.policies,
    iam.profiles,
    ...regions.flatMap((region) => [region.instances, region.groups, region.subnets, region.routeTables]),
  ].flatMap(({ gap }) => (gap === undefined ? [] : [`${gap.action}: ${gap.reason}`]));
  return [...new Set(gaps)];
}
