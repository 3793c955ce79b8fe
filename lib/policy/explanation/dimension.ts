import { serviceOf } from "../action/dimension.ts";
import { type ExistingActions, exampleArn } from "../actions/existing-actions.ts";
import type { Budget } from "../comparison/budget.ts";
import { isWild } from "../comparison/normalise.ts";
import { matchPrincipals } from "../evaluate/principal.ts";
import { resourceGlob } from "../glob/arn.ts";
import { matches, overlap } from "../glob/glob.ts";
import { replaceVariables, variablesOf, wildcard } from "../glob/template.ts";
import type { Matcher, Principal, PrincipalPattern, Request, Statement } from "../model.ts";
import { principalPoints } from "../principal/points.ts";
import { examples, plausibleText } from "../witness/plausible.ts";
import { dangerOf } from "./dangers.ts";
import { code, principalName } from "./names.ts";

/** One list of a statement: of its actions (`P` is a pattern, `V` an action), its resources or its principals. */
export interface Dimension<P, V> {
  readonly list: (statement: Statement) => Matcher<P> | undefined;
  readonly everything: P;
  readonly name: (pattern: P) => string;
  readonly keyOf: (pattern: P) => string;
  /** Whether it can stand for more than one value. */
  readonly isWide: (pattern: P) => boolean;
  readonly contains: (outer: P, inner: P) => boolean;
  readonly overlaps: (one: P, other: P) => boolean;
  readonly holds: (pattern: P, value: V) => boolean;
  readonly valueIn: (request: Request) => V | undefined;
  /** Values that may do for a pattern, the likeliest first; `within`: for what both are about. */
  readonly examples: (pattern: P, request: Request, within: P) => Iterable<V>;
  readonly put: (request: Request, value: V, pattern: P) => Request;
  /** The less, the sooner it is told. */
  readonly rank: (pattern: P) => number;
}

/** More than a few of a service's actions are hardly needed to find one that no other pattern is about. */
const mostTried = 3000;

export const actionDimension = (
  existing: ExistingActions | undefined,
  budget: Budget,
): Dimension<string, string> => ({
  ...texts(budget, (action) => action.toLowerCase()),
  list: ({ actions }) => actions,
  name: code,
  valueIn: ({ action }) => action,
  *examples(pattern, { action }, within) {
    const lower = pattern.toLowerCase();
    yield action;
    if (!isWild(lower)) {
      yield pattern;
      return;
    }
    if (!isWild(within)) yield within;
    for (const likely of dangerous) yield likely;
    const service = serviceOf(lower);
    let tried = 0;
    for (const one of service === undefined ? (existing?.services ?? []) : [service]) {
      for (const found of existing?.beginningWith(`${one}:`) ?? []) {
        if (tried++ === mostTried) break;
        yield found.action;
      }
    }
    if (pattern === within) yield lower.replace(/^\*(?!.*:)/, "example:*").replace(/[*?]/g, "x");
    const made = meet(lower, within.toLowerCase());
    if (made !== undefined) yield made.includes(":") ? made : `example:${made}x`;
  },
  put: (request, action) => ({ ...request, action: existing?.find(action)?.action ?? action }),
  rank: (pattern) => dangerOf(pattern),
});

/** With these a role gets at others' rights, or makes rights of its own. */
const dangerous = [
  ["iam:PassRole", "iam:CreateAccessKey", "iam:PutRolePolicy", "iam:AttachRolePolicy"],
  ["iam:UpdateAssumeRolePolicy", "sts:AssumeRole", "sts:TagSession"],
].flat();

/** Stand for the characters `*` and `?` of an ARN, which are no wildcards: what `${*}` and `${?}` are. */
const standIns: ReadonlyMap<string, string> = new Map([
  ["$", "$"],
  ["*", "\ufdd0"],
  ["?", "\ufdd1"],
]);
const withStandIns = (text: string): string => text.replace(/[*?]/g, (one) => standIns.get(one) ?? one);
const withoutStandIns = (text: string): string =>
  text.replace(/[\ufdd0\ufdd1]/g, (one) => (one === "\ufdd0" ? "*" : "?"));

/** Variables stand for what a witness has for them, or for an example; the request then has it. */
export function resourceDimension(
  existing: ExistingActions | undefined,
  witnesses: readonly Request[],
  budget: Budget,
): Dimension<string, string> {
  /** Another for each key, so that patterns with different variables stay apart. */
  const values = new Map<string, string>();
  for (const { context } of witnesses)
    for (const [key, value] of Object.entries(context))
      if (typeof value === "string") values.set(key.toLowerCase(), value);
  const witnessed = new Set(values.keys());
  /** Whether a variable stands for its default, since the request lacks the key. */
  const isDefault = (key: string, fallback: string | undefined): boolean =>
    fallback !== undefined && !witnessed.has(key.toLowerCase());
  const textOf = (key: string): string => {
    const value = values.get(key.toLowerCase()) ?? `${examples.name}${values.size || ""}`;
    values.set(key.toLowerCase(), value);
    return value;
  };
  const filled = (pattern: string): string =>
    replaceVariables(pattern, (key, fallback) =>
      isDefault(key, fallback) ? (fallback ?? "") : (standIns.get(key) ?? textOf(key)),
    );
  const all = texts(budget, filled, (text) => resourceGlob(wildcard(text), false));
  return {
    ...all,
    keyOf: (pattern) => pattern,
    list: ({ resources }) => resources,
    holds: (pattern, value) => all.holds(pattern, withStandIns(value)),
    name: (pattern) => (/^\*+$/.test(pattern) ? "any resource" : code(pattern)),
    valueIn: ({ resource }) => resource,
    *examples(pattern, { action, resource }, within) {
      const shape = existing?.find(action)?.shape;
      const text = filled(pattern);
      if (shape !== undefined && text.length <= longestMade) {
        const made = exampleArn(shape, examples, text);
        if (made !== undefined) yield withoutStandIns(made);
      }
      if (resource !== undefined) yield resource;
      for (const made of [text, filled(within), text.replace(/\*+/g, "other-*")])
        yield withoutStandIns(plausibleText(made));
      const made = meet(text, filled(within));
      if (made !== undefined) yield withoutStandIns(made);
      yield `arn:aws:${serviceOf(action)}:${examples.region}:${examples.account}:other-example`;
    },
    put: (request, resource, pattern) => {
      const variables = [...variablesOf(pattern)];
      const others = Object.entries(request.context).filter(
        ([key]) => !variables.some(([one]) => one.toLowerCase() === key.toLowerCase()),
      );
      const own = variables.flatMap(([key, fallback]) =>
        isDefault(key, fallback) ? [] : [[key, textOf(key)] as const],
      );
      const context = Object.fromEntries([...others, ...own]);
      return { ...request, resource, context };
    },
    rank: (pattern) => (/^\*+$/.test(pattern) ? 0 : 1),
  };
}

