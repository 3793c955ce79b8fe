import type { RemediationStep } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";
import { detachedPolicy, pinnedNotAttached } from "./attachable.ts";
import {
  actionsIn,
  exceeds,
  narrowedTo,
  parseWritten,
  patiently,
  uncovered,
  type Written,
  withinAllowed,
} from "./edit-document.ts";
import { allowsOf, covers, denialsOf, type Held, heldBy, rank, requiredOf } from "./held.ts";
import type { Mending } from "./mending.ts";
import { attachPolicy, denialNote, freeName, putInline, rewrite } from "./policy-steps.ts";
import { decideBoundary } from "./restore-boundary.ts";

export interface PermissionsMending extends Mending {
  /** All that may be allowed, as the finding was judged by. */
  readonly allowed: readonly Policy[];
  /** ARNs of attached policies that another finding tells to detach. */
  readonly aside?: readonly string[];
  /** The role may do more than it should: that is taken out. */
  readonly trim: boolean;
  /** The role may do less than it should: that is given back. */
  readonly give: boolean;
  /** The excess is also mended without this, by steps of its own: what those empty is nothing to put things into. */
  readonly apart?: boolean;
  /** What the boundary lets through, if the role has one that could be read. */
  readonly boundary?: Policy;
}

/** One document of the role, and what is to be left in it. */
interface Plan {
  readonly held: Held;
  left: Written | undefined;
  /** Some of its Deny statements are in the way of what is needed. */
  readonly denies: boolean;
}

/**
 * Takes away what the role may do too much and gives back what it lacks, and nothing else: what of a policy
 * is expected stays in it. One way for both, since each alone could undo the other: what holds an excess
 * back (a Deny, the boundary) may also be what is in the way.
 */
export function mendPermissions(mending: PermissionsMending): readonly RemediationStep[] {
  const { allowed, aside = [], give, boundary } = mending;
  const held = heldBy(mending).filter(({ arn }) => arn === undefined || !aside.includes(arn));
  const written = requiredOf(mending);
  const required = written.flatMap((each) => parseWritten(each) ?? []);
  const before = parsed(held.map((each) => each.written));
  const denied = give && exceeds(required, [...before, ...required]) !== "none";
  const bounded = give && boundary !== undefined && exceeds(required, [boundary]) !== "none";
  const plans = held.map((each): Plan => {
    const denials = denied ? denialsOf(each, required) : [];
    return { held: each, left: without(each.written, denials), denies: denials.length > 0 };
  });
  const opens = bounded || plans.some(({ denies }) => denies);
  const left = () => parsed(plans.map((plan) => plan.left));
  const uncovers = opens && !mending.trim && exceeds(left(), allowed) !== "none";
  if (mending.trim || uncovers) trimAll(plans, allowed);

  const grants = allowsOf(left());
  const attach = give ? pinnedNotAttached(mending, grants) : [];
  const short = uncovered(written, [...grants, ...attach.map(({ policy }) => policy)]);
  const lacking = give ? short : heldOf(short, allowsOf(before), grants);
  const detached = give && lacking.length > 0 ? detachedPolicy(mending, lacking) : undefined;
  const fresh = lacking.length > 0 && detached === undefined ? put(mending, plans, lacking) : [];
  return [
    ...attach.map(({ arn }) => attachPolicy(mending, arn)),
    ...(detached === undefined ? [] : [attachPolicy(mending, detached)]),
    ...(uncovers ? [heldBack] : []),
    // What lets more in comes last.
    ...[false, true].flatMap((denies) =>
      plans.flatMap((plan) => (plan.denies === denies ? stepsOf(mending, plan) : [])),
    ),
    ...fresh,
    ...(bounded ? decideBoundary(mending) : []),
  ];
}

const heldBack: RemediationStep = {
  text: "What is in the way also holds back what the role should not be able to do: take that out first.",
};

const parsed = (documents: readonly (Written | undefined)[]): readonly Policy[] =>
  documents.flatMap((written) => (written === undefined ? [] : (parseWritten(written) ?? [])));

const without = (written: Written | undefined, denials: Written["statements"]): Written | undefined =>
  written === undefined || denials.length === 0
    ? written
    : { ...written, statements: written.statements.filter((each) => !denials.includes(each)) };

const emptied: Written = { version: "2012-10-17", statements: [] };

function trimAll(plans: readonly Plan[], allowed: readonly Policy[]): void {
  for (const plan of plans) {
    const policy = plan.left === undefined ? undefined : parseWritten(plan.left);
    if (policy !== undefined && exceeds([policy], allowed) === "none") continue;
    plan.left = plan.left === undefined ? emptied : withinAllowed(plan.left, allowed);
  }
}

/**
 * What of statements the role was allowed: taking an excess away must not take with it what was right, and
 * gives nothing that was not there.
 */
function heldOf(
  statements: Written["statements"],
  before: readonly Policy[],
  after: readonly Policy[],
): Written["statements"] {
  const [hadThem, hasThem] = [patiently(), patiently()];
  return statements.flatMap((statement) =>
    narrowedTo(statement, (each) => covers(before, each, hadThem) && !covers(after, each, hasThem)),
  );
}

/** Puts statements where the role's own grants stand: into a document that changes anyhow, or the likest. */
function put(
  mending: PermissionsMending,
  plans: readonly Plan[],
  lacking: Written["statements"],
): readonly RemediationStep[] {
  const open = mending.apart === true ? plans.filter(({ left }) => left?.statements.length !== 0) : plans;
  const edited = open
    .filter((plan) => plan.left !== plan.held.written && !plan.denies)
    .sort((a, b) => rank(a.held, mending) - rank(b.held, mending));
  const likest = open
    .filter((plan) => plan.left !== undefined && rank(plan.held, mending) < 2)
    .sort(
      (a, b) =>
        likeness(b.held, lacking) - likeness(a.held, lacking) ||
        rank(a.held, mending) - rank(b.held, mending),
    );
  const home = edited[0] ?? likest[0];
  const added: Written = { version: "2012-10-17", statements: lacking };
  if (home?.left === undefined) {
    const name = freeName(mending, `${mending.role.name}-policy`);
    return [putInline(mending, name, added)];
  }
  const whole = parseWritten(added);
  const kept = home.left.statements.filter(
    (statement) => statement["Effect"] === "Deny" || whole === undefined || !covers([whole], statement),
  );
  home.left = { version: "2012-10-17", statements: [...kept, ...lacking] };
  return [];
}

function stepsOf(mending: Mending, { held, left, denies }: Plan): readonly RemediationStep[] {
  if (left === undefined || left === held.written) return [];
  const [first, ...rest] = rewrite(mending, held, left);
  if (first === undefined || !denies) return first === undefined ? [] : [first, ...rest];
  return [{ ...first, text: denialNote(held, rest.length > 0 ? first.text : "") }, ...rest];
}

/** How many of the actions that are lacking stand in a document by the same service. */
function likeness({ written }: Held, lacking: Written["statements"]): number {
  const services = new Set(lacking.flatMap(actionsIn).map(serviceOf));
  return (written?.statements ?? []).flatMap(actionsIn).filter((action) => services.has(serviceOf(action)))
    .length;
}

const serviceOf = (action: string): string => action.slice(0, action.indexOf(":")).toLowerCase();
