import type { RoleFacts } from "../../model/facts.ts";
import type { Policy, Statement } from "../../policy/model.ts";
import {
  notApplicable,
  type Outcome,
  passed,
  type RoleContext,
  type RoleControl,
  toldBy,
  unseen,
} from "../control.ts";
import { parse } from "../lookups.ts";
import { differencesOf } from "../mask.ts";
import { both, type Part, partOf } from "../part.ts";
import { onlyAction } from "../permissions/only-action.ts";
import { policySet, readRolePolicies } from "../permissions/role-policies.ts";

const action = "sts:AssumeRole";

/** What the management role may assume, or the outcome when that cannot be said. */
function mayAssume(
  context: RoleContext,
): { documents: readonly Policy[]; boundary: Policy | undefined; role: RoleFacts } | Outcome | undefined {
  const { assumedBy: name, assumedFrom } = context.watched;
  if (name === undefined) return undefined;
  if (assumedFrom !== undefined && assumedFrom !== context.facts.identity.account)
    return notApplicable(
      `The management role \`${name}\` is of account ${assumedFrom}, which is not read here.`,
    );
  const [role] = context.lookups.rolesByName.get(name) ?? [];
  if (role === undefined) {
    const { gap } = context.facts.iam.roles;
    if (gap !== undefined) return unseen(`the management role \`${name}\``, gap.action, gap.reason);
    if (!context.whole) return notApplicable(`The management role \`${name}\` was not looked at.`);
    return {
      verdict: "failed",
      detail: `There is no role \`${name}\`, which should assume this one.`,
      expected: `role ${name}`,
      actual: "none",
      consequence: "The management cluster cannot use the role.",
      steps: [
        { text: `Create the role \`${name}\` on the management cluster, or configure its right name.` },
      ],
    };
  }
  const read = readRolePolicies(role, context.facts, context.lookups);
  if (read.at === "unseen")
    return unseen(`the policies of \`${name}\``, read.denied.action, read.denied.reason);
  if (read.at === "invalid")
    return {
      verdict: "undecided",
      detail: `A policy of \`${name}\` is not a valid document: \`${read.name}\`: ${read.message}.`,
      reason: "not a valid policy",
      expected: "valid policies",
      actual: `${read.name}: ${read.message}`,
      steps: [{ text: "Put the policy right." }],
    };
  const only = (policy: Policy) => onlyAction(policy, action);
  return {
    documents: read.policies.map(({ policy }) => only(policy)),
    boundary: read.boundary === undefined ? undefined : only(read.boundary.policy),
    role,
  };
}

/** Leave to assume roles; with an ExternalId, which Kommander then sends, for requests that have it. */
function grant(resources: readonly string[], partition: string, externalId?: string): Policy {
  const condition = { StringEquals: { "sts:ExternalId": externalId } };
  const statement = { Effect: "Allow", Action: action, Resource: resources };
  const parsed = parse(
    {
      Version: "2012-10-17",
      Statement: [externalId === undefined ? statement : { ...statement, Condition: condition }],
    },
    "identity",
    partition,
  );
  if (!parsed.ok) throw new Error("leave to assume a role is no valid document");
  return parsed.policy;
}

function judgeAssume(
  context: RoleContext,
  pick: (documents: readonly Policy[], boundary: Policy | undefined) => Part,
  words: { passed: string; undecided: string; failed: string; consequence: string; step: string },
): Outcome | undefined {
  const may = mayAssume(context);
  if (may === undefined || "verdict" in may) return may;
  const part = pick(may.documents, may.boundary);
  const shown = may.documents.flatMap(({ statements }) =>
    statements.map(({ effect, resources }) => ({
      Effect: effect,
      Action: action,
      Resource: resources?.patterns,
    })),
  );
  const secret = context.watched.externalId?.value;
  const told = {
    expected: { Effect: "Allow", Action: action, Resource: context.role.arn },
    actual: shown,
    steps: [{ text: words.step }],
  };
  if (part.at === "same" || part.at === "told") return passed(words.passed);
  if (part.at === "undecided")
    return { verdict: "undecided", detail: words.undecided, reason: part.reason, ...told };
  return {
    verdict: "failed",
    detail: words.failed,
    ...told,
    differences: [
      ...differencesOf("excess", part.excess, secret, "*"),
      ...differencesOf("missing", part.missing, secret, "*"),
    ],
    consequence: words.consequence,
  };
}

export const managementAssumeRole: RoleControl = {
  id: "management-assume-role",
  title: "The management cluster's role may assume the role",
  severity: "medium",
  resource: "role",
  rationale:
    "Kommander: attach a policy that allows `sts:AssumeRole` on the role's ARN to the role that is already attached to your Kommander cluster (Sid AssumeRoleKommander). Judged where `managementRole` is configured.",
  evaluate: (context) => {
    const name = context.watched.assumedBy ?? "";
    return judgeAssume(
      context,
      (documents, boundary) => {
        const externalId = context.watched.externalId?.value;
        const { partition } = context.facts.identity;
        const wanted = policySet([grant([context.role.arn], partition, externalId)], undefined);
        return partOf(context.compare(policySet(documents, boundary), wanted).secondExceeds, "missing");
      },
      {
        passed: `\`${name}\` may assume the role.`,
        undecided: `It cannot be proven that \`${name}\` may assume the role.`,
        failed: `\`${name}\` may not assume the role.`,
        consequence: "Kommander cannot use the role, so it cannot create clusters in this account.",
        step: `Allow \`${name}\` the action \`sts:AssumeRole\` on the role's ARN.`,
      },
    );
  },
};

export const managementAssumeScope: RoleControl = {
  id: "management-assume-scope",
  title: "The management cluster's role may assume only roles that are named one by one",
  severity: "medium",
  resource: "role",
  rationale:
    "Kommander's policy AssumeRoleKommander has one Resource, the role's ARN. A wildcard in it would let the management cluster become any role that trusts the account.",
  evaluate: (context) => {
    const name = context.watched.assumedBy ?? "";
    const outcome = judgeAssume(
      context,
      (documents, boundary) => {
        const exact = documents.flatMap(({ statements }) => statements.filter(isExact));
        const { partition } = context.facts.identity;
        const fine = [
          grant([context.role.arn], partition),
          { version: "2012-10-17" as const, statements: exact },
        ];
        const { firstExceeds } = context.compare(policySet(documents, boundary), policySet(fine, undefined));
        return both(firstExceeds, { verdict: "none" });
      },
      {
        passed: `\`${name}\` may assume only roles that its policies name.`,
        undecided: `It cannot be proven that \`${name}\` may assume only roles that its policies name.`,
        failed: `\`${name}\` may assume roles by a wildcard, not only this one.`,
        consequence:
          "Whoever has the management cluster's role can become other roles that trust this account.",
        step: `Name the role's ARN as the Resource of \`sts:AssumeRole\` in the policies of \`${name}\`.`,
      },
    );
    const absent = outcome?.verdict === "failed" && outcome.actual === "none";
    return absent || outcome?.verdict === "undecided" ? toldBy(managementAssumeRole.id) : outcome;
  },
};

const isExact = ({ effect, resources }: Statement): boolean =>
  effect === "Allow" &&
  resources !== undefined &&
  !resources.not &&
  resources.patterns.every((r) => !/[*?$]/.test(r));
