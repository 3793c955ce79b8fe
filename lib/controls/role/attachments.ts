import { passed, type RoleControl, unseen } from "../control.ts";
import { list } from "../words.ts";

export const attachments: RoleControl = {
  id: "attachments",
  title: "The policies attached are those that are configured, and no others",
  severity: "medium",
  resource: "role",
  rationale:
    "The documents give a policy's name (dockercloud-policy, AmazonEC2ContainerServiceforEC2Role) and let an equivalent one stand for it, so that names are judged only where `attachments` is configured.",
  evaluate: ({ watched, role }) => {
    const wanted = watched.attachments;
    if (wanted === undefined) return undefined;
    if (role.attached.at === "denied")
      return unseen("which policies are attached", role.attached.action, role.attached.reason);
    const attached = role.attached.at === "found" ? role.attached.value : [];
    const lacking = wanted.filter((each) => !attached.some(({ arn, name }) => arn === each || name === each));
    const further = attached.filter(({ arn, name }) => !wanted.includes(arn) && !wanted.includes(name));
    if (lacking.length === 0 && further.length === 0)
      return passed("The policies attached are those configured.");
    const said = [
      ...(lacking.length > 0 ? [`${list(lacking)} is not attached`] : []),
      ...(further.length > 0 ? [`${list(further.map(({ arn }) => arn))} is attached besides`] : []),
    ];
    return {
      verdict: "failed",
      detail: `Of the role's managed policies, ${said.join(", and ")}.`,
      expected: wanted,
      actual: attached.map(({ arn }) => arn).sort(),
      steps: [{ text: "Attach and detach policies until they are those configured." }],
    };
  },
};
