import type { RemediationStep } from "../model/result.ts";
import type { Mending } from "./mending.ts";
import { attachPolicy, detachPolicy } from "./policy-steps.ts";

/** Attaches what is configured and detaches the rest. A name that no policy of the account has is AWS's, or wrong. */
export function restoreAttachments(mending: Mending): readonly RemediationStep[] {
  const { identity, iam, role, watched } = mending;
  const wanted = watched.attachments ?? [];
  const attached = role.attached.at === "found" ? role.attached.value : [];
  const lacking = wanted.filter((each) => !attached.some(({ arn, name }) => arn === each || name === each));
  const further = attached.filter(({ arn, name }) => !wanted.includes(arn) && !wanted.includes(name));
  return [
    ...lacking.flatMap((each) => {
      const arn = each.startsWith("arn:") ? each : iam.policies.items.find(({ name }) => name === each)?.arn;
      const pinned = watched.permissions?.pinned.find((policy) => policy.arn.endsWith(`/${each}`))?.arn;
      const known = arn ?? pinned?.replaceAll("{{partition}}", identity.partition);
      return known === undefined
        ? [{ text: `No policy is called \`${each}\`: make it, or configure its right name.` }]
        : [attachPolicy(mending, known)];
    }),
    ...further.map(({ arn }) => detachPolicy(mending, arn)),
  ];
}
