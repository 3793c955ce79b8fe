import { mkdir, open, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Cause } from "../change/model.ts";
import { migrate } from "../ledger/migrate.ts";
import type { Finding, Observation, PendingAlert } from "../ledger/model.ts";
import type { LedgerPort } from "../ledger/port.ts";
import { emptyLedgerState, type LedgerState, memoryLedger } from "./memory-ledger.ts";

/** A lock older than this was left by a process that died. */
const staleMillis = 30_000;
const patienceMillis = 10_000;

/** Thrown when the ledger's file cannot be used; the path is in the message. */
class FileLedgerError extends Error {
  override readonly name = "FileLedgerError";
}

/**
 * A ledger in one JSON file, for a terminal: every operation takes a lock beside it, and a write replaces
 * the file whole, so that a crash leaves the old content or the new.
 */
export function fileLedger(path: string): LedgerPort {
  const reading =
    <A extends readonly unknown[], R>(use: (ledger: LedgerPort, ...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      locked(path, async () => use(memoryLedger(await readState(path)), ...args));
  const writing =
    <A extends readonly unknown[], R>(use: (ledger: LedgerPort, ...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      locked(path, async () => {
        const state = await readState(path);
        const answer = await use(memoryLedger(state), ...args);
        await writeState(path, state);
        return answer;
      });
  return {
    load: reading((ledger, subject: string) => ledger.load(subject)),
    observations: reading((ledger, account: string) => ledger.observations(account)),
    openFindings: reading((ledger, account: string) => ledger.openFindings(account)),
    pending: reading((ledger, limit: number) => ledger.pending(limit)),
    save: writing((ledger, save) => ledger.save(save)),
    clear: writing((ledger, ids) => ledger.clear(ids)),
    note: writing((ledger, ...args) => ledger.note(...args)),
    noted: reading((ledger, subject: string) => ledger.noted(subject)),
    forget: writing((ledger, ...args) => ledger.forget(...args)),
    lease: writing((ledger, ...args) => ledger.lease(...args)),
    release: writing((ledger, ...args) => ledger.release(...args)),
  };
}

async function readState(path: string): Promise<LedgerState> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return emptyLedgerState();
    throw new FileLedgerError(`cannot read the ledger ${path}`, { cause: error });
  }
  const stored = parse(path, text);
  const state = emptyLedgerState();
  for (const item of stored.observations) {
    const observation = migrate<Observation>(item);
    state.observations.set(observation.subject, observation);
  }
  for (const item of stored.findings) {
    const finding = migrate<Finding>(item);
    state.findings.set(finding.id, finding);
  }
  for (const item of stored.pending) {
    const alert = migrate<PendingAlert>(item);
    state.pending.set(alert.id, alert);
  }
  for (const [subject, causes] of stored.notes ?? [])
    state.notes.set(subject, new Map(causes.map((cause) => [cause.event, cause])));
  for (const [name, lease] of stored.leases) state.leases.set(name, lease);
  return state;
}

type Items = readonly Readonly<Record<string, unknown>>[];
interface Stored {
  readonly ledger: 1;
  readonly observations: Items;
  readonly findings: Items;
  readonly pending: Items;
  /** By subject; a file of an earlier version has none. */
  readonly notes?: readonly (readonly [string, readonly Cause[]])[];
  readonly leases: readonly (readonly [string, { readonly owner: string; readonly until: string }])[];
}

function parse(path: string, text: string): Stored {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && Reflect.get(value, "ledger") === 1) {
      return value as Stored;
    }
  } catch (error) {
    throw new FileLedgerError(`${path} holds no JSON`, { cause: error });
  }
  throw new FileLedgerError(`${path} is no ledger of Rolecall's`);
}

async function writeState(path: string, state: LedgerState): Promise<void> {
  const stored = {
    ledger: 1,
    observations: [...state.observations.values()],
    findings: [...state.findings.values()],
    pending: [...state.pending.values()],
    notes: [...state.notes].map(([subject, causes]) => [subject, [...causes.values()]]),
    leases: [...state.leases],
  };
  const next = `${path}.${process.pid}.next`;
  await writeFile(next, `${JSON.stringify(stored, null, 1)}\n`, { mode: 0o600, flush: true });
  await rename(next, path);
}

async function locked<R>(path: string, use: () => Promise<R>): Promise<R> {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true });
  const deadline = Date.now() + patienceMillis;
  for (let wait = 2; !(await take(lock)); wait = Math.min(wait * 2, 100)) {
    if (Date.now() > deadline) throw new FileLedgerError(`the ledger is in use: ${lock} is held`);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  try {
    return await use();
  } finally {
    await unlink(lock).catch(() => {});
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, "wx", 0o600)).close();
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw new FileLedgerError(`cannot lock ${lock}`, { cause: error });
  }
  const age = await stat(lock).then(
    (seen) => Date.now() - seen.mtimeMs,
    () => 0,
  );
  if (age > staleMillis) await unlink(lock).catch(() => {});
  return false;
}

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
