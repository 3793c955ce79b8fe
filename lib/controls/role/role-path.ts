import { passed, type RoleControl } from "../control.ts";
import { matchesPattern } from "../name-pattern.ts";

export const rolePath: RoleControl = {
  id: "role-path",
  title: "The role is under the path that is configured",
  severity: "medium",
  resource: "role",
  rationale:
    "The documents make roles without a path, and a platform is given the role's ARN, which holds the path (Docker Cloud: `arn:aws:iam::123456789123:role/dockercloud-role`). Under another path than the configured one it is another ARN; where no path is configured, one is only pointed out.",
  evaluate: ({ watched, role }) => {
    const { name, path } = watched.select;
    if (path !== undefined && name === undefined) return undefined;
    if (matchesPattern(path ?? "/", role.path)) return passed(`It is under \`${role.path}\`.`);
    return {
      verdict: "failed",
      detail: `The role is under the path \`${role.path}\`, not \`${path ?? "/"}\`: its ARN is another one.`,
      expected: path ?? "/",
      actual: role.path,
      ...(path === undefined ? { severity: "info" as const } : {}),
      consequence: "A platform that was given the ARN with the other path does not find the role.",
      steps: [
        {
          text: "Configure the path that is meant. IAM cannot move a role: make it again under the right path.",
        },
      ],
    };
  },
};
