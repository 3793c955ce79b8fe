import type { WatchedRole } from "../../model/config.ts";
import type { RoleFacts } from "../../model/facts.ts";
import type { Denied } from "../../model/seen.ts";
import type { Comparison, Policy, PolicyError, PrincipalPattern } from "../../policy/model.ts";
import type { Compare } from "../compare-policies.ts";
import { parse } from "../lookups.ts";
import { both, type Part, partOf, same } from "../part.ts";
import { alignConditions, mentions } from "./align-conditions.ts";
import { confirms, eachPrincipal } from "./each-principal.ts";
import { withoutOwnSource } from "./own-source.ts";
import { allowedPrincipals, isDead, isWildcard, oneNamePerService, withoutPrincipals } from "./principals.ts";

/** How a role's trust policy answers to its baseline: the difference, split by what causes it. */
export type TrustAnalysis =
  | { readonly at: "unseen"; readonly denied: Denied }
  | { readonly at: "invalid"; readonly errors: readonly PolicyError[] }
  /** The baseline's ExternalId has no value here. */
  | { readonly at: "no-secret"; readonly name: string }
  | TrustCompared;

export interface TrustCompared {
  readonly at: "compared";
  readonly actual: Policy;
  readonly expected: Policy;
  /** Ids of deleted principals that it still names. */
  readonly dead: readonly string[];
  readonly deadPart: Part;
  readonly wildcard: Part;
  readonly externalId: Part;
  readonly mfa: Part;
  readonly excess: Part;
  readonly missing: Part;
}

const externalIdKeys = new Set(["sts:externalid"]);
const mfaKeys = new Set(["aws:multifactorauthpresent", "aws:multifactorauthage"]);

export function analyseTrust(
  role: RoleFacts,
  watched: WatchedRole,
  expected: Policy,
  partition: string,
  compare: Compare,
): TrustAnalysis {
  if (role.trust.at === "denied") return { at: "unseen", denied: role.trust };
  const secret = watched.externalId;
  if (secret !== undefined && secret.value === undefined) return { at: "no-secret", name: secret.name };
  const document = role.trust.at === "absent" ? "" : role.trust.value;
  const parsed = parse(document, "trust", partition);
  if (!parsed.ok) return { at: "invalid", errors: parsed.errors };
  const inChina = partition === "aws-cn";
  const named = (policy: Policy): Policy => (inChina ? oneNamePerService(policy) : policy);
  const asked = withoutOwnSource(parsed.policy, expected, role.arn.split(":")[4] ?? "");
  return compareTrust(named(asked), named(expected), compare);
}

const trustSet = (...documents: readonly Policy[]) => ({ kind: "trust" as const, documents });
type ComparePolicies = (first: Policy, second: Policy) => Comparison;

/**
 * Both directions between two trust policies, each cause for itself: take away one kind of cause at a
 * time, and see what goes with it.
 *
 * INVARIANT: when the policies differ as a whole, in a direction, some part says so: what no cause
 * accounts for falls to `excess` and `missing`.
 */
