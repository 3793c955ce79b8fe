import { passed, type RoleControl, unseen } from "../control.ts";

export const boundary: RoleControl = {
  id: "boundary",
  title: "The permissions boundary is the one that is configured",
  severity: "high",
  resource: "role",
  rationale:
    "What a boundary takes away is judged by its effect. Where `boundary` is configured, its removal or exchange is a finding of its own, whatever the policies allow today.",
  evaluate: ({ watched, role }) => {
    const wanted = watched.boundary;
    if (wanted === undefined) return undefined;
    if (role.boundary.at === "denied")
      return unseen("the permissions boundary", role.boundary.action, role.boundary.reason);
    const actual = role.boundary.at === "found" ? role.boundary.value : "none";
    if (actual === wanted || (actual !== "none" && actual.endsWith(`/${wanted}`)))
      return passed(`Its permissions boundary is \`${actual}\`.`);
    return {
      verdict: "failed",
      detail:
        actual === "none"
          ? `The role has no permissions boundary, where \`${wanted}\` is configured.`
          : `The role's permissions boundary is \`${actual}\`, not \`${wanted}\`.`,
      expected: wanted,
      actual,
      steps: [{ text: `Set the permissions boundary to \`${wanted}\`, or take it off if that is \`none\`.` }],
    };
  },
};
