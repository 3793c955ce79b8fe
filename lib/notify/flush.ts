import type { LedgerPort } from "../ledger/port.ts";
import type { Log } from "../log.ts";
import { type Choice, type ChosenDigest, choose } from "./choose.ts";
import type { Notifier } from "./port.ts";
import type { NotifySettings } from "./settings.ts";

export interface FlushPorts {
  readonly ledger: LedgerPort;
  readonly notifier: Notifier;
  readonly log: Log;
  readonly settings: NotifySettings;
  /** ISO 8601 UTC with milliseconds. */
  readonly now: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds that this run may still take. */
  readonly left: () => number;
  /** Of this run: two flushers never share one. */
  readonly owner: string;
}

export interface Flushed {
  /** `busy`: another flusher is at it. */
  readonly outcome: "done" | "busy" | "refused";
  /** Digests that were published. */
  readonly published: number;
  /** Alerts that still wait to be told. */
  readonly held: number;
  /** When the first of them may go, where they wait for a time, ISO 8601 UTC. */
  readonly heldUntil?: string;
}

const leaseName = "flush";
/** INVARIANT: longer than one publishing with all its attempts (`prompt` in lib/aws/client-settings.ts). */
const leaseSeconds = 60;
/** As many pending alerts as are looked at in one go; more than that and quiet hours hold nothing back. */
const mostPending = 2000;
const mostRounds = 20;
/** Milliseconds kept back for a publishing; what then still waits is the sweep's. */
const reserve = 50_000;

/**
 * The one flusher: forms digests from what is pending, publishes them and forgets what was told, in this
 * order. Alerts that wait for company are waited for. What is refused stays pending; what was published by a
 * flusher that died before it could forget is told a second time under the same ids, and that is the only way
 * to be told twice.
 *
 * INVARIANT: whoever finds the lease held may go. The alert was written before, and the holder looks once more
 * after it gave the lease back. Nothing to tell costs one read and no write.
 */
export async function flush(ports: FlushPorts): Promise<Flushed> {
  let published = 0;
  for (let round = 0; round < mostRounds && ports.left() > reserve; round++) {
    const choice = await look(ports);
    if (!worthTheLease(choice, ports)) return done(choice, published, ports);
    if (!(await takeLease(ports.now(), ports))) {
      ports.log.info("flush busy");
      return { outcome: "busy", published, held: 0 };
    }
    try {
      const told = await tellAll(ports);
      published += told.published;
      if (told.outcome !== "done") return { ...told, published };
    } finally {
      await ports.ledger.release(leaseName, ports.owner);
    }
  }
  return done(await look(ports), published, ports);
}

/** What there is to tell now. */
async function look(ports: FlushPorts): Promise<Choice> {
  const pending = await ports.ledger.pending(mostPending);
  return choose(pending, settingsFor(pending.length, ports.settings), ports.now());
}

const worthTheLease = (choice: Choice, ports: FlushPorts): boolean =>
  choice.digests.length > 0 || choice.silent.length > 0 || waitFor(choice, ports) !== undefined;

/** Milliseconds until what waits for company may go; undefined where it waits for the end of the quiet hours. */
function waitFor({ heldUntil }: Choice, ports: FlushPorts): number | undefined {
  if (heldUntil === undefined) return undefined;
  const wait = Math.max(1, Date.parse(heldUntil) - Date.parse(ports.now()));
  const short = wait <= ports.settings.collectAtMostSeconds * 1000;
  return short && ports.left() - wait > reserve ? wait : undefined;
}

function done({ held, heldUntil }: Choice, published: number, { log }: FlushPorts): Flushed {
  if (held > 0) log.info("alerts held", { held, until: heldUntil });
  return { outcome: "done", published, held, ...(heldUntil === undefined ? {} : { heldUntil }) };
}

function takeLease(from: string, ports: FlushPorts): Promise<boolean> {
  const until = new Date(Date.parse(from) + leaseSeconds * 1000).toISOString();
  return ports.ledger.lease(leaseName, ports.owner, ports.now(), until);
}

/** Under the lease: until nothing is due, or something is in the way. */
async function tellAll(ports: FlushPorts): Promise<Flushed> {
  let published = 0;
  for (let round = 0; round < mostRounds; round++) {
    const choice = await look(ports);
    if (choice.silent.length > 0) await ports.ledger.clear(choice.silent);
    let refused = 0;
    for (const chosen of choice.digests) {
      if (ports.left() <= reserve) return { outcome: "done", published, held: 0 };
      // Also makes sure that this is still the only flusher: publishing may have taken long.
      if (!(await takeLease(ports.now(), ports))) return { outcome: "busy", published, held: 0 };
      if (await publish(chosen, ports)) {
        await ports.ledger.clear(chosen.tells);
        published++;
      } else refused += chosen.tells.length;
    }
    if (refused > 0) return { outcome: "refused", published, held: refused + choice.held };
    const wait = waitFor(choice, ports);
    if (wait !== undefined && choice.heldUntil !== undefined) {
      if (!(await takeLease(choice.heldUntil, ports))) return { outcome: "busy", published, held: 0 };
      await ports.sleep(wait);
    } else if (choice.digests.length === 0) break;
  }
  return { outcome: "done", published, held: 0 };
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