function compareTrust(actual: Policy, expected: Policy, compare: Compare): TrustCompared {
  const comparePolicies: ComparePolicies = (first, second) => compare(trustSet(first), trustSet(second));
  const whole = comparePolicies(actual, expected);
  const dead = allowedPrincipals(actual, isDead);
  const nothing = { at: "compared", actual, expected, dead, deadPart: same } as const;
  if (dead.length === 0 && whole.firstExceeds.verdict === "none" && whole.secondExceeds.verdict === "none")
    return { ...nothing, wildcard: same, externalId: same, mfa: same, excess: same, missing: same };

  const living = dead.length === 0 ? actual : withoutPrincipals(actual, isDead);
  const expectsWildcard = allowedPrincipals(expected, isWildcard).length > 0;
  const hasWildcard = !expectsWildcard && allowedPrincipals(living, isWildcard).length > 0;
  const named = hasWildcard ? withoutPrincipals(living, isWildcard) : living;
  // Whom the document names anyhow shows nothing of what the wildcard opens.
  const opened = hasWildcard ? compare(trustSet(living), trustSet(named, expected)).firstExceeds : undefined;
  const wildcard =
    opened === undefined
      ? same
      : partOf(opened.verdict === "proven" ? opened : comparePolicies(living, named).firstExceeds, "excess");

  const real = (part: Part, first: Policy, second: Policy): Part =>
    confirmed(part, { first, second }, { first: actual, second: expected });
  const { aligned, ...byExternalId } = causedBy(named, expected, externalIdKeys, comparePolicies);
  const externalId = real(byExternalId.part, named, aligned);
  const mfa = causedBy(aligned, expected, mfaKeys, comparePolicies);
  const mfaPart = real(mfa.part, aligned, mfa.aligned);
  const rest = mfa.aligned === actual ? whole : comparePolicies(mfa.aligned, expected);
  let excess = real(partOf(rest.firstExceeds, "excess"), mfa.aligned, expected);
  const missingRest = hasWildcard
    ? comparePolicies(align(align(living, expected, externalIdKeys), expected, mfaKeys), expected)
        .secondExceeds
    : rest.secondExceeds;
  let missing = real(partOf(missingRest, "missing"), mfa.aligned, expected);

  const namesSomeone = (pattern: PrincipalPattern) => pattern.type === "AWS" && !pattern.id.endsWith(":root");
  const deadPart: Part =
    dead.length > 0 && missing.at === "differs" && allowedPrincipals(expected, namesSomeone).length > 0
      ? missing
      : same;
  if (deadPart.at === "differs") missing = { at: "told", by: "trust-dead-principal" };

  const parts = [wildcard, externalId, mfaPart, deadPart];
  const open = (part: Part, direction: "excess" | "missing") =>
    part.at === "undecided" || part.at === "told" || (part.at === "differs" && part[direction].length > 0);
  if (dead.length === 0 && ![...parts, excess].some((part) => open(part, "excess")))
    excess = partOf(whole.firstExceeds, "excess");
  if (![...parts, missing].some((part) => open(part, "missing")))
    missing = partOf(whole.secondExceeds, "missing");
  // What another cause accounts for is not told twice.
  const eachOf = (part: Part, direction: "excess" | "missing"): Part => {
    const pairs = [mfa.aligned, actual].map((policy) =>
      direction === "excess" ? { allows: policy, denies: expected } : { allows: expected, denies: policy },
    );
    return real(eachPrincipal(part, direction, pairs), mfa.aligned, expected);
  };
  excess = eachOf(excess, "excess");
  missing = eachOf(missing, "missing");
  return { ...nothing, deadPart, wildcard, externalId, mfa: mfaPart, excess, missing };
}

interface Pair {
  readonly first: Policy;
  readonly second: Policy;
}

/**
 * What of a part, the difference between a pair, the whole policies show as well. Taking one cause away can make a
 * difference that is none: where another statement lets the same request in, or a Deny keeps it out. Of several
 * principals one stands for all in a witness: where it is not the one, the others are asked.
 */
function confirmed(part: Part, { first, second }: Pair, whole: Pair): Part {
  if (part.at !== "differs") return part;
  const shown = (direction: "excess" | "missing"): Extract<Part, { at: "differs" }>["excess"] => {
    const [allows, denies] = direction === "excess" ? [first, second] : [second, first];
    const pair =
      direction === "excess"
        ? { allows: whole.first, denies: whole.second }
        : { allows: whole.second, denies: whole.first };
    const real = (one: Part) =>
      one.at === "differs" ? one[direction].filter(({ request }) => confirms(pair, request)) : [];
    const own = real(part);
    return own.length > 0 ? own : real(eachPrincipal(part, direction, [{ allows, denies }]));
  };
  const [excess, missing] = [shown("excess"), shown("missing")];
  return excess.length + missing.length === 0 ? same : { ...part, excess, missing };
}

const align = (policy: Policy, expected: Policy, keys: ReadonlySet<string>): Policy =>
  mentions(policy, keys) || mentions(expected, keys) ? alignConditions(policy, expected, keys) : policy;

/** What conditions on `keys` make of the difference, and the policy with these put right. */
function causedBy(
  actual: Policy,
  expected: Policy,
  keys: ReadonlySet<string>,
  comparePolicies: ComparePolicies,
): { part: Part; aligned: Policy } {
  const aligned = align(actual, expected, keys);
  if (aligned === actual) return { part: same, aligned };
  const { firstExceeds, secondExceeds } = comparePolicies(actual, aligned);
  const part = both(firstExceeds, secondExceeds);
  return { part, aligned: part.at === "same" ? actual : aligned };
}
