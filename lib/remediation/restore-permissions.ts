import { fillTemplate } from "../controls/fill-template.ts";
import type { DocumentSource } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";
import { andThen, withDocument } from "./document-argument.ts";
import {
  exceeds,
  parseWritten,
  readWritten,
  toDocument,
  uncovered,
  type Written,
  withinAllowed,
} from "./edit-document.ts";
import { iamCommand } from "./iam-command.ts";
import { type Mending, templateValues } from "./mending.ts";

export interface PermissionsMending extends Mending {
  /** All that may be allowed, as the finding was judged by. */
  readonly allowed: readonly Policy[];
  /** ARNs of attached policies that another finding tells to detach. */
  readonly aside?: readonly string[];
}

type CommandStep = RemediationStep & { readonly command: string };

/** A document on the role, with where it lives. */
export interface Held {
  readonly name: string;
  /** Of a managed policy. */
  readonly arn?: string;
  /** Undefined when it is no valid document. */
  readonly written: Written | undefined;
}

/** Takes away what the role allows too much, and nothing else: what of a policy is expected stays in it. */
export function removeExcess(mending: PermissionsMending): readonly RemediationStep[] {
  const { allowed, aside = [] } = mending;
  const held = heldBy(mending).filter(({ arn }) => arn === undefined || !aside.includes(arn));
  const edits = held.flatMap((each) => {
    const policy = each.written === undefined ? undefined : parseWritten(each.written);
    if (policy !== undefined && exceeds([policy], allowed) === "none") return [];
    return [
      { held: each, left: each.written === undefined ? emptied : withinAllowed(each.written, allowed) },
    ];
  });
  if (edits.length === 0) return [];
  const rest = held.filter((each) => !edits.some((edit) => edit.held === each));
  const kept = [...rest.map(({ written }) => written), ...edits.map(({ left }) => left)].flatMap(
    (written) => {
      const policy = written === undefined ? undefined : parseWritten(written);
      return policy === undefined ? [] : [policy];
    },
  );
  // A statement that allowed too much may also have been the one that gave what is needed.
  const lacking = uncovered(requiredOf(mending), kept);
  const [first, ...others] = [...edits].sort((a, b) => rank(a.held, mending) - rank(b.held, mending));
  if (first === undefined) return [];
  const filled: Written = {
    version: lacking.length > 0 ? "2012-10-17" : first.left.version,
    statements: [...first.left.statements, ...lacking],
  };
  return [
    ...rewrite(mending, first.held, filled),
    ...others.flatMap(({ held: each, left }) => rewrite(mending, each, left)),
  ];
}

/** Gives the role what it lacks, where it used to have it as far as that can be told. */
export function addMissing(mending: Mending): readonly RemediationStep[] {
  const held = heldBy(mending);
  const documents = held.flatMap(({ written }) => {
    const policy = written === undefined ? undefined : parseWritten(written);
    return policy === undefined ? [] : [policy];
  });
  const attach = pinnedNotAttached(mending);
  const given = attach.map(({ policy }) => policy);
  const lacking = uncovered(requiredOf(mending), [...documents, ...given]);
  const deniers = held.filter(
    ({ written }) => written?.statements.some((s) => s["Effect"] === "Deny") === true,
  );
  const required = requiredOf(mending).flatMap((written) => parseWritten(written) ?? []);
  const denied = deniers.length > 0 && exceeds(required, [...documents, ...given, ...required]) !== "none";
  const detached = lacking.length > 0 && !denied ? detachedPolicy(mending, lacking) : undefined;
  if (detached !== undefined)
    return [...attach.map(({ arn }) => attachPolicy(mending, arn)), attachPolicy(mending, detached)];
  return [
    ...attach.map(({ arn }) => attachPolicy(mending, arn)),
    ...(lacking.length > 0 && !(denied && lacking.every((s) => covers(documents, s)))
      ? give(mending, held, lacking)
      : []),
    ...(denied ? deniers.flatMap((each) => withoutDeny(mending, each)) : []),
  ];
}

/** How many policies of the account are looked into for one that was detached. */
const maxCandidates = 50;

