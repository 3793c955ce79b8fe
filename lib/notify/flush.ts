import type { LedgerPort } from "../ledger/port.ts";
import type { Log } from "../log.ts";
import { type ChosenDigest, choose } from "./choose.ts";
import type { Notifier } from "./port.ts";
import type { NotifySettings } from "./settings.ts";

export interface FlushPorts {
  readonly ledger: LedgerPort;
  readonly notifier: Notifier;
  readonly log: Log;
  readonly settings: NotifySettings;
  /** ISO 8601 UTC with milliseconds. */
  now(): string;
  /** Of this run: two flushers never share one. */
  readonly owner: string;
}

export interface Flushed {
  /** `busy`: another flusher is at it. */
  readonly outcome: "done" | "busy" | "refused";
  /** Digests that were published. */
  readonly published: number;
  readonly held: number;
  /** When to flush again for what is held, ISO 8601 UTC. */
  readonly heldUntil?: string;
}

const leaseName = "flush";
const leaseSeconds = 60;
/** As many pending alerts as are looked at in one go; more than that and quiet hours hold nothing back. */
const mostPending = 2000;
const mostRounds = 20;

/**
 * The one flusher: forms digests from what is pending, publishes them and forgets what was told, in this
 * order. What is refused stays pending; what was published by a flusher that died before it could forget
 * is told a second time under the same ids, and that is the only way to be told twice.
 */
export async function flush(ports: FlushPorts): Promise<Flushed> {
  if (!(await takeLease(ports))) {
    ports.log.info("flush busy");
    return { outcome: "busy", published: 0, held: 0 };
  }
  try {
    return await flushAll(ports);
  } finally {
    await ports.ledger.release(leaseName, ports.owner);
  }
}

function takeLease(ports: FlushPorts): Promise<boolean> {
  const { ledger, owner } = ports;
  const at = ports.now();
  const until = new Date(Date.parse(at) + leaseSeconds * 1000).toISOString();
  return ledger.lease(leaseName, owner, at, until);
}

async function flushAll(ports: FlushPorts): Promise<Flushed> {
  let published = 0;
  for (let round = 0; round < mostRounds; round++) {
    const pending = await ports.ledger.pending(mostPending);
    const choice = choose(pending, settingsFor(pending.length, ports.settings), ports.now());
    if (choice.silent.length > 0) await ports.ledger.clear(choice.silent);
    let refused = 0;
    for (const chosen of choice.digests) {
      // Also makes sure that this is still the only flusher: publishing may have taken long.
      if (!(await takeLease(ports))) return { outcome: "busy", published, held: 0 };
      if (await publish(chosen, ports)) {
        await ports.ledger.clear(chosen.tells);
        published++;
      } else refused++;
    }
    if (refused > 0) return { outcome: "refused", published, held: 0 };
    if (choice.digests.length === 0) {
      if (choice.held > 0) ports.log.info("alerts held", { held: choice.held, until: choice.heldUntil });
      const { held, heldUntil } = choice;
      return { outcome: "done", published, held, ...(heldUntil === undefined ? {} : { heldUntil }) };
    }
  }
  return { outcome: "done", published, held: 0, heldUntil: ports.now() };
}

function settingsFor(pending: number, settings: NotifySettings): NotifySettings {
  if (pending < mostPending) return settings;
  const { quiet: _quiet, ...rest } = settings;
  return { ...rest, collectSeconds: 0 };
}

async function publish({ digest, tells }: ChosenDigest, { notifier, log }: FlushPorts): Promise<boolean> {
  const trace = digest.alerts.flatMap((alert) => alert.causes.map((cause) => cause.event));
  const fields = { digest: digest.id, kind: digest.kind, alerts: tells, trace };
  try {
    await notifier.publish(digest);
    log.info("digest published", fields);
    return true;
  } catch (error) {
    log.error("digest refused", { ...fields, reason: String(error) });
    return false;
  }
}
