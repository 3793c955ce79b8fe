import type { LegacyUser } from "../../model/config.ts";
import type { ControlInfo } from "../../model/control.ts";
import type { UserFacts } from "../../model/facts.ts";
import { lookUp, type Roster } from "../../model/seen.ts";
import { type Outcome, passed, unseen } from "../control.ts";

export const legacyUser: ControlInfo = {
  id: "legacy-user",
  title: "The service user that the role replaced is gone",
  severity: "medium",
  resource: "user",
  rationale:
    'Docker Cloud: with the role in place, "you can then delete the `dockercloud-user`". A user\'s access keys do not expire.',
};

export function judgeLegacyUser(legacy: LegacyUser, users: Roster<UserFacts>): Outcome {
  const user = lookUp(users, ({ name }) => name === legacy.name);
  switch (user.at) {
    case "denied":
      return unseen(`whether there is a user \`${legacy.name}\``, user.action, user.reason);
    case "absent":
      return passed(`There is no user \`${legacy.name}\`.`);
    case "found":
      return {
        verdict: "failed",
        detail: `The user \`${legacy.name}\` is still there. ${legacy.says}`,
        expected: "no such user",
        actual: user.value.arn,
        consequence: "Its access keys, which do not expire, still work wherever they have come to.",
        steps: [{ text: "Look at when its access keys were last used." }],
      };
    default:
      return user satisfies never;
  }
}
