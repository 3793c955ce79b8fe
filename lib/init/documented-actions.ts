import type { Catalogue } from "../config/catalogue.ts";
import { parseDocument } from "../policy/document.ts";

/** Kept with the catalogue: every role of an account is held against the same few policies. */
const known = new WeakMap<Catalogue, Map<string, ReadonlySet<string>>>();

/** The actions that a policy of the catalogue allows, lower case; none when there is no such policy. */
export function documentedActions(
  catalogue: Catalogue,
  platform: string,
  ...policies: string[]
): ReadonlySet<string> {
  const lists = known.get(catalogue) ?? new Map<string, ReadonlySet<string>>();
  known.set(catalogue, lists);
  const key = [platform, ...policies].join(" ");
  const before = lists.get(key);
  if (before !== undefined) return before;
  const documents = catalogue.find((each) => each.platform === platform)?.policies ?? {};
  const list = new Set(
    policies.flatMap((name) => {
      const parsed = parseDocument(documents[name]?.document, { kind: "identity" });
      return parsed.ok
        ? parsed.policy.statements.flatMap(({ actions }) =>
            actions.patterns.map((pattern) => pattern.toLowerCase()),
          )
        : [];
    }),
  );
  lists.set(key, list);
  return list;
}