const longestMade = 200;

/** What holds for texts with `*` and `?`, read in one way. */
function texts(
  budget: Budget,
  readOnce: (pattern: string) => string,
  globFor = (text: string) => wildcard(text),
) {
  const reads = new Map<string, string>();
  const read = (pattern: string): string => {
    const text = reads.get(pattern) ?? readOnce(pattern);
    reads.set(pattern, text);
    return text;
  };
  const globs = new Map<string, readonly number[]>();
  const globOf = (pattern: string): readonly number[] => {
    const glob = globs.get(pattern) ?? globFor(read(pattern));
    globs.set(pattern, glob);
    return glob;
  };
  return {
    everything: "*",
    keyOf: read,
    isWide: (pattern: string) => isWild(read(pattern)),
    // A `*` of the inner pattern is a character like any other, which only a `*` is sure to take.
    contains: (outer: string, inner: string) =>
      read(outer) === read(inner) || (!outer.includes("?") && matches(globOf(outer), read(inner), budget)),
    overlaps: (one: string, other: string) => overlap(globOf(one), globOf(other), budget),
    holds(pattern: string, value: string): boolean {
      budget.spend(1);
      return matches(globOf(pattern), read(value), budget);
    },
  };
}

/** A text that both patterns match. */
function meet(one: string, other: string): string | undefined {
  if (one.length + other.length > 2 * longestMade) return undefined;
  const failed = new Set<number>();
  const from = (i: number, j: number): string | undefined => {
    const [a, b] = [one[i], other[j]];
    if (a === undefined && b === undefined) return "";
    const place = i * (other.length + 1) + j;
    if (failed.has(place)) return undefined;
    const take = (character: string, to: readonly [number, number]): string | undefined => {
      const rest = from(...to);
      return rest === undefined ? undefined : character + rest;
    };
    const shown = (character: string): string => (character === "?" ? "x" : character);
    let found: string | undefined;
    if (a === "*") found = b === undefined || b === "*" ? undefined : take(shown(b), [i, j + 1]);
    else if (b === "*") found = a === undefined ? undefined : take(shown(a), [i + 1, j]);
    else if (a !== undefined && b !== undefined && (a === b || a === "?" || b === "?"))
      found = take(a === "?" ? shown(b) : a, [i + 1, j + 1]);
    if (a === "*") found ??= from(i + 1, j);
    if (b === "*") found ??= from(i, j + 1);
    if (found === undefined) failed.add(place);
    return found;
  };
  return from(0, 0);
}

export function principalDimension(all: readonly Statement[]): Dimension<PrincipalPattern, Principal> {
  const points = principalPoints(
    all.flatMap(({ principals }) => principals?.patterns ?? []),
    [],
  );
  const strangersFirst = points.toReversed();
  const holds = (pattern: PrincipalPattern, principal: Principal): boolean =>
    matchPrincipals({ not: false, patterns: [pattern] }, principal) === true;
  const contains = (outer: PrincipalPattern, inner: PrincipalPattern): boolean => {
    if (outer.type === "everyone" || inner.type === "everyone") return outer.type === "everyone";
    return outer.type === inner.type && (outer.id === inner.id || (inner.id !== "*" && holds(outer, inner)));
  };
  return {
    list: ({ principals }) => principals,
    everything: { type: "everyone" },
    name: principalName,
    contains,
    overlaps: (one, other) => contains(one, other) || contains(other, one),
    holds,
    keyOf: ({ type, ...rest }) => `${type} ${"id" in rest ? rest.id : ""}`,
    isWide: (pattern) =>
      pattern.type === "everyone" || pattern.id === "*" || isRoot(pattern) || /:role\//.test(pattern.id),
    valueIn: ({ principal }) => principal,
    *examples(pattern, { principal }) {
      if (principal !== undefined) yield principal;
      if (pattern.type !== "everyone")
        for (const point of points) if (point.id === pattern.id && !isRoot(point)) yield point;
      for (const point of strangersFirst) if (point.type === "AWS" && !isRoot(point)) yield point;
      yield* points;
    },
    put: (request, principal) => ({ ...request, principal }),
    rank: (pattern) => {
      if (pattern.type === "everyone" || pattern.id === "*") return 0;
      return pattern.type === "AWS" ? (isRoot(pattern) ? 1 : 2) : pattern.type === "Service" ? 4 : 3;
    },
  };
}

const isRoot = ({ type, id }: Principal): boolean => type === "AWS" && id.endsWith(":root");
