import type { ExpectedPermissions } from "../../model/config.ts";
import type { Denied } from "../../model/seen.ts";
import type { Policy } from "../../policy/model.ts";
import type { Compare } from "../compare-policies.ts";
import { both, type Part, partOf, same } from "../part.ts";
import { judgePassRole } from "./pass-role.ts";
import { deniedBy, policySet, type RolePolicies, type RolePolicy } from "./role-policies.ts";

/** A policy that AWS owns, as the baseline pins it. */
interface Pinned {
  readonly arn: string;
  readonly version: string;
  readonly policy: Policy;
}

/** A role's baseline for permissions, parsed for one account. */
export interface ExpectedPolicies {
  readonly mode: ExpectedPermissions["mode"];
  readonly required: readonly Policy[];
  readonly allowed: readonly Policy[];
  readonly pinned: readonly Pinned[];
  readonly passRoleByName: boolean;
}

/** How what a role may do answers to its baseline: the difference, split by what causes it. */
export type PermissionsAnalysis =
  | { readonly at: "unseen"; readonly denied: Denied }
  | { readonly at: "invalid"; readonly name: string; readonly message: string }
  | PermissionsCompared;

interface PinnedChange {
  readonly pinned: Pinned;
  readonly actual: Policy;
  readonly part: Part;
}

export interface Boundary {
  readonly arn: string;
  readonly policy: Policy;
}

export interface PermissionsCompared {
  readonly at: "compared";
  readonly policies: readonly RolePolicy[];
  readonly boundary?: Boundary;
  readonly required: readonly Policy[];
  /** `required` and what is allowed besides. */
  readonly allowed: readonly Policy[];
  /** The same with what may be passed as a role, of which its own control tells. */
  readonly bound: readonly Policy[];
  readonly passRole: Part;
  /** Attached policies that allow more and that the role can do without. */
  readonly extra: readonly { readonly policy: RolePolicy; readonly part: Part }[];
  readonly excess: Part;
  readonly missing: Part;
  /** Nothing would be missing without the boundary. */
  readonly boundaryTakes: boolean;
  /** The boundary, where it takes away what is needed, whatever else does. */
  readonly inTheWay?: Boundary;
  /** The boundary, where the policies go beyond it: what of an excess is real hangs on it. */
  readonly holdsBack?: Boundary;
  /** Of the pinned policies that are attached: what AWS made of them. */
  readonly pinned: readonly PinnedChange[];
}

export function analysePermissions(
  read: RolePolicies,
  expected: ExpectedPolicies,
  compare: Compare,
): PermissionsAnalysis {
  if (read.at !== "read") return read;
  const { policies } = read;
  const boundary = read.boundary?.policy;
  const pinned = pinnedChanges(policies, expected.pinned, compare);
  const asNow = (policy: Policy): Policy =>
    pinned.find((each) => each.pinned.policy === policy)?.actual ?? policy;
  const required = expected.required.map(asNow);
  const allowed = [
    ...new Set([...expected.required, ...required, ...expected.allowed, ...expected.allowed.map(asNow)]),
  ];
  const documents = policies.map(({ policy }) => policy);
  const actual = policySet(documents, boundary);
  const base = { at: "compared", policies, required, allowed, bound: allowed, pinned } as const;
  const compared: PermissionsCompared = {
    ...base,
    ...(read.boundary === undefined ? {} : { boundary: read.boundary }),
    passRole: same,
    extra: [],
    excess: same,
    missing: same,
    boundaryTakes: false,
  };

  const whole = compare(actual, policySet(allowed, undefined));
  const back =
    allowed.length === required.length
      ? whole.secondExceeds
      : compare(actual, policySet(required, undefined)).secondExceeds;
  const missing = expected.mode === "atMost" ? same : partOf(back, "missing");
  const boundaryTakes =
    missing.at === "differs" &&
    boundary !== undefined &&
    compare(policySet(documents, undefined), policySet(required, undefined)).secondExceeds.verdict === "none";
  const within = (those: readonly Policy[]): boolean =>
    compare(policySet(those, boundary), policySet(those, undefined)).secondExceeds.verdict === "none";
  const lacks: PermissionsCompared = {
    ...compared,
    missing,
    boundaryTakes,
    ...(missing.at === "differs" && read.boundary !== undefined && (boundaryTakes || !within(required))
      ? { inTheWay: read.boundary }
      : {}),
  };
  if (expected.mode === "atLeast" || whole.firstExceeds.verdict === "none") return lacks;

  const passRole = judgePassRole(documents, boundary, allowed, expected.passRoleByName, compare);
  const bound = [...allowed, ...passRole.aside];
  const needed = expected.mode === "atMost" ? [] : required;
  const extra = extraPolicies(policies, boundary, bound, needed, missing, compare);
  const left = policies.filter((policy) => !extra.some((each) => each.policy === policy));
  const untouched = extra.length === 0 && passRole.aside.length === 0;
  const rest = untouched
    ? whole
    : compare(
        policySet(
          [...left.map(({ policy }) => policy), ...extra.flatMap(({ policy }) => deniedBy(policy.policy))],
          boundary,
        ),
        policySet(bound, undefined),
      );
  let excess = partOf(rest.firstExceeds, "excess");
  // INVARIANT: an excess as a whole is told by some part.
  const told = [passRole.part, excess, ...extra.map(({ part }) => part)].some((part) => part.at !== "same");
  const fine = passRole.aside.length > 0 && passRole.part.at === "same";
  if (!told) {
    const again = fine ? compare(actual, policySet(bound, undefined)).firstExceeds : whole.firstExceeds;
    excess = partOf(again, "excess");
  }
  const held = read.boundary !== undefined && !within(documents) ? { holdsBack: read.boundary } : {};
  return { ...lacks, bound, passRole: passRole.part, extra, excess, ...held };
}

function pinnedChanges(
  policies: readonly RolePolicy[],
  pinned: readonly Pinned[],
  compare: Compare,
): readonly PinnedChange[] {
  return pinned.flatMap((each) => {
    const attached = policies.find(({ arn }) => arn === each.arn);
    if (attached === undefined) return [];
    const { firstExceeds, secondExceeds } = compare(
      policySet([attached.policy], undefined),
      policySet([each.policy], undefined),
    );
    const part = both(firstExceeds, secondExceeds);
    return [{ pinned: each, actual: part.at === "same" ? each.policy : attached.policy, part }];
  });
}

/** The attached managed policies that go beyond the baseline and without which nothing more is missing. */
function extraPolicies(
  policies: readonly RolePolicy[],
  boundary: Policy | undefined,
  allowed: readonly Policy[],
  required: readonly Policy[],
  missing: Part,
  compare: Compare,
): readonly { readonly policy: RolePolicy; readonly part: Part }[] {
  if (missing.at !== "same" || policies.length < 2) return [];
  const extra: { policy: RolePolicy; part: Part }[] = [];
  let left = policies;
  for (const each of policies) {
    if (each.arn === undefined) continue;
    // What the others deny, this one does not give.
    const alone = policySet(
      [each.policy, ...policies.flatMap(({ policy }) => (policy === each.policy ? [] : deniedBy(policy)))],
      boundary,
    );
    const { firstExceeds } = compare(alone, policySet(allowed, undefined));
    if (firstExceeds.verdict !== "proven") continue;
    const without = left.filter((other) => other !== each);
    const rest = policySet(
      without.map(({ policy }) => policy),
      boundary,
    );
    if (compare(rest, policySet(required, undefined)).secondExceeds.verdict !== "none") continue;
    left = without;
    extra.push({ policy: each, part: partOf(firstExceeds, "excess") });
  }
  return extra;
}
