import type { Policy, PrincipalType } from "../../policy/model.ts";
import type { RoleControl } from "../control.ts";
import { isWildcard } from "../trust/principals.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";

export const trustWildcard: RoleControl = {
  id: "trust-wildcard",
  title: "The trust policy names no wildcard principal",
  severity: "critical",
  resource: "role",
  rationale:
    'Kommander\'s document says it for all: "Never add a wildcard. This opens your account to the whole world". `"*"` and `{"AWS": "*"}` mean the same.',
  evaluate: (context) =>
    trustOutcome(context, ({ wildcard }) => wildcard, {
      passed: "No wildcard lets everyone in.",
      failed: (differences, { actual }) => {
        const type = wildcardType(actual);
        const named = type === "AWS" ? "`*`" : `\`{"${type}": "*"}\``;
        return differences.every(({ witness }) => Object.keys(witness.context).length === 0)
          ? `${strangers[type]} can assume the role: its trust policy names the principal ${named}.`
          : `The trust policy names the principal ${named}: anyone whose request meets its conditions can assume the role.`;
      },
      undecided:
        "The trust policy names the principal `*`, and it cannot be proven that this lets no one in.",
      steps: [{ text: "Name who may assume the role in place of `*`, and look in CloudTrail for who has." }],
      consequence: (_, { actual }) =>
        `The role is open to ${wildcardType(actual) === "AWS" ? "other AWS accounts" : "strangers"}, with all that it may do.`,
    }),
};

/** Who comes in by a wildcard. */
const strangers: Readonly<Record<PrincipalType, string>> = {
  AWS: "Anyone with an AWS account",
  Service: "Any service of AWS",
  Federated: "Any user of any identity provider",
  CanonicalUser: "Any AWS account's canonical user",
};

/** The type whose every principal is let in; that of accounts where all types are. */
function wildcardType({ statements }: Policy): PrincipalType {
  const types = statements
    .flatMap(({ effect, principals }) => (effect === "Allow" ? (principals?.patterns ?? []) : []))
    .filter(isWildcard)
    .map(({ type }) => (type === "everyone" ? "AWS" : type));
  return types.includes("AWS") ? "AWS" : (types[0] ?? "AWS");
}
