import { notApplicable, passed, type RoleControl, toldBy, unseen } from "../control.ts";
import { changedStatements, differencesOf } from "../mask.ts";
import { list } from "../words.ts";

export const trustDeadPrincipal: RoleControl = {
  id: "trust-dead-principal",
  title: "The trust policy names no principal that was deleted",
  severity: "medium",
  resource: "role",
  rationale:
    "IAM puts the unique id (`AROA…`, `AIDA…`) in place of a user or role that was deleted. A new one of the same name has another id: creating it again does not restore the trust. Seconds after a change the ids can be a flicker, so they are told once things have settled.",
  evaluate: (context) => {
    if (context.watched.trust === undefined) return undefined;
    const trust = context.trust();
    if (trust.at === "unseen")
      return unseen("the role's trust policy", trust.denied.action, trust.denied.reason);
    if (trust.at === "no-secret")
      return unseen("whether the ExternalId is the configured one", trust.name, "it has no value here");
    if (trust.at === "invalid") return toldBy("trust-excess");
    if (trust.dead.length === 0) return passed("Every principal that it names exists, as far as IAM says.");
    if (!context.settled)
      return notApplicable("A unique id seen seconds after a change may still turn back into an ARN.");
    const secret = context.watched.externalId?.value;
    const missing = trust.deadPart.at === "differs" ? trust.deadPart.missing : [];
    return {
      verdict: "failed",
      detail: `The trust policy names ${list(trust.dead)}: the unique id of a user or role that was deleted. Creating it again does not restore the trust, since the new one has another id.`,
      expected: changedStatements([trust.expected], [trust.actual], secret),
      actual: changedStatements([trust.actual], [trust.expected], secret),
      differences: differencesOf("missing", missing, secret, context.role.arn),
      consequence: "Whoever was trusted cannot assume the role any more.",
      steps: [
        {
          text: "Put the trust policy anew with the ARN of the principal, once that exists; or take the id out.",
        },
      ],
    };
  },
};
