// Writes examples/account: a made account as the AWS CLI would save it. The four platforms set up right,
// each set up wrong in several ways, a cluster with tag mistakes, and roles that only look alike.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bystanderPolicies, bystanders } from "./example/bystanders.ts";
import { regions } from "./example/clusters.ts";
import {
  dockerCloudRoles,
  ecsRoles,
  kommanderRoles,
  ownRoles,
  platformPolicies,
  rancherRoles,
} from "./example/platform-roles.ts";
import { account, arn, policyDetail, profileOf, roleDetail, userDetail } from "./example/shapes.ts";

export function exampleFiles(): ReadonlyMap<string, object> {
  const roles = [
    ...dockerCloudRoles,
    ...rancherRoles,
    ...ecsRoles,
    ...kommanderRoles,
    ...ownRoles,
    ...bystanders,
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files = new Map<string, object>([
    ["get-caller-identity.json", { UserId: "AIDAEXAMPLE", Account: account, Arn: arn("user/auditor") }],
    [
      "get-account-authorization-details.json",
      {
        UserDetailList: ["auditor", "dockercloud-user"].map(userDetail),
        GroupDetailList: [],
        RoleDetailList: roles.map(roleDetail),
        Policies: [...platformPolicies, ...bystanderPolicies].map((policy) => policyDetail(policy, roles)),
      },
    ],
    [
      "list-instance-profiles.json",
      {
        InstanceProfiles: [
          ...roles.flatMap((role) => (role.profiles ?? []).map((name) => profileOf(name, role))),
          // Left over when the role was deleted and made again.
          profileOf("rancher-spot-worker", undefined),
        ],
      },
    ],
  ]);
  for (const [region, lists] of Object.entries(regions)) {
    files.set(`${region}/describe-instances.json`, { Reservations: lists.Reservations });
    files.set(`${region}/describe-security-groups.json`, { SecurityGroups: lists.SecurityGroups });
    files.set(`${region}/describe-subnets.json`, { Subnets: lists.Subnets });
    files.set(`${region}/describe-route-tables.json`, { RouteTables: lists.RouteTables });
  }
  return files;
}

export const exampleText = (value: object): string => `${JSON.stringify(value, undefined, 1)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../examples/account/", import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  for (const [name, value] of exampleFiles()) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), exampleText(value));
  }
}
