import { causeOf } from "../change/cause-of.ts";
import { field } from "../change/field.ts";
import { mayTouch } from "../change/touches.ts";
import type { Result } from "../model/result.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import { lookAt, WatchError, type Work } from "./look-at.ts";
import { nudgeFor } from "./nudge.ts";
import type { WatchPorts } from "./ports.ts";

/** What a look at Rolecall itself needs beyond a look: it waits by itself, and hangs on no queue. */
export interface SelfPorts extends WatchPorts {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds that this run may still take. */
  readonly left: () => number;
  /** Of this run, and of its repetition when it failed. */
  readonly owner: string;
  /** Seconds that further events wait for a common look. */
  readonly pauseSeconds: number;
  /** What the names of Rolecall's parts hold. Events tell of such calls in the whole account. */
  readonly names: readonly string[];
  /** Told of each look as soon as it is over: the run itself may go on for minutes. */
  readonly looked: (results: readonly Result[]) => void;
}

export interface SelfOutcome {
  /** `busy`: another run looks, and will look at this too. */
  readonly outcome: "done" | "busy";
  readonly looks: number;
  readonly alerts: number;
  /** Of the latest look. */
  readonly results: readonly Result[];
}

/** Milliseconds kept back for a look. */
const reserve = 120_000;
/** Seconds that a look may take before somebody else may begin one. */
const lookSeconds = 60;

/**
 * A look at Rolecall itself, and another when all has settled. An event that may be about one of its parts is
 * noted first; then one run at a time looks, at most every `pauseSeconds` while more comes, until what was
 * seen is settled. A person who asks gets one look at once.
 *
 * INVARIANT: whoever finds another run looking may go. The event was noted before, and the other reads the
 * notes once more after it gave its lease back. Throws on an outage: Lambda then asks again.
 */
export async function handleSelf(
  input: unknown,
  scope: Extract<Scope, { kind: "self" }>,
  ports: SelfPorts,
): Promise<SelfOutcome> {
  const run = new SelfRun(scope, ports);
  try {
    await answer(input, run, ports);
  } catch (error) {
    // What keeps a look from being remembered, a ledger that is gone above all, is to be told all the same.
    if (run.outcome.looks === 0) await run.onlyLook();
    throw error;
  }
  return run.outcome;
}

async function answer(input: unknown, run: SelfRun, ports: SelfPorts): Promise<void> {
  const cause = causeOf(input);
  if (cause !== undefined) {
    const { event, action, actor } = cause;
    ports.log.info("change read", { trace: [event], action, actor: actor.who, scopes: [run.subject] });
    if (!mayTouch(input, ports.names)) {
      ports.log.info("scope not watched", {
        scope: run.subject,
        trace: [event],
        reason: "no part of Rolecall",
      });
      return;
    }
    await ports.ledger.note(run.subject, cause);
    await run.untilSettled(undefined);
  } else {
    // Left by a run that failed for good, or about to be looked at: a tick sees to it.
    const causes = await ports.ledger.noted(run.subject);
    const again = await run.look({ scope: run.scope, causes, why: "audit" });
    const owed = again !== undefined || causes.length > 0;
    if (owed && field(input, "rolecall") === "tick") await run.untilSettled(again);
  }
}

class SelfRun {
  readonly subject: string;
  readonly scope: Extract<Scope, { kind: "self" }>;
  readonly #ports: SelfPorts;
  outcome: SelfOutcome = { outcome: "done", looks: 0, alerts: 0, results: [] };

  constructor(scope: Extract<Scope, { kind: "self" }>, ports: SelfPorts) {
    this.scope = scope;
    this.#ports = ports;
    this.subject = scopeKey(scope);
  }

  /** `due`: when a look is owed whatever is noted, ISO 8601 UTC. */
  async untilSettled(due: string | undefined): Promise<void> {
    const { ledger, owner, log } = this.#ports;
    let owed = due;
    do {
      if (!(await this.#lease(0))) {
        log.info("look busy", { scope: this.subject });
        this.outcome = { ...this.outcome, outcome: "busy" };
        return;
      }
      try {
        await this.#underLease(owed);
      } finally {
        await ledger.release(this.#leaseName, owner);
      }
      owed = undefined;
    } while ((await ledger.noted(this.subject)).length > 0);
  }

  async #underLease(due: string | undefined): Promise<void> {
    const ports = this.#ports;
    const pause = Math.max(1, ports.pauseSeconds) * 1000;
    let owed = due;
    for (;;) {
      const causes = await ports.ledger.noted(this.subject);
      if (causes.length > 0 || (owed !== undefined && owed <= ports.now())) {
        owed = await this.look({ scope: this.scope, causes, why: causes.length > 0 ? "event" : "settled" });
        // Only now: the ledger's observation holds them.
        await ports.ledger.forget(this.subject, causes);
      }
      if (owed === undefined) return;
      const wait = Math.min(pause, Math.max(1, Date.parse(owed) - Date.parse(ports.now())));
      if (ports.left() - wait < reserve)
        throw new WatchError("Rolecall's own parts do not settle: asked again");
      // Somebody else looks: this run was slow.
      if (!(await this.#lease(wait))) return;
      await ports.sleep(wait);
    }
  }

  /** One look; when the next is owed. */
  async look(work: Work): Promise<string | undefined> {
    const ports = this.#ports;
    const { results, alerts, again } = await lookAt(work, ports);
    const count = (verdict: Result["verdict"]): number =>
      results.filter((result) => result.verdict === verdict).length;
    ports.log.info("self judged", {
      scope: this.subject,
      trace: work.causes.map(({ event }) => event),
      why: work.why,
      results: results.length,
      failed: count("failed"),
      undecided: count("undecided"),
      unavailable: count("unavailable"),
      alerts,
    });
    ports.looked(results);
    await nudgeFor(alerts, ports);
    const { looks, alerts: before } = this.outcome;
    this.outcome = { outcome: "done", looks: looks + 1, alerts: before + alerts, results };
    return again;
  }

  /** A look without a memory: nothing of it is told but its number, and what it saw is in the log. */
  async onlyLook(): Promise<void> {
    const ports = this.#ports;
    const { log } = ports;
    try {
      const results = (await ports.self?.(this.scope, [], ports.now())) ?? [];
      const failed = results.filter(({ verdict }) => verdict === "failed").map(({ detail }) => detail);
      log.error("self judged, not remembered", { scope: this.subject, failed });
      ports.looked(results);
    } catch (error) {
      log.error("self not judged", { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  get #leaseName(): string {
    return `look/${this.subject}`;
  }

  #lease(wait: number): Promise<boolean> {
    const { ledger, owner } = this.#ports;
    const at = this.#ports.now();
    const until = new Date(Date.parse(at) + wait + lookSeconds * 1000).toISOString();
    return ledger.lease(this.#leaseName, owner, at, until);
  }
}
