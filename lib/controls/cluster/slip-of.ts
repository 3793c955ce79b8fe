import { clusterPrefix, legacyKey } from "./cluster-key.ts";
import type { Item, Lookalike } from "./region-index.ts";

/** The mistake by which a resource carries this id in the place of a watched cluster's. */
export const slipOf = (
  { meantFor }: Pick<Item, "meantFor">,
  id: string,
): Pick<Lookalike, "cluster"> | undefined =>
  meantFor.find(({ key, value }) => key === clusterPrefix + id || (key === legacyKey && value === id));
