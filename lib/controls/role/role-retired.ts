import type { RoleControl } from "../control.ts";

export const roleRetired: RoleControl = {
  id: "role-retired",
  title: "The service that the role is for still exists",
  severity: "info",
  resource: "role",
  rationale:
    "Docker Cloud's runtime shut down on 21 May 2018. A configured role is held to its document all the same, and told to be for a service that ended: as information, since who configured it knows the role, and as high in an audit without a configuration.",
  evaluate: ({ watched: { retired, platform } }) =>
    retired === undefined
      ? undefined
      : {
          verdict: "failed",
          detail: retired.says,
          expected: "no role for a service that ended",
          actual: `a role for ${platform}, which ended on ${retired.since}`,
          consequence: "A third party that no longer serves you can still use the role.",
          steps: [
            {
              text: "Delete the role once nothing needs it, and set `expect: absent` so that its return is a finding.",
            },
          ],
        },
};
