import type { Cause } from "../change/model.ts";
import { isPattern } from "../controls/name-pattern.ts";
import { latest } from "../ledger/causes.ts";
import type { SubjectState } from "../ledger/model.ts";
import { savesOf } from "../ledger/saves.ts";
import { apart, millis } from "../ledger/time.ts";
import { lastLook, type Transition, transition } from "../ledger/transition.ts";
import type { Facts } from "../model/facts.ts";
import type { Result } from "../model/result.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import { callsOn } from "./calls-on.ts";
import { gatherScope } from "./gather.ts";
import { inTurn } from "./in-turn.ts";
import type { Look, WatchPorts } from "./ports.ts";
import { respelled, spelledAsRead } from "./spelling.ts";
import {
  bySubject,
  covers,
  policiesOn,
  type SubjectResults,
  scopeOfKey,
  seesIn,
  unseenIn,
} from "./subjects.ts";

/** A scope to be looked at, and why. */
export interface Work {
  readonly scope: Scope;
  readonly causes: readonly Cause[];
  /** How many further calls asked for it; none when undefined. */
  readonly omitted?: number;
  readonly why: "event" | Look["why"];
}

export interface Looked {
  readonly results: readonly Result[];
  /** Alerts that are now pending. */
  readonly alerts: number;
  /** Why the scope could not be seen; undefined when it was. */
  readonly unseen?: string;
  /** When it has to be looked at again, ISO 8601 UTC; undefined when it has not. */
  readonly again?: string;
}

/** SQS holds a message back for at most this long. */
const longestDelay = 900;
const mostAttempts = 5;
/** Subjects that are saved at a time. */
const abreast = 8;

/** Thrown when a scope cannot be brought to an end now; the message that asked for it comes again. */
export class WatchError extends Error {
  override readonly name = "WatchError";
}

/**
 * Gathers, judges, remembers. A conflict means that somebody saved something newer: the scope is gathered
 * again, for old facts are never saved.
 */
export async function lookAt(work: Work, ports: WatchPorts): Promise<Looked> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const looked = await lookOnce(work, ports);
    if (looked !== "conflict") return looked;
    ports.log.info("scope conflicted", { scope: scopeKey(work.scope), attempt });
  }
  throw new WatchError(`somebody else kept saving \`${scopeKey(work.scope)}\``);
}

async function lookOnce(work: Work, ports: WatchPorts): Promise<Looked | "conflict"> {
  const { scope } = work;
  const at = ports.now();
  const facts = await gatherScope(scope, at, ports.facts, ports.companions?.(scope));
  const spelled = spelledAsRead(scope, facts);
  // What it is judged with goes by its name too.
  if (spelled !== scope) return lookOnce(respelled(work, spelled), ports);
  const gathered = ports.now();
  const results = await judged(work, facts, at, ports);
  // Rolecall's own parts are read where they are judged.
  const until = scope.kind === "self" ? ports.now() : gathered;
  const groups = await subjectsOf(results, scope, ports);
  const own = groups.at(-1);
  if (own === undefined) throw new WatchError("a scope is always among its subjects");

  const first = work.why === "audit" && (await ports.ledger.load(scopeKey(scope))).observation === undefined;
  const round: Round = { work, facts, at, until, ports, first, lookedAt: accountLook(scope, ports) };
  const done = await inTurn(groups.slice(0, -1), abreast, (group) => settleSubject(group, round));
  let alerts = 0;
  let unsettled = false;
  for (const [index, outcome] of done.entries()) {
    const again = groups[index];
    if (outcome === "conflict" && again !== undefined) {
      // What is asked of all roles that a pattern matches can only be asked of the account.
      if (again.subject.kind === "role" && isPattern(again.subject.name)) return "conflict";
      const causes = callsOn(again.subject, round.work, facts, ports);
      alerts += (await lookAt({ ...work, causes, scope: again.subject }, ports)).alerts;
    } else if (outcome !== "conflict") {
      alerts += outcome.alerts;
      unsettled ||= outcome.unsettled;
    }
  }
  const last = await settleSubject(own, { ...round, unsettled });
  if (last === "conflict") return "conflict";
  const unseen = unseenIn(facts, scope);
  return {
    results,
    alerts: alerts + last.alerts,
    ...(unseen === undefined ? {} : { unseen }),
    ...(last.lookDue === undefined ? {} : { again: last.lookDue }),
  };
}

async function judged(work: Work, facts: Facts, at: string, ports: WatchPorts): Promise<readonly Result[]> {
  const { scope, causes } = work;
  if (scope.kind === "self") return (await ports.self?.(scope, causes, at)) ?? [];
  const changedAt = latest(causes);
  const early =
    work.why === "event" && (changedAt === undefined || !apart(changedAt, at, ports.settings.settleSeconds));
  return ports.judge(facts, { scope, now: at, settled: !early });
}

/** What was judged, and what the ledger remembers of the account besides: roles go, and entries too. */
async function subjectsOf(
  results: readonly Result[],
  scope: Scope,
  ports: WatchPorts,
): Promise<readonly SubjectResults[]> {
  const groups = bySubject(results, scope);
  if (scope.kind !== "account") return groups;
  const known = new Set(groups.map((group) => scopeKey(group.subject)));
  const remembered = (await ports.ledger.observations(scope.account)).flatMap((observation) => {
    const subject = scopeOfKey(observation.subject);
    if (subject === undefined || known.has(observation.subject) || !covers(scope, subject)) return [];
    return [{ subject, results: [] }];
  });
  return [...remembered, ...groups];
}

