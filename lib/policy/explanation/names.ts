import { codeSpan } from "../../model/code-span.ts";
import type { Principal, PrincipalPattern } from "../model.ts";
import { formatPrincipal } from "../parse-principal.ts";

/** Text of a document, which may hold what a page or a terminal would obey. */
export const code = codeSpan;

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** The first few, and how many more. */
export function someOf(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return listOf(more > 0 ? [...names.slice(0, most), `${more} more`] : names);
}

export const conditionsInWords = (keys: readonly string[]): string =>
  `${keys.length > 1 ? "conditions" : "condition"} ${someOf(keys.map(code))}`;

/** Whom a document names: an account's root stands for all whom the account lets. */
export function principalName(named: PrincipalPattern): string {
  if (named.type === "everyone" || (named.type === "AWS" && named.id === "*")) return "anyone";
  if (named.id === "*") return `any ${named.type} principal`;
  const account = /^arn:[^:]*:iam::(\d+):root$/.exec(named.id)?.[1];
  if (named.type === "AWS" && account !== undefined) return `anyone whom account ${code(account)} lets`;
  return principalInWords(named);
}

function principalInWords(principal: Principal): string {
  const written = formatPrincipal(principal);
  return typeof written === "string"
    ? code(written)
    : `the ${principal.type} principal ${code(principal.id)}`;
}