/** A policy of the account's own that gives just what is lacking: most likely it used to be attached. */
function detachedPolicy(mending: Mending, lacking: Written["statements"]): string | undefined {
  const attached =
    mending.role.attached.at === "found" ? mending.role.attached.value.map(({ arn }) => arn) : [];
  const wanted = lacking.flatMap(actionsOf).slice(0, 3);
  const required = requiredOf(mending).flatMap((written) => parseWritten(written) ?? []);
  const mentions = (document: DocumentSource): boolean => {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    return wanted.every((action) => text.includes(action) || text.includes(encodeURIComponent(action)));
  };
  return mending.iam.policies.items
    .filter(({ arn, document }) => !isAwsOwned(arn) && !attached.includes(arn) && mentions(document))
    .slice(0, maxCandidates)
    .find(({ document }) => {
      const written = readWritten(document);
      const policy = written === undefined ? undefined : parseWritten(written);
      if (policy === undefined || exceeds([policy], required) !== "none") return false;
      return uncovered([{ version: "2012-10-17", statements: lacking }], [policy]).length === 0;
    })?.arn;
}

const emptied: Written = { version: "2012-10-17", statements: [] };

/** Whether the Allow statements alone would cover a statement: then a Deny takes it away. */
function covers(documents: readonly Policy[], statement: Written["statements"][number]): boolean {
  const alone = parseWritten({ version: "2012-10-17", statements: [statement] });
  const allows = documents.map((policy) => ({
    ...policy,
    statements: policy.statements.filter(({ effect }) => effect === "Allow"),
  }));
  return alone !== undefined && exceeds([alone], allows) === "none";
}

export function heldBy({ role, iam }: Mending): readonly Held[] {
  const inline = role.inline.at === "found" ? role.inline.value : [];
  const attached = role.attached.at === "found" ? role.attached.value : [];
  const read = (document: DocumentSource | undefined): Written | undefined =>
    document === undefined ? undefined : readWritten(document);
  return [
    ...inline.map(({ name, document }) => ({ name, written: read(document) })),
    ...attached.map(({ arn, name }) => ({
      name,
      arn,
      written: read(iam.policies.items.find((policy) => policy.arn === arn)?.document),
    })),
  ];
}

const requiredOf = ({ identity, watched }: Mending): readonly Written[] =>
  (watched.permissions?.required ?? []).flatMap(
    (template) => readWritten(fillTemplate(template, templateValues(identity, watched))) ?? [],
  );

/** Where it is best to put a statement: on the role alone, then in a policy of its own, then elsewhere. */
function rank(held: Held, mending: Mending): number {
  if (held.arn === undefined) return 0;
  if (isAwsOwned(held.arn)) return 3;
  return otherRoles(held.arn, mending).length === 0 ? 1 : 2;
}

const isAwsOwned = (arn: string): boolean => arn.split(":")[4] === "aws";

/** Names of the other roles that a managed policy is attached to or bounds. */
const otherRoles = (arn: string, { iam, role }: Mending): readonly string[] =>
  iam.roles.items
    .filter((other) => other.arn !== role.arn)
    .filter(
      ({ attached, boundary }) =>
        (attached.at === "found" && attached.value.some((policy) => policy.arn === arn)) ||
        (boundary.at === "found" && boundary.value === arn),
    )
    .map(({ name }) => name);

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
    return [putInline(mending, `${nameOf(mending)}-policy`, wanted), detachPolicy(mending, arn)];
  }
  if (others.length === 0) return [newVersion(mending, arn, wanted)];
  const shared = `\`${name}\` is also on ${list(others)}`;
  const either = putInline(mending, `${nameOf(mending)}-policy`, wanted);
  const detach = detachPolicy(mending, arn);
  return [
    {
      text: `Decide, since ${shared}. Either give this role its own copy and leave theirs as it is:`,
      command: andThen(either.command, detach.command),
    },
    { ...newVersion(mending, arn, wanted), text: "Or change the policy for all of them:" },
  ];
}

