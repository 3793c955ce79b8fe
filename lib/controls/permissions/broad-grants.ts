import type { Policy, Statement } from "../../policy/model.ts";
import { list } from "../words.ts";

/**
 * Said after an example of excess: what stands behind it, where a statement gives whole services away. One
 * request of thousands would sound harmless. Empty where no statement does, or the baseline does the same.
 */
export function broadNote(policies: readonly Policy[], allowed: readonly Policy[]): string {
  const fine = new Set(allowed.flatMap(({ statements }) => statements.flatMap(wholeServices)));
  const broad = policies
    .flatMap(({ statements }) => statements)
    .filter(({ effect, conditions }) => effect === "Allow" && conditions.length === 0);
  const services = broad.flatMap(wholeServices).filter((pattern) => !fine.has(pattern));
  if (services.includes("*")) return ": a policy allows `*` on `*`";
  const except = broad.find((statement) => statement.actions.not && onEverything(statement));
  if (except !== undefined) return `: a policy allows all but ${list(except.actions.patterns)} on \`*\``;
  return services.length === 0 ? "" : `: a policy allows ${list(services)} on \`*\``;
}

const onEverything = ({ resources }: Statement): boolean =>
  resources !== undefined && !resources.not && resources.patterns.includes("*");

/** `*` and `iam:*`, in lower case. */
function wholeServices(statement: Statement): readonly string[] {
  if (statement.effect !== "Allow" || statement.actions.not || !onEverything(statement)) return [];
  return statement.actions.patterns.flatMap((pattern) => {
    if (/^\*+(:\*+)?$/.test(pattern)) return ["*"];
    return /^[a-z0-9-]+:\*+$/i.test(pattern) ? [pattern.toLowerCase().replace(/\*+$/, "*")] : [];
  });
}
