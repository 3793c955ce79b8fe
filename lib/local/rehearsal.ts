import type { FactsPort } from "../gather/port.ts";
import { defaultTransitionSettings } from "../ledger/settings.ts";
import { silentLog } from "../log.ts";
import type { ResolvedConfig } from "../model/config.ts";
import { flush } from "../notify/flush.ts";
import type { Notifier } from "../notify/port.ts";
import { defaultNotifySettings } from "../notify/settings.ts";
import { portsOf } from "../watch/from-config.ts";
import { handleAudit, scheduledScopes } from "../watch/handle-audit.ts";
import { handleChanges } from "../watch/handle-changes.ts";
import type { Look, WatchPorts } from "../watch/ports.ts";
import { memoryLedger } from "./memory-ledger.ts";

/** Seconds between a change and its first read, as deployed. */
const firstLookSeconds = 30;

/**
 * The deployed pipeline in one process: the same handlers over a ledger in memory and a queue whose
 * delays pass at once, on a clock of its own.
 */
export class Rehearsal {
  #millis: number;
  readonly #ports: WatchPorts;
  readonly #queue: { readonly due: number; readonly look: Look }[] = [];

  constructor(facts: FactsPort, config: ResolvedConfig, from: Date) {
    this.#millis = from.getTime();
    this.#ports = {
      facts,
      ledger: memoryLedger(),
      later: {
        look: async (look, delay) => void this.#queue.push({ due: this.#millis + delay * 1000, look }),
      },
      nudge: { nudge: async () => {} },
      log: silentLog,
      ...portsOf(config),
      now: () => this.now(),
      settings: defaultTransitionSettings,
    };
  }

  /** The rehearsal's own time, ISO 8601 UTC. */
  now(): string {
    return new Date(this.#millis).toISOString();
  }

  pass(seconds: number): void {
    this.#millis += seconds * 1000;
  }

  /** What was there before: judged and remembered, and told to nobody. */
  async begin(config: ResolvedConfig, home: string): Promise<void> {
    const { account } = await this.#ports.facts.identity();
    for (const scope of scheduledScopes(config, account, home)) await handleAudit(scope, this.#ports);
    await this.#settle();
    const pending = await this.#ports.ledger.pending(Number.POSITIVE_INFINITY);
    await this.#ports.ledger.clear(pending.map(({ id }) => id));
  }

  /** Events as EventBridge delivers them, read after the delay and again when all has settled. */
  async play(events: readonly unknown[], notifier: Notifier): Promise<void> {
    this.pass(firstLookSeconds);
    await handleChanges(
      events.map((body, index) => ({ id: String(index), body })),
      this.#ports,
    );
    await this.#flush(notifier);
    await this.#settle();
    await this.#flush(notifier);
  }

  async #settle(): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      this.#millis = Math.max(this.#millis + 1, next.due);
      await handleChanges([{ id: "look", body: next.look }], this.#ports);
    }
  }

  async #flush(notifier: Notifier): Promise<void> {
    await flush({
      ledger: this.#ports.ledger,
      notifier,
      log: silentLog,
      settings: { ...defaultNotifySettings, collectSeconds: 0 },
      now: () => this.now(),
      sleep: async () => {},
      left: () => Number.POSITIVE_INFINITY,
      owner: "rehearsal",
    });
  }
}
