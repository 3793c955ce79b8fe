import type { Resource } from "../model/result.ts";

/** How a person calls it: the name of a role, the id of an instance. The path of a role is left out. */
export const resourceName = (resource: Resource): string =>
  resource.arn.slice(Math.max(resource.arn.lastIndexOf("/"), resource.arn.lastIndexOf(":")) + 1) ||
  resource.arn;

const words: Readonly<Record<string, string>> = {
  "instance-profile": "instance profile",
  "security-group": "security group",
  "route-table": "route table",
  rolecall: "Rolecall",
};

/** `role dockercloud-role`, `security group sg-0a1b`. */
export const resourceTitle = (resource: Resource): string =>
  `${words[resource.type] ?? resource.type} ${resourceName(resource)}`;
