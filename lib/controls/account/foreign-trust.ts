import type { ForeignAccount } from "../../model/config.ts";
import type { ControlInfo } from "../../model/control.ts";
import { documentText } from "../../model/document-text.ts";
import type { DocumentSource, RoleFacts } from "../../model/facts.ts";
import type { Condition } from "../../policy/model.ts";
import { type Outcome, passed, unseen } from "../control.ts";
import { parse } from "../lookups.ts";
import { showStatement } from "../mask.ts";
import { isWildcard } from "../trust/principals.ts";

export const foreignTrust: ControlInfo = {
  id: "foreign-trust",
  title: "No role trusts the account of a service that ended, unless it is configured",
  severity: "high",
  resource: "role",
  rationale:
    "Docker Cloud's account 689684103426 serves nobody since 21 May 2018. A role that trusts it and stands nowhere in the configuration was forgotten: its permissions, as a rule `ec2:*`, are still given away.",
};

/** Digits may hide behind percent-encoding, `%36`, or JSON escapes, `\u0036`, also percent-encoded. */
const hidden = /%3\d|\\u|%5c/i;

/** Whether a trust document may name an account: cheap, and never wrong with "no". */
function mayName(document: DocumentSource, account: string): boolean {
  const text = documentText(document);
  return text.includes(account) || (typeof document === "string" && hidden.test(text));
}

/** What a role's trust in a foreign account comes to; undefined when it has none. */
export function judgeForeignTrust(
  role: RoleFacts,
  foreign: ForeignAccount,
  partition: string,
): Outcome | undefined {
  if (role.trust.at === "denied")
    return unseen("the role's trust policy", role.trust.action, role.trust.reason);
  if (role.trust.at === "absent" || !mayName(role.trust.value, foreign.account)) return undefined;
  const parsed = parse(role.trust.value, "trust", partition);
  const steps = [{ text: "If others still use the role, only take the account out of its trust policy." }];
  if (!parsed.ok) {
    if (!documentText(role.trust.value).includes(foreign.account)) return undefined;
    return {
      verdict: "undecided",
      detail: `The trust policy holds ${foreign.account} and is not a valid document. ${foreign.says}`,
      reason: `not a valid trust policy: ${parsed.errors[0]?.place ?? ""} ${parsed.errors[0]?.message ?? ""}`,
      expected: "no trust in that account",
      actual: parsed.errors.map(({ place, message }) => `${place} ${message}`.trim()),
      steps,
    };
  }
  const trusting = parsed.policy.statements.filter(
    ({ effect, principals, conditions }) =>
      effect === "Allow" &&
      principals?.patterns.some(
        (pattern) =>
          (pattern.type === "AWS" && accountOf(pattern.id) === foreign.account) ||
          (isWildcard(pattern) && conditions.some((condition) => asksFor(condition, foreign.account))),
      ),
  );
  if (trusting.length === 0) return undefined;
  return {
    verdict: "failed",
    detail: `The role trusts account ${foreign.account}, of a service that ended. ${foreign.says}`,
    expected: "no trust in that account",
    actual: trusting.map((statement) => showStatement(statement, undefined)),
    consequence: "A third party that no longer serves you can use the role with all its permissions.",
    steps,
  };
}

/** Whether a condition lets everyone in who is of the account: what `*` means then. */
const asksFor = ({ operator, key, values }: Condition, account: string): boolean =>
  /^aws:principal(account|arn)$/i.test(key) &&
  /^(String|Arn)(Equals|EqualsIgnoreCase|Like)$/.test(operator.name) &&
  values.some((value) => value === account || accountOf(value) === account);

const accountOf = (id: string): string | undefined => /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(id)?.[1];

export const noForeignTrust = (account: string): Outcome => passed(`No other role trusts ${account}.`);
