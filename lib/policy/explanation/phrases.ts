import type { PolicySet, PolicyWitness, Statement } from "../model.ts";
import { formatPrincipal } from "../parse-principal.ts";
import type { Cause } from "./cause.ts";
import { allowsOf, type Placed } from "./statements.ts";

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
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

/** What the side may do: "pass any role to EC2", "call `s3:GetObject` and 4 more on any resource". */
export function deedOf(
  { request }: PolicyWitness,
  { statement }: Placed,
  cause: Cause,
  less: PolicySet,
): string {
  const actions = actionsOf(statement, request.action, cause, less);
  const { kind } = less;
  if (kind === "trust") {
    const who = request.principal === undefined ? "someone else" : principalInWords(request.principal);
    const assumes = request.action.toLowerCase().startsWith("sts:assumerole");
    return assumes ? `be assumed by ${who}` : `be used by ${who} for ${someOf(actions)}`;
  }
  const where = resourcesInWords(statement, request.resource, cause.kind === "resource" ? less : undefined);
  const by = request.principal === undefined ? "" : ` by ${principalInWords(request.principal)}`;
  if (request.action.toLowerCase() === "iam:passrole") {
    const what = where === "any resource" ? "any role" : where;
    return `pass ${what} to ${serviceInWords(request.context)}`;
  }
  return kind === "resource"
    ? `be asked for ${someOf(actions)} on ${where}${by}`
    : `call ${someOf(actions)} on ${where}`;
}

/** The witness's action, and with it the patterns that the same statement lists for the same reason. */
function actionsOf(statement: Statement, action: string, cause: Cause, less: PolicySet): readonly string[] {
  const { not, patterns } = statement.actions;
  if (not) return [action];
  const lower = action.toLowerCase();
  const others = patterns.filter((pattern) => pattern.toLowerCase() !== lower);
  const isListed = others.length < patterns.length;
  if (cause.kind === "condition") {
    const near = new Set(cause.near.actions.patterns.map((pattern) => pattern.toLowerCase()));
    return [action, ...others.filter((pattern) => near.has(pattern.toLowerCase()))];
  }
  if (cause.kind !== "action") return isListed ? [action] : patterns;
  const known = new Set(
    allowsOf(less.documents).flatMap((allow) =>
      allow.statement.actions.patterns.map((pattern) => pattern.toLowerCase()),
    ),
  );
  const fresh = others.filter((pattern) => !known.has(pattern.toLowerCase()));
  return isListed ? [action, ...fresh] : fresh.length > 0 ? fresh : [action];
}

/** The resources of a statement; only those that no Allow of `less` lists, if there are such. */
function resourcesInWords(
  { resources }: Statement,
  resource: string | undefined,
  less: PolicySet | undefined,
): string {
  if (resources === undefined) return "it";
  if (resources.not) return resource === undefined ? "any resource" : `\`${resource}\``;
  if (resources.patterns.some((pattern) => /^\*+$/.test(pattern))) return "any resource";
  const known = new Set(
    allowsOf(less?.documents ?? []).flatMap((allow) => allow.statement.resources?.patterns ?? []),
  );
  const fresh = resources.patterns.filter((pattern) => !known.has(pattern));
  return someOf(fresh.length > 0 ? fresh : resources.patterns);
}

function principalInWords(principal: NonNullable<PolicyWitness["request"]["principal"]>): string {
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
  const name = /^([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(service)?.[1];
  return name === undefined ? "other services" : name.length <= 4 ? name.toUpperCase() : `\`${name}\``;
}
