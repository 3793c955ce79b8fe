import type { ControlInfo } from "../../model/control.ts";
import type { Denied } from "../../model/seen.ts";
import { type Outcome, passed, unseen } from "../control.ts";
import { isPattern } from "../name-pattern.ts";
import { consequenceOf } from "../permissions/consequences.ts";
import { selectorText, type Watch } from "../watched-roles.ts";

export const roleExists: ControlInfo = {
  id: "role-exists",
  title: "A role that is configured exists",
  severity: "medium",
  resource: "role",
  rationale:
    'ECS: "If the role does not exist, create the role." A configured role that matches nothing is a finding on every platform: a role that was deleted or renamed, or an entry with a mistake in it, must not pass in silence.',
};

export const roleAbsent: ControlInfo = {
  id: "role-absent",
  title: "A role that should be gone is gone",
  severity: "high",
  resource: "role",
  rationale:
    "Docker Cloud ended in 2018; `expect: absent` says that its role, or any other, should no longer be there.",
};

/** Whether an entry's roles are there. `gap` says that the list of roles is not whole. */
export function judgeExists({ watched, roles, blind }: Watch, gap: Denied | undefined): Outcome {
  const what = selectorText(watched.select);
  const { name } = watched.select;
  const hidden = gap ?? blind;
  if (roles.length > 0 && hidden !== undefined && (name === undefined || isPattern(name)))
    return unseen(`whether more roles match ${what}`, hidden.action, hidden.reason);
  if (roles.length === 1) return passed("The role exists.");
  if (roles.length > 1) return passed(`${roles.length} roles match ${what}.`);
  if (hidden !== undefined) return unseen(`whether there is a role ${what}`, hidden.action, hidden.reason);
  const consequence = consequenceOf(watched.consequences, ["sts:assumerole"]);
  return {
    verdict: "failed",
    detail: `There is no role ${what}.`,
    expected: watched.select,
    actual: "none",
    ...(consequence === undefined ? {} : { consequence }),
    steps: [
      {
        text: isPattern(watched.select.name ?? "*")
          ? "Correct the entry in rolecall.yml, or take it out if the roles are no longer needed."
          : "Create the role, correct its name in rolecall.yml, or set `expect: absent` there.",
      },
    ],
  };
}

/** Whether roles that should be gone are. One outcome for each that is still there, or one for none. */
export function judgeAbsent({ watched, roles, blind }: Watch, gap: Denied | undefined): Outcome {
  const what = selectorText(watched.select);
  const hidden = gap ?? blind;
  if (roles.length === 0)
    return hidden === undefined
      ? passed(`No role matches ${what}.`)
      : unseen(`whether there is a role ${what}`, hidden.action, hidden.reason);
  return {
    verdict: "failed",
    detail: `The role should be gone and is still there${watched.retired === undefined ? "" : `: the service that it is for ended on ${watched.retired.since}`}.`,
    expected: "no such role",
    actual: roles.map(({ arn, id }) => ({ arn, id })),
    consequence: "Whoever it trusts can still use it.",
    steps: [{ text: "Look in CloudTrail for who still uses it." }],
  };
}