interface Round {
  readonly work: Work;
  readonly facts: Facts;
  readonly at: string;
  readonly ports: WatchPorts;
  readonly first: boolean;
  /** The end of the gathering. */
  readonly until: string;
  /** When the whole account was last seen, for what is in it and has no observation of its own. */
  readonly lookedAt: () => Promise<string | undefined>;
  /** For the scope itself, which comes last: whether another subject has to be seen again. */
  readonly unsettled?: boolean;
}

interface Settled {
  readonly alerts: number;
  readonly unsettled: boolean;
  readonly lookDue?: string;
}

async function settleSubject(group: SubjectResults, round: Round): Promise<Settled | "conflict"> {
  const { facts, at, ports } = round;
  const work = { ...round.work, causes: callsOn(group.subject, round.work, facts, ports) };
  const subject = scopeKey(group.subject);
  const own = round.unsettled !== undefined;
  const known = await ports.ledger.load(subject);
  const lookedAt = known.observation === undefined ? await round.lookedAt() : undefined;
  const calls = work.causes.length > 0 || (known.observation?.causes.length ?? 0) > 0;
  const unseen = own ? unseenIn(facts, work.scope) : undefined;
  const whole = covers(work.scope, group.subject);
  const outcome = transition(
    known,
    {
      subject,
      account: group.subject.account,
      at,
      results: group.results,
      whole,
      sees: (resource) => seesIn(facts, resource),
      stillAsked: ports.stillAsked,
      ...(unseen === undefined ? {} : { unseen }),
      countsBlindness: whole && (own || unseenIn(facts, work.scope) === undefined),
      causes: work.causes,
      // Of those of a whole account nobody knows which had to do with one role.
      causesOmitted: own ? (work.omitted ?? 0) : 0,
      until: round.until,
      ...(ports.judgedBy === undefined ? {} : { judgedBy: ports.judgedBy }),
      ...(lookedAt === undefined ? {} : { lookedAt }),
      policies: calls ? policiesOn(group.subject, facts) : [],
      remind: work.why === "audit",
      first: round.first,
    },
    ports.settings,
  );
  const unsettled = outcome.unsettled || round.unsettled === true;
  const lookDue = own ? await scheduleLook(outcome, known, unsettled, round) : known.observation?.lookDue;
  const settled: Settled = {
    alerts: outcome.alerts.length,
    unsettled,
    ...(own && lookDue !== undefined ? { lookDue } : {}),
  };
  if (!worthRemembering(known, outcome, group, work)) return settled;

  const observation = { ...outcome.observation, ...(lookDue === undefined ? {} : { lookDue }) };
  for (const save of savesOf({ ...outcome, observation }, at)) {
    if ((await ports.ledger.save(save)) === "conflict") return "conflict";
    for (const { id, alert } of save.alerts) {
      const trace = alert.causes.map((cause) => cause.event);
      ports.log.info("alert pending", { alert: id, transition: alert.transition, scope: subject, trace });
    }
  }
  return settled;
}

/** Asked at most once. What an account's look saw nothing wrong with has no row of its own. */
function accountLook({ kind, account }: Scope, { ledger, judgedBy }: WatchPorts): Round["lookedAt"] {
  let asked: Promise<string | undefined> | undefined;
  const ask = async (): Promise<string | undefined> => {
    const { observation } = await ledger.load(scopeKey({ kind: "account", account }));
    return lastLook(observation, judgedBy);
  };
  if (kind === "region" || kind === "self") return async () => undefined;
  return () => (asked ??= ask());
}

/** A row for every role of an account that was never in question would only cost. */
function worthRemembering(
  known: SubjectState,
  { findings, observation }: Transition,
  { results, subject }: SubjectResults,
  work: Work,
): boolean {
  return (
    known.observation !== undefined ||
    findings.length > 0 ||
    observation.blind !== undefined ||
    ["account", "region", "self"].includes(subject.kind) ||
    (work.causes.length > 0 && results.length > 0)
  );
}

/**
 * Sends the next look where one is needed and none is under way, and says when it is due. Sent before it
 * is remembered: a crash between the two costs a second look, never the only one.
 */
async function scheduleLook(
  outcome: Transition,
  known: SubjectState,
  unsettled: boolean,
  { work, ports }: Round,
): Promise<string | undefined> {
  const { settleSeconds, blindAfterPasses } = ports.settings;
  const blind = outcome.blindPasses;
  const unseen = blind > 0 && blind <= blindAfterPasses;
  if (!unsettled && !unseen) return undefined;
  const now = millis(ports.now()) ?? 0;
  const underWay = known.observation?.lookDue;
  const isLook = work.why === "settled" || work.why === "unseen";
  // One that is due in a moment may be in this very batch.
  const moment = settleSeconds * 50;
  if (!isLook && underWay !== undefined && (millis(underWay) ?? 0) > now + moment) return underWay;
  const delay = Math.min(settleSeconds * (unseen ? Math.max(1, blind) : 1), longestDelay);
  const why = unseen ? "unseen" : "settled";
  await ports.later.look({ rolecall: "look", version: 1, scope: work.scope, why }, delay);
  ports.log.info("look scheduled", { scope: scopeKey(work.scope), why, delay });
  return new Date(now + delay * 1000).toISOString();
}
