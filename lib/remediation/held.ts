import { indexOf } from "../controls/account-index.ts";
import { fillTemplate } from "../controls/fill-template.ts";
import type { DocumentSource } from "../model/facts.ts";
import type { Policy } from "../policy/model.ts";
import { exceeds, parseWritten, patiently, readWritten, type Written } from "./edit-document.ts";
import { type Mending, templateValues } from "./mending.ts";

/** A document on the role, with where it lives. */
export interface Held {
  readonly name: string;
  /** Of a managed policy. */
  readonly arn?: string;
  /** Undefined when it is no valid document. */
  readonly written: Written | undefined;
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
      written: read(indexOf(iam).policy.get(arn)?.document),
    })),
  ];
}

export const requiredOf = ({ identity, watched }: Mending): readonly Written[] =>
  (watched.permissions?.required ?? []).flatMap(
    (template) => readWritten(fillTemplate(template, templateValues(identity, watched))) ?? [],
  );

/** Where it is best to put a statement: on the role alone, then in a policy of its own, then elsewhere. */
export function rank(held: Held, mending: Mending): number {
  if (held.arn === undefined) return 0;
  if (isAwsOwned(held.arn)) return 3;
  return otherRoles(held.arn, mending).count === 0 ? 1 : 2;
}

export const isAwsOwned = (arn: string): boolean => arn.split(":")[4] === "aws";

/** How many other roles a managed policy is attached to or bounds, and the names of a few. */
export function otherRoles(
  arn: string,
  { iam, role }: Pick<Mending, "iam" | "role">,
): { readonly count: number; readonly few: readonly string[] } {
  const carriers = indexOf(iam).carriers.get(arn) ?? new Map<string, string>();
  const few: string[] = [];
  for (const [other, name] of carriers) {
    if (few.length === 3) break;
    if (other !== role.arn) few.push(name);
  }
  return { count: carriers.size - (carriers.has(role.arn) ? 1 : 0), few };
}

/** What documents allow before anything is denied. */
export const allowsOf = (documents: readonly Policy[]): readonly Policy[] =>
  documents.map((policy) => ({
    ...policy,
    statements: policy.statements.filter(({ effect }) => effect === "Allow"),
  }));

/** The Deny statements of a document that take away some of what is needed, as far as can be told. */
export function denialsOf({ written }: Held, needed: readonly Policy[]): Written["statements"] {
  const ask = patiently();
  return (written?.statements ?? []).filter((statement) => {
    if (statement["Effect"] !== "Deny") return false;
    const deny = parseWritten({ version: written?.version, statements: [statement] });
    return deny === undefined || ask(needed, [...needed, deny]) !== "none";
  });
}

/** Whether the Allow statements alone would cover a statement: then a Deny takes it away. */
export function covers(
  documents: readonly Policy[],
  statement: Written["statements"][number],
  ask = exceeds,
): boolean {
  const alone = parseWritten({ version: "2012-10-17", statements: [statement] });
  return alone !== undefined && ask([alone], allowsOf(documents)) === "none";
}