/** Puts statements where the role's own grants stand. */
function give(
  mending: Mending,
  held: readonly Held[],
  lacking: Written["statements"],
): readonly RemediationStep[] {
  const home = [...held]
    .filter((each) => each.written !== undefined && rank(each, mending) < 2)
    .sort((a, b) => likeness(b, lacking) - likeness(a, lacking) || rank(a, mending) - rank(b, mending))[0];
  if (home?.written === undefined) {
    return [putInline(mending, `${nameOf(mending)}-policy`, { version: "2012-10-17", statements: lacking })];
  }
  const wanted = { version: "2012-10-17", statements: [...home.written.statements, ...lacking] };
  return home.arn === undefined
    ? [putInline(mending, home.name, wanted)]
    : [newVersion(mending, home.arn, wanted)];
}

/** How many of the actions that are lacking stand in a document by the same service. */
function likeness({ written }: Held, lacking: Written["statements"]): number {
  const services = new Set(lacking.flatMap(actionsOf).map(serviceOf));
  return (written?.statements ?? []).flatMap(actionsOf).filter((action) => services.has(serviceOf(action)))
    .length;
}

const actionsOf = ({ Action }: Written["statements"][number]): readonly string[] =>
  (Array.isArray(Action) ? Action : [Action]).filter((action) => typeof action === "string");

const serviceOf = (action: string): string => action.slice(0, action.indexOf(":")).toLowerCase();

function withoutDeny(mending: Mending, held: Held): readonly RemediationStep[] {
  const { written, name, arn } = held;
  if (written === undefined) return [];
  const note = `\`${name}\` denies some of what is needed. Decide whether that Deny is meant; if it is not, take it out:`;
  if (arn !== undefined && isAwsOwned(arn)) return [{ ...detachPolicy(mending, arn), text: note }];
  const wanted = { ...written, statements: written.statements.filter((s) => s["Effect"] !== "Deny") };
  const [first, ...rest] = rewrite(mending, held, wanted);
  return first === undefined
    ? []
    : [{ ...first, text: `${note} ${rest.length > 0 ? first.text : ""}`.trim() }, ...rest];
}

/** What a policy of our making is called: after the role, within IAM's 128 characters. */
const nameOf = ({ role }: Mending): string => role.name.slice(0, 120);

function pinnedNotAttached({ identity, role, watched }: Mending): readonly { arn: string; policy: Policy }[] {
  const attached = role.attached.at === "found" ? role.attached.value.map(({ arn }) => arn) : [];
  const required = new Set(watched.permissions?.required ?? []);
  const values = templateValues(identity, watched);
  return (watched.permissions?.pinned ?? []).flatMap(({ arn, document }) => {
    const own = arn.replaceAll("{{partition}}", identity.partition);
    const isRequired = [...required].some((each) => JSON.stringify(each) === JSON.stringify(document));
    const written = readWritten(fillTemplate(document, values));
    const policy = written === undefined ? undefined : parseWritten(written);
    return !isRequired || attached.includes(own) || policy === undefined ? [] : [{ arn: own, policy }];
  });
}

const list = (names: readonly string[]): string => {
  const shown = names
    .slice(0, 3)
    .map((name) => `\`${name}\``)
    .join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more roles` : shown;
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

const putInline = ({ identity, role }: Mending, name: string, written: Written): CommandStep => ({
  text: `Leave the inline policy \`${name}\` with what is expected.`,
  command: withDocument(
    iamCommand(identity.partition, "put-role-policy", { "role-name": role.name, "policy-name": name }),
    "--policy-document",
    toDocument(written),
    undefined,
  ),
});

/** IAM keeps five versions of a policy: the oldest makes room when it holds five. */
function newVersion({ identity }: Mending, arn: string, written: Written): RemediationStep {
  const policy = { "policy-arn": arn };
  const old = iamCommand(identity.partition, "list-policy-versions", {
    ...policy,
    query: "Versions[?IsDefaultVersion==`false`]|[3:].VersionId",
    output: "text",
  });
  const room = `for version in $(${old}); do ${iamCommand(identity.partition, "delete-policy-version", policy)} --version-id "$version"; done`;
  const create = `${iamCommand(identity.partition, "create-policy-version", policy)} --set-as-default`;
  return {
    text: `Leave \`${arn.slice(arn.lastIndexOf("/") + 1)}\` with what is expected. The versions before stay, but for the oldest of five.`,
    command: `${room} &&\n${withDocument(create, "--policy-document", toDocument(written), undefined)}`,
  };
}
