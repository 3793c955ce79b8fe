import type { RemediationStep } from "../../model/result.ts";
import { shellOption, shellQuote } from "../../remediation/shell.ts";
import { matchesPattern } from "../name-pattern.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { neighboursUnseen } from "./gaps.ts";
import { graceUntil } from "./grace.ts";
import { judgeEach } from "./judge-each.ts";
import { type Node, profileName } from "./region-index.ts";

export const nodeProfile: ClusterControl = {
  info: {
    id: "cluster-node-profile",
    title: "Every node has an instance profile, the one that is configured for it, with a role in it",
    severity: "medium",
    resource: "instance",
    rationale:
      "Rancher: “All nodes added to the cluster must be able to interact with EC2 so that they can create and remove resources”, through the IAM role attached to the instance.",
  },
  reads: ["instance", "security-group", "subnet"],
  // Of a node that is well `cluster-node-tagged` has said so: there are too many to say it twice.
  wellWhenSilent: "Each of its nodes has the instance profile that it should have.",
  evaluate: (view) =>
    judgeEach(view, view.nodes, (_, member) =>
      member.how === "inferred" && neighboursUnseen(view) !== undefined ? undefined : judge(view, member),
    ),
};

const noCredentials =
  "the node has no credentials: on a control plane node the cloud controller stops, so that no `LoadBalancer` service and no volume is made; on a worker the kubelet cannot pull from ECR";

function judge(view: ClusterView, member: Member<Node>): Judgement | undefined {
  const { item: node } = member;
  const { profiles, nodeRoles = [] } = view.watched;
  const young = graceUntil(node, view);
  if (young !== undefined) return undefined;
  const any = profiles.length + nodeRoles.length === 0;
  const expected = any
    ? "an instance profile with a role in it"
    : {
        ...(profiles.length === 0 ? {} : { profiles }),
        ...(nodeRoles.length === 0 ? {} : { roles: nodeRoles }),
      };
  const said = (
    verdict: Judgement["verdict"],
    detail: string,
    actual: unknown,
    rest: Partial<Judgement> = {},
  ): Judgement => ({ resource: node, verdict, detail, expected, actual, ...rest });
  if (node.facts.profile === undefined)
    return said(
      "failed",
      `${node.id}, a node of ${ofCluster(view, member)}, has no instance profile.`,
      null,
      {
        consequence: noCredentials,
        remediation: [associate(view, node)],
      },
    );
  const name = profileName(node.facts.profile);
  const roles = view.rolesInProfile.get(name);
  if (roles === undefined && nodeRoles.length + profiles.length > 0) {
    if (profiles.some((pattern) => matchesPattern(pattern, name))) return undefined;
  }
  if (roles === undefined) return notOnRoster(view, node, name, said);
  if (roles.length === 0)
    return said(
      "failed",
      `The instance profile \`${name}\` of ${node.id} holds no role.`,
      { profile: name, role: null },
      {
        consequence: noCredentials,
        remediation: [addRole(view, name)],
      },
    );
  const right =
    any ||
    profiles.some((pattern) => matchesPattern(pattern, name)) ||
    roles.some((role) => nodeRoles.some((pattern) => matchesPattern(pattern, role)));
  if (right) return undefined;
  return said(
    "failed",
    `${node.id}, a node of ${ofCluster(view, member)}, carries instance profile \`${name}\` with role \`${roles.join("`, `")}\`, which is not the one that is configured.`,
    { profile: name, role: roles[0] },
    {
      consequence:
        "the node acts with another role than the cluster's: what the cloud controller or the kubelet needs may be missing, and what that role may do, every pod on the node may do",
      remediation: [replace(view, node)],
    },
  );
}

function notOnRoster(
  view: ClusterView,
  node: Node,
  name: string,
  said: (
    verdict: Judgement["verdict"],
    detail: string,
    actual: unknown,
    rest?: Partial<Judgement>,
  ) => Judgement,
): Judgement {
  const { gap, items } = view.iam.profiles;
  if (gap !== undefined || items.length === 0)
    return said("unavailable", `The role in instance profile \`${name}\` of ${node.id} was not seen.`, name, {
      reason:
        gap === undefined
          ? "instance profiles were not read"
          : `could not see all instance profiles (${gap.action}: ${gap.reason})`,
    });
  return said(
    "failed",
    `The instance profile \`${name}\` of ${node.id} no longer exists.`,
    { profile: name, gone: true },
    {
      consequence: noCredentials,
      remediation: [replace(view, node)],
    },
  );
}

/** The profile to give, when the configuration names one and not a pattern. */
function wanted({ watched, rolesInProfile }: ClusterView): string | undefined {
  const literal = watched.profiles.find((pattern) => !/[*?]/.test(pattern));
  if (literal !== undefined) return literal;
  const role = watched.nodeRoles?.find((pattern) => !/[*?]/.test(pattern));
  if (role === undefined) return undefined;
  for (const [profile, roles] of rolesInProfile) if (roles.includes(role)) return profile;
  return undefined;
}

function associate(view: ClusterView, node: Node): RemediationStep {
  const name = wanted(view);
  const text = "Give the node the instance profile of its kind (control plane or worker).";
  if (name === undefined) return { text };
  return {
    text: `Give the node its instance profile, as \`${name}\` if it is of that kind.`,
    command: `aws ec2 associate-iam-instance-profile ${shellOption("--region", view.index.region)} --instance-id ${shellQuote(node.id)} --iam-instance-profile ${shellQuote(`Name=${name}`)}`,
  };
}

function replace(view: ClusterView, node: Node): RemediationStep {
  const name = wanted(view);
  const region = shellOption("--region", view.index.region);
  const text = "Replace the node's instance profile by the one of its kind (control plane or worker)";
  if (name === undefined) return { text: `${text}.` };
  const filter = shellQuote(`Name=instance-id,Values=${node.id}`);
  return {
    text: `${text}, as \`${name}\`.`,
    command: `aws ec2 replace-iam-instance-profile-association ${region} --iam-instance-profile ${shellQuote(`Name=${name}`)} --association-id "$(aws ec2 describe-iam-instance-profile-associations ${region} --filters ${filter} Name=state,Values=associated --query 'IamInstanceProfileAssociations[0].AssociationId' --output text)"`,
  };
}

function addRole(view: ClusterView, profile: string): RemediationStep {
  const role = view.watched.nodeRoles?.find((pattern) => !/[*?]/.test(pattern));
  const text = "Put the role into the instance profile";
  if (role === undefined) return { text: `${text}.` };
  return {
    text: `${text}, as \`${role}\`.`,
    command: `aws iam add-role-to-instance-profile ${shellOption("--instance-profile-name", profile)} ${shellOption("--role-name", role)}`,
  };
}
