import type { Catalogue } from "../config/catalogue.ts";
import { parseDocument } from "../policy/document.ts";

/** The actions that a policy of the catalogue allows, lower case; none when there is no such policy. */
export function documentedActions(
  catalogue: Catalogue,
  platform: string,
  ...policies: string[]
): ReadonlySet<string> {
  const known = catalogue.find((each) => each.platform === platform)?.policies ?? {};
  return new Set(
    policies.flatMap((name) => {
      const parsed = parseDocument(known[name]?.document, { kind: "identity" });
      return parsed.ok
        ? parsed.policy.statements.flatMap(({ actions }) =>
            actions.patterns.map((pattern) => pattern.toLowerCase()),
          )
        : [];
    }),
  );
}
