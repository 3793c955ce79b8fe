import { textOf } from "../controls/account-index.ts";
import { fillTemplate } from "../controls/fill-template.ts";
import type { ManagedPolicyFacts } from "../model/facts.ts";
import type { Policy } from "../policy/model.ts";
import { actionsIn, exceeds, parseWritten, readWritten, uncovered, type Written } from "./edit-document.ts";
import { isAwsOwned, requiredOf } from "./held.ts";
import { type Mending, templateValues } from "./mending.ts";

/** How many policies of the account are looked into for one that was detached. */
const maxCandidates = 50;

const attachedTo = ({ role }: Mending): readonly string[] =>
  role.attached.at === "found" ? role.attached.value.map(({ arn }) => arn) : [];

/** A policy of the account's own that gives just what is lacking: most likely it used to be attached. */
export function detachedPolicy(mending: Mending, lacking: Written["statements"]): string | undefined {
  const attached = new Set(attachedTo(mending));
  const wanted = lacking.flatMap(actionsIn).slice(0, 3);
  const required = requiredOf(mending).flatMap((written) => parseWritten(written) ?? []);
  const mentions = (policy: ManagedPolicyFacts): boolean => {
    const text = textOf(policy);
    return wanted.every((action) => text.includes(action) || text.includes(encodeURIComponent(action)));
  };
  return mending.iam.policies.items
    .filter((policy) => !isAwsOwned(policy.arn) && !attached.has(policy.arn) && mentions(policy))
    .slice(0, maxCandidates)
    .find(({ document }) => {
      const written = readWritten(document);
      const policy = written === undefined ? undefined : parseWritten(written);
      if (policy === undefined || exceeds([policy], required) !== "none") return false;
      return uncovered([{ version: "2012-10-17", statements: lacking }], [policy]).length === 0;
    })?.arn;
}

/** AWS's own policies that the baseline asks for, that are not attached, and that `given` does not stand for. */
export function pinnedNotAttached(
  mending: Mending,
  given: readonly Policy[],
): readonly { readonly arn: string; readonly policy: Policy }[] {
  const { identity, watched } = mending;
  const attached = attachedTo(mending);
  const required = new Set((watched.permissions?.required ?? []).map((each) => JSON.stringify(each)));
  const values = templateValues(identity, watched);
  return (watched.permissions?.pinned ?? []).flatMap(({ arn, document }) => {
    const own = arn.replaceAll("{{partition}}", identity.partition);
    if (!required.has(JSON.stringify(document)) || attached.includes(own)) return [];
    const written = readWritten(fillTemplate(document, values));
    const policy = written === undefined ? undefined : parseWritten(written);
    return policy === undefined || exceeds([policy], given) === "none" ? [] : [{ arn: own, policy }];
  });
}
