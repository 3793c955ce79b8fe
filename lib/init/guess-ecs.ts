import type { Catalogue } from "../config/catalogue.ts";
import { documentedActions } from "./documented-actions.ts";
import type { Guess } from "./guess.ts";
import { coverage, type RoleSignals } from "./role-signals.ts";

const instancePolicy = "AmazonEC2ContainerServiceforEC2Role";
const managedPolicy = "AmazonECSInstanceRolePolicyForManagedInstances";
const names = ["ecsInstanceRole", "ecsAnywhereRole", "ECSAnywhereRole", "ecsExternalInstanceRole"];

/** AWS's policy for container or Managed Instances, or a policy of the account's own like it, or the documented name. */
export function guessEcs(signals: RoleSignals, catalogue: Catalogue): Guess | undefined {
  const { role, attached, services, actions } = signals;
  const has = (policy: string): boolean =>
    attached.some((arn) => arn.endsWith(`/${policy}`) && arn.split(":")[4] === "aws");
  const named = names.includes(role.name);
  const shape = coverage(actions, documentedActions(catalogue, "ecs", instancePolicy));
  const tagged = signals.tags.some((tag) => /(^|[^a-z])(ecs|AmazonECSManaged)([^a-z]|$)/i.test(tag));
  const own =
    shape >= 0.6 &&
    (services.has("ec2") || services.has("ssm")) &&
    (shape >= 0.9 || /ecs/i.test(role.name) || tagged);
  if (!named && !has(instancePolicy) && !has(managedPolicy) && !own) return undefined;
  const anywhere =
    /anywhere|ExternalInstance/i.test(role.name) || (services.has("ssm") && !services.has("ec2"));
  const managed = !anywhere && has(managedPolicy) && !has(instancePolicy);
  const because: string[] = [];
  if (named) because.push("its name is the one that AWS's document gives");
  if (has(instancePolicy)) because.push(`${instancePolicy} is attached`);
  if (has(managedPolicy)) because.push(`${managedPolicy} is attached`);
  if (own) because.push(`its own policy allows ${Math.round(shape * 100)} % of what ${instancePolicy} does`);
  if (services.has("ec2")) because.push("EC2 assumes it");
  if (services.has("ssm")) because.push("Systems Manager assumes it");
  return {
    platform: "ecs",
    role: role.name,
    what: anywhere
      ? "external instances (ECS Anywhere)"
      : managed
        ? "ECS Managed Instances"
        : "container instances of Amazon ECS",
    keys: { ...(anywhere ? { anywhere: true } : {}), ...(managed ? { managedInstances: true } : {}) },
    because,
    notes: has("AmazonS3ReadOnlyAccess")
      ? [
          "AmazonS3ReadOnlyAccess is attached, the documented add-on: if it is meant, add `s3ReadOnly: allowed`.",
        ]
      : [],
  };
}
