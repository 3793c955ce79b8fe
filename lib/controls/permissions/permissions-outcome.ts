import { type Outcome, type RoleContext, type Told, toldBy, unseen } from "../control.ts";
import { changedStatements } from "../mask.ts";
import type { Part } from "../part.ts";
import { partOutcome } from "../part-outcome.ts";
import type { Boundary, PermissionsCompared } from "./analyse-permissions.ts";

export interface PermissionsWords {
  /** The control that tells of a document that cannot be judged. */
  readonly tellsInvalid?: boolean;
  readonly passed: string;
  readonly undecided: string;
  readonly steps: Told["steps"];
}

/** What the policies of a role and those of its baseline do not share, word for word, and the boundary that counts. */
export function changed(
  context: RoleContext,
  permissions: PermissionsCompared,
  boundary: Boundary | undefined,
) {
  const actual = permissions.policies.map(({ policy }) => policy);
  const secret = context.watched.externalId?.value;
  return {
    expected: changedStatements(permissions.required, actual, secret),
    actual: [...changedStatements(actual, permissions.allowed, secret), ...shownBoundary(boundary, secret)],
  };
}

/** A boundary as reports show it; none where none counts. */
export const shownBoundary = (
  boundary: Boundary | undefined,
  secret: string | undefined,
): readonly { readonly boundary: string; readonly allows: readonly unknown[] }[] =>
  boundary === undefined
    ? []
    : [{ boundary: boundary.arn, allows: changedStatements([boundary.policy], [], secret) }];

/** The outcome of one cause of difference between what a role may do and its baseline. */
export function permissionsOutcome(
  context: RoleContext,
  pick: (permissions: PermissionsCompared) => Part,
  words: PermissionsWords,
  differs: (part: Extract<Part, { at: "differs" }>, permissions: PermissionsCompared) => Outcome,
): Outcome | undefined {
  if (context.watched.permissions === undefined) return undefined;
  const permissions = context.permissions();
  if (permissions.at === "unseen")
    return unseen(
      "all that decides what the role may do",
      permissions.denied.action,
      permissions.denied.reason,
    );
  if (permissions.at === "invalid") {
    if (words.tellsInvalid !== true) return toldBy("permissions-excess");
    const fault = `\`${permissions.name}\`: ${permissions.message}`;
    return {
      verdict: "undecided",
      detail: `A policy on the role is not a valid document: ${fault}.`,
      reason: `not a valid policy: ${fault}`,
      expected: "valid policies",
      actual: fault,
      steps: words.steps,
    };
  }
  return partOutcome(
    pick(permissions),
    words,
    () => changed(context, permissions, permissions.holdsBack ?? permissions.inTheWay),
    (part) => differs(part, permissions),
  );
}
