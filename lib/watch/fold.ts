import { readEvent } from "../change/read-event.ts";
import { addCauses } from "../ledger/causes.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import type { Work } from "./look-at.ts";
import { readLook } from "./messages.ts";
import type { Message, WatchPorts } from "./ports.ts";
import { respelled } from "./spelling.ts";

/** One scope of a batch, with everything that asked for it. */
export interface Folded extends Work {
  readonly messages: ReadonlySet<string>;
}

export interface Batch {
  readonly work: readonly Folded[];
  readonly changes: number;
  readonly ignored: number;
  /** Ids of messages that are neither event nor look: delivered again, they end in the dead-letter queue. */
  readonly malformed: readonly string[];
  /** Ids of messages whose policy could not be followed to its roles because of a defect. */
  readonly failed: readonly string[];
}

/** Sixty events on one role are one read of it; a policy stands for the roles that carry it. */
export async function foldBatch(messages: readonly Message[], ports: WatchPorts): Promise<Batch> {
  const folds = new Map<string, { work: Work; messages: Set<string> }>();
  const add = (work: Work, message: string): void => {
    const key = scopeKey(work.scope);
    const fold = folds.get(key);
    if (fold === undefined) folds.set(key, { work, messages: new Set([message]) });
    else {
      fold.messages.add(message);
      fold.work = together(fold.work, work);
    }
  };
  const malformed: string[] = [];
  let changes = 0;
  let ignored = 0;
  for (const { id, body } of messages) {
    const look = readLook(body);
    if (look !== undefined) {
      add({ scope: look.scope, causes: look.causes ?? [], why: look.why }, id);
      continue;
    }
    const read = readEvent(body);
    switch (read.kind) {
      case "change": {
        changes++;
        const { cause, scopes, widened } = read.change;
        ports.log.info("change read", {
          trace: [cause.event],
          action: cause.action,
          actor: cause.actor.who,
          scopes: scopes.map(scopeKey),
          widened,
        });
        for (const scope of scopes) {
          const one: Work = { scope, causes: [cause], why: "event" };
          const work = respelled(one, ports.spelled?.(scope) ?? scope);
          const touched = ports.companions?.(work.scope).dependents ?? [];
          for (const to of [work.scope, ...touched]) add({ ...work, scope: to }, id);
        }
        break;
      }
      case "ignored":
        ignored++;
        ports.log.info("event ignored", { name: read.name, reason: read.reason });
        break;
      case "malformed":
        malformed.push(id);
        ports.log.warn("message malformed", { messageId: id, reason: read.reason });
        break;
      default:
        read satisfies never;
    }
  }
  const failed = await fanOut(folds, add, ports);
  const work = [...folds.values()].map((fold): Folded => ({ ...fold.work, messages: fold.messages }));
  return { work, changes, ignored, malformed, failed };
}

/** An event outweighs a look, for its read is early and must be looked at again; causes add up. */
function together(one: Work, other: Work): Work {
  const { causes, omitted } = addCauses(
    { causes: one.causes, omitted: one.omitted ?? 0 },
    other.causes,
    other.omitted,
  );
  const why = [one.why, other.why].includes("event") ? "event" : one.why;
  return { scope: one.scope, causes, omitted, why };
}

async function fanOut(
  folds: Map<string, { work: Work; messages: Set<string> }>,
  add: (work: Work, message: string) => void,
  ports: WatchPorts,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const [key, fold] of Array.from(folds)) {
    const { scope } = fold.work;
    if (scope.kind !== "policy") continue;
    folds.delete(key);
    try {
      for (const to of await carriers(scope, ports)) {
        const touched = ports.companions?.(to).dependents ?? [];
        for (const one of [to, ...touched]) {
          for (const message of fold.messages) add({ ...fold.work, scope: one }, message);
        }
      }
    } catch (error) {
      failed.push(...fold.messages);
      ports.log.error("scope failed", { scope: key, reason: String(error) });
    }
  }
  return failed;
}

/** The roles that a policy hangs on; the whole account when that cannot be seen. */
async function carriers(
  scope: Extract<Scope, { kind: "policy" }>,
  ports: WatchPorts,
): Promise<readonly Scope[]> {
  const { account } = scope;
  const roles = await ports.facts.rolesWithPolicy(scope.arn);
  switch (roles.at) {
    case "found":
      return roles.value.map((name) => ({ kind: "role", account, name }));
    case "absent":
      return [];
    case "denied":
      ports.log.warn("scope unseen", { scope: scopeKey(scope), reason: `${roles.action}: ${roles.reason}` });
      return [{ kind: "account", account }];
    default:
      return roles satisfies never;
  }
}
