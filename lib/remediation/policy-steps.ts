import type { RemediationStep } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";
import { andThen, withDocument } from "./document-argument.ts";
import { toDocument, type Written } from "./edit-document.ts";
import { denialsOf, type Held, isAwsOwned, otherRoles } from "./held.ts";
import { iamCommand } from "./iam-command.ts";
import type { Mending } from "./mending.ts";

type CommandStep = RemediationStep & { readonly command: string };

/** The commands that leave a policy of the role with just these statements. */
export function rewrite(mending: Mending, held: Held, wanted: Written): readonly RemediationStep[] {
  const { arn, name } = held;
  if (arn === undefined) {
    return wanted.statements.length === 0
      ? [deleteInline(mending, name)]
      : [putInline(mending, name, wanted)];
  }
  const others = otherRoles(arn, mending);
  if (wanted.statements.length === 0) return [detachPolicy(mending, arn)];
  if (isAwsOwned(arn)) {
    return [putInline(mending, copyName(mending, held), wanted), detachPolicy(mending, arn)];
  }
  if (others.count === 0) return [newVersion(mending, arn, wanted)];
  const shared = `\`${name}\` is also on ${list(others)}`;
  const either = putInline(mending, copyName(mending, held), wanted);
  const detach = detachPolicy(mending, arn);
  return [
    {
      text: `Decide, since ${shared}. Either give this role its own copy and leave theirs as it is:`,
      command: andThen(either.command, detach.command),
    },
    {
      ...newVersion(mending, arn, wanted),
      text: "Or change the policy for all of them, and for users and groups that carry it, which are not read:",
    },
  ];
}

/** Takes out the Deny statements that are in the way of what is needed; what others deny stays denied. */
export function withoutDeny(
  mending: Mending,
  held: Held,
  needed: readonly Policy[],
): readonly RemediationStep[] {
  const { written, arn } = held;
  const denials = denialsOf(held, needed);
  if (written === undefined || denials.length === 0) return [];
  const note = denialNote(held);
  if (arn !== undefined && isAwsOwned(arn)) return [{ ...detachPolicy(mending, arn), text: note }];
  const wanted = { ...written, statements: written.statements.filter((each) => !denials.includes(each)) };
  const [first, ...rest] = rewrite(mending, held, wanted);
  return first === undefined
    ? []
    : [{ ...first, text: denialNote(held, rest.length > 0 ? first.text : "") }, ...rest];
}

/** Whether a Deny is a mistake or the one thing that is right is a person's to say. */
export const denialNote = ({ name }: Held, then = ""): string =>
  `\`${name}\` denies some of what is needed. Decide whether that Deny is meant; if it is not, take it out: ${then}`.trim();

/**
 * A name for an inline policy of our making, within IAM's 128 characters, that the role has none of: putting
 * a policy under a name that is taken would take away what stands there.
 */
export function freeName(mending: Pick<Mending, "role">, wished: string): string {
  const taken = inlineNames(mending);
  const base = wished.slice(0, 120);
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}-${n}`;
  return name;
}

const inlineNames = ({ role }: Pick<Mending, "role">): ReadonlySet<string> =>
  new Set(role.inline.at === "found" ? role.inline.value.map(({ name }) => name) : []);

/** After both, since a role may get copies of several policies. */
const copyName = (mending: Mending, { name }: Held): string =>
  freeName(mending, `${mending.role.name}-${name}`);

const list = ({ count, few }: ReturnType<typeof otherRoles>): string => {
  const shown = few.map((name) => `\`${name}\``).join(", ");
  return count > few.length ? `${shown} and ${count - few.length} more roles` : shown;
};

export const detachPolicy = ({ identity, role }: Mending, arn: string): CommandStep => ({
  text: `Detach \`${arn.slice(arn.lastIndexOf("/") + 1)}\`.`,
  command: iamCommand(identity.partition, "detach-role-policy", {
    "role-name": role.name,
    "policy-arn": arn,
  }),
});

export const attachPolicy = ({ identity, role }: Mending, arn: string): CommandStep => ({
  text: `Attach \`${arn.slice(arn.lastIndexOf("/") + 1)}\`.`,
  command: iamCommand(identity.partition, "attach-role-policy", {
    "role-name": role.name,
    "policy-arn": arn,
  }),
});

const deleteInline = ({ identity, role }: Mending, name: string): RemediationStep => ({
  text: `Delete the inline policy \`${name}\`: nothing in it is expected.`,
  command: iamCommand(identity.partition, "delete-role-policy", {
    "role-name": role.name,
    "policy-name": name,
  }),
});

export const putInline = ({ identity, role }: Mending, name: string, written: Written): CommandStep => ({
  text: inlineNames({ role }).has(name)
    ? `Leave the inline policy \`${name}\` with what is expected.`
    : `Give the role the inline policy \`${name}\`, with what is expected.`,
  command: withDocument(
    iamCommand(identity.partition, "put-role-policy", { "role-name": role.name, "policy-name": name }),
    "--policy-document",
    toDocument(written),
    undefined,
  ),
});

/** IAM keeps five versions of a policy: the oldest makes room when it holds five. */
export function newVersion({ identity }: Mending, arn: string, written: Written): RemediationStep {
  const policy = { "policy-arn": arn };
  const old = iamCommand(identity.partition, "list-policy-versions", {
    ...policy,
    query: "Versions[?IsDefaultVersion==`false`]|[3:].VersionId",
    output: "text",
  });
  const room = `for version in $(${old}); do ${iamCommand(identity.partition, "delete-policy-version", policy)} --version-id "$version"; done`;
  const create = `${iamCommand(identity.partition, "create-policy-version", policy)} --set-as-default`;
  return {
    text: `Leave \`${arn.slice(arn.lastIndexOf("/") + 1)}\` with what is expected. The versions before stay, but for the oldest of five. Users and groups that carry it are not read: it changes for them too.`,
    command: `${room} &&\n${withDocument(create, "--policy-document", toDocument(written), undefined)}`,
  };
}
