import { matches, overlap, wildcard } from "../glob/glob.ts";
import type { PolicySet, PolicyWitness, PrincipalPattern, Statement } from "../model.ts";
import { formatPrincipal } from "../parse-principal.ts";
import type { Cause } from "./cause.ts";
import { allowsOf, keysOf, type Placed } from "./statements.ts";

/** `a`, `a and b`, `a, b and c`. */
function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

const mostNamed = 3;

/** The first few, and how many more. */
function someOf(items: readonly string[]): string {
  const named = items.slice(0, mostNamed).map((item) => `\`${item}\``);
  const more = items.length - named.length;
  return listOf(more > 0 ? [...named, `${more} more`] : named);
}

export const conditionsInWords = (keys: readonly string[]): string =>
  `${keys.length > 1 ? "conditions" : "condition"} ${someOf(keys)}`;

/** What the side may do: "pass any role to EC2", "call `s3:GetObject` and 4 more on any resource". */
export function deedOf(
  { request, latent }: PolicyWitness,
  { statement }: Placed,
  cause: Cause,
  less: PolicySet,
): string {
  const { kind } = less;
  const passes = request.action.toLowerCase() === "iam:passrole";
  // Conditions that are the same on both sides go without saying.
  const asked = (cause.kind === "condition" ? cause.instead : keysOf(statement)).filter(
    (key) => !passes || key.toLowerCase() !== "iam:passedtoservice",
  );
  const note = latent ? " (only actions that do not exist today)" : "";
  const under = `${asked.length === 0 ? "" : ` under the ${conditionsInWords(asked)}`}${note}`;
  const actions = actionsInWords(statement, { request, latent }, cause, less);
  if (kind === "trust") {
    const who =
      request.principal === undefined ? "someone else" : principalInWords(request.principal, statement);
    const assumes = request.action.toLowerCase().startsWith("sts:assumerole");
    return `${assumes ? `be assumed by ${who}` : `be used by ${who} for ${actions}`}${under}`;
  }
  const about = cause.kind === "denied" && cause.deny.resources?.not === false ? cause.deny : statement;
  const where = resourcesInWords(about, cause.kind === "resource" ? less : undefined);
  if (passes) {
    const what = where === "any resource" ? "any role" : where;
    return `pass ${what} to ${serviceInWords(request.context)}${under}`;
  }
  const by = request.principal === undefined ? "" : ` by ${principalInWords(request.principal, statement)}`;
  return kind === "resource"
    ? `be asked for ${actions} on ${where}${by}${under}`
    : `call ${actions} on ${where}${under}`;
}

/** The witness's action, and with it the patterns that the same statement lists for the same reason. */
function actionsInWords(
  { actions: { not, patterns } }: Statement,
  { request: { action }, latent }: PolicyWitness,
  cause: Cause,
  less: PolicySet,
): string {
  if (not) return `\`${action}\` (one of all but ${someOf(patterns)})`;
  const glob = wildcard(action.toLowerCase());
  const own = patterns.find((pattern) => overlap(wildcard(pattern.toLowerCase()), glob)) ?? action;
  const isListed = own.toLowerCase() === action.toLowerCase();
  const alone = isListed
    ? `\`${action}\``
    : latent
      ? `what may come of \`${own}\``
      : `\`${action}\` (one of \`${own}\`)`;
  const others = patterns.filter((pattern) => pattern.toLowerCase() !== own.toLowerCase());
  if (cause.kind === "condition") {
    const near = new Set(cause.near.actions.patterns.map((pattern) => pattern.toLowerCase()));
    const same = others.filter((pattern) => near.has(pattern.toLowerCase()));
    return near.has(own.toLowerCase()) ? someOf([isListed ? action : own, ...same]) : alone;
  }
  if (cause.kind !== "action") return alone;
  const isNew = allowsNothingOf(less);
  const fresh = others.filter(isNew);
  if (isListed || isNew(own)) return someOf([isListed ? action : own, ...fresh]);
  return fresh.length === 0 ? alone : `${alone} and ${someOf(fresh)}`;
}

/** Whether a side allows nothing at all of what a pattern of actions matches. */
function allowsNothingOf({ documents }: PolicySet): (pattern: string) => boolean {
  const known = new Set<string>();
  for (const { statement } of allowsOf(documents)) {
    const { not, patterns } = statement.actions;
    for (const pattern of not ? ["*"] : patterns) known.add(pattern.toLowerCase());
  }
  const isWild = (text: string): boolean => /[*?]/.test(text);
  const wild = [...known].filter(isWild).map((text) => wildcard(text));
  return (pattern) => {
    const text = pattern.toLowerCase();
    const glob = wildcard(text);
    if (known.has(text) || wild.some((one) => overlap(one, glob))) return false;
    return !isWild(text) || ![...known].some((one) => matches(glob, one));
  };
}

/** The resources of a statement; only those that no Allow of `less` lists, if there are such. */
function resourcesInWords({ resources }: Statement, less: PolicySet | undefined): string {
  if (resources === undefined) return "it";
  if (resources.not) return `any resource but ${someOf(resources.patterns)}`;
  if (resources.patterns.some((pattern) => /^\*+$/.test(pattern))) return "any resource";
  const known = new Set(
    allowsOf(less?.documents ?? []).flatMap((allow) => allow.statement.resources?.patterns ?? []),
  );
  const fresh = resources.patterns.filter((pattern) => !known.has(pattern));
  return someOf(fresh.length > 0 ? fresh : resources.patterns);
}

/** Who asks, as the statement names them: an account's root stands for all whom the account lets. */
function principalInWords(
  principal: NonNullable<PolicyWitness["request"]["principal"]>,
  { principals }: Statement,
): string {
  const named = (pattern: PrincipalPattern): boolean =>
    pattern.type !== "everyone" && pattern.type === principal.type && pattern.id === principal.id;
  if (principals?.not === false && !principals.patterns.some(named)) {
    if (principals.patterns.some((pattern) => pattern.type === "everyone" || pattern.id === "*"))
      return "anyone";
    const account = /^arn:[^:]*:(?:iam|sts)::(\d+):/.exec(principal.id)?.[1];
    const root = `iam::${account}:root`;
    if (principals.patterns.some((pattern) => pattern.type === "AWS" && pattern.id.endsWith(root)))
      return `anyone whom account \`${account}\` lets`;
  }
  const written = formatPrincipal(principal);
  return typeof written === "string"
    ? `\`${written}\``
    : `the ${principal.type} principal \`${principal.id}\``;
}

/** The service that a role is passed to: "EC2" for `ec2.amazonaws.com`. */
function serviceInWords(context: PolicyWitness["request"]["context"]): string {
  const key = Object.keys(context).find((name) => name.toLowerCase() === "iam:passedtoservice");
  const value = key === undefined ? undefined : context[key];
  const service = typeof value === "string" ? value : value?.[0];
  if (service === undefined) return "any service";
  const name = /^([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(service)?.[1];
  if (name !== undefined) return name.length <= 4 ? name.toUpperCase() : `\`${name}\``;
  return /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(service) ? `\`${service}\`` : "other services";
}
