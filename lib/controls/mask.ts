import type { Difference, Witness } from "../model/result.ts";
import type { Condition, Policy, PolicyWitness, PrincipalPattern, Statement } from "../policy/model.ts";
import { formatPrincipal } from "../policy/parse-principal.ts";

/** What stands for an ExternalId wherever people can read it. */
const masks = {
  configured: "<configured>",
  other: "<another value>",
  pattern: "<a pattern>",
} as const;

const isExternalId = (key: string): boolean => key.toLowerCase() === "sts:externalid";

const maskValue = (value: string, configured: string | undefined, like: boolean): string => {
  if (like && /[*?]/.test(value)) return masks.pattern;
  return value === configured ? masks.configured : masks.other;
};

/** A request that proves a difference, without the value of an ExternalId. */
function maskWitness({ request }: PolicyWitness, configured: string | undefined, resource: string): Witness {
  const context = Object.entries(request.context).map(([key, value]) => {
    if (!isExternalId(key)) return [key, value] as const;
    const mask = (each: string) => maskValue(each, configured, false);
    return [key, typeof value === "string" ? mask(value) : value.map(mask)] as const;
  });
  return {
    ...(request.principal === undefined ? {} : { principal: formatPrincipal(request.principal) }),
    action: request.action,
    resource: request.resource ?? resource,
    context: Object.fromEntries(context),
  };
}

export const differencesOf = (
  direction: Difference["direction"],
  witnesses: readonly PolicyWitness[],
  configured: string | undefined,
  resource: string,
): readonly Difference[] =>
  witnesses.map((each) => ({
    direction,
    witness: maskWitness(each, configured, resource),
    latent: each.latent,
  }));

/** A statement as policies are written, short and without the value of an ExternalId. */
export function showStatement(statement: Statement, configured: string | undefined): Record<string, unknown> {
  const { effect, actions, resources, principals, conditions } = statement;
  return {
    Effect: effect,
    ...(principals === undefined
      ? {}
      : { [principals.not ? "NotPrincipal" : "Principal"]: showPrincipals(principals.patterns) }),
    [actions.not ? "NotAction" : "Action"]: one(actions.patterns),
    ...(resources === undefined
      ? {}
      : { [resources.not ? "NotResource" : "Resource"]: one(resources.patterns) }),
    ...(conditions.length === 0 ? {} : { Condition: showConditions(conditions, configured) }),
  };
}

function showConditions(conditions: readonly Condition[], configured: string | undefined): unknown {
  const shown = new Map<string, Map<string, unknown>>();
  for (const { operator, key, values } of conditions) {
    const set = operator.set === undefined ? "" : `${operator.set}:`;
    const name = `${set}${operator.name}${operator.ifExists ? "IfExists" : ""}`;
    const keys = shown.get(name) ?? new Map<string, unknown>();
    const like = operator.name.includes("Like");
    keys.set(key, one(isExternalId(key) ? values.map((v) => maskValue(v, configured, like)) : values));
    shown.set(name, keys);
  }
  return Object.fromEntries([...shown].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}

function showPrincipals(patterns: readonly PrincipalPattern[]): unknown {
  const shown = new Map<string, string[]>();
  for (const pattern of patterns) {
    if (pattern.type === "everyone") return "*";
    shown.set(pattern.type, [...(shown.get(pattern.type) ?? []), pattern.id]);
  }
  return Object.fromEntries([...shown].map(([type, ids]) => [type, one(ids)]));
}

/** One text as it is, several as a sorted list. */
const one = (values: readonly string[]): string | readonly string[] => {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : [...values].sort();
};

/**
 * What `these` say and `those` do not, word for word: of a statement that differs in its actions alone
 * only those that differ.
 */
export function changedStatements(
  these: readonly Policy[],
  those: readonly Policy[],
  configured: string | undefined,
): readonly unknown[] {
  const known = new Map<string, Set<string>>();
  for (const statement of statementsOf(those)) {
    const key = surroundings(statement);
    const actions = known.get(key) ?? new Set();
    for (const action of actionWords(statement)) actions.add(action);
    known.set(key, actions);
  }
  const changed = statementsOf(these).flatMap((statement): readonly Record<string, unknown>[] => {
    const same = known.get(surroundings(statement));
    if (same === undefined) return [showStatement(statement, configured)];
    if (statement.actions.not) return [];
    const patterns = [...new Set(statement.actions.patterns)].filter((each) => !same.has(each.toLowerCase()));
    return patterns.length === 0
      ? []
      : [showStatement({ ...statement, actions: { not: false, patterns } }, configured)];
  });
  // In an order of its own: the digest of a finding must not follow the order of a document.
  const keyed = changed.map((statement) => ({ statement, key: JSON.stringify(statement) }));
  // Two documents that say the same say it once.
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .filter(({ key }, index) => key !== keyed[index - 1]?.key)
    .map(({ statement }) => statement);
}

const statementsOf = (policies: readonly Policy[]): readonly Statement[] =>
  policies.flatMap(({ statements }) => statements);

const actionWords = ({ actions }: Statement): readonly string[] =>
  actions.patterns.map((each) => each.toLowerCase()).sort();

/** A statement without its actions and without what has no meaning: its name, its place, any order. */
function surroundings(statement: Statement): string {
  const { effect, actions, resources, principals, conditions } = statement;
  return JSON.stringify([
    effect,
    actions.not ? actionWords(statement) : false,
    resources?.not,
    resources === undefined ? undefined : [...resources.patterns].sort(),
    principals?.not,
    principals?.patterns.map((each) => JSON.stringify(each)).sort(),
    conditions.map(({ values, ...each }) => JSON.stringify([each, [...values].sort()])).sort(),
  ]);
}

/** Whether a statement stands, word for word, in one of the documents. */
export function standsIn(policies: readonly Policy[]): (statement: Statement) => boolean {
  const form = (statement: Statement) => `${surroundings(statement)} ${actionWords(statement).join()}`;
  const known = new Set(statementsOf(policies).map(form));
  return (statement) => known.has(form(statement));
}
