import { scopeKey } from "../model/scope.ts";
import { type Folded, foldBatch } from "./fold.ts";
import { inTurn } from "./in-turn.ts";
import { lookAt } from "./look-at.ts";
import { nudgeFor } from "./nudge.ts";
import type { BatchOutcome, Message, WatchPorts } from "./ports.ts";

/** Scopes of one batch that are read at a time: IAM's limits are low and belong to the whole account. */
const abreast = 4;

/**
 * A batch of the queue of changes: events and further looks. Each scope is gathered once; a message comes
 * back (its id among `failed`) when any of its scopes could not be brought to an end. Never throws for
 * what one message or scope does.
 */
export async function handleChanges(messages: readonly Message[], ports: WatchPorts): Promise<BatchOutcome> {
  const { account } = await ports.facts.identity();
  const batch = await foldBatch(messages, ports);
  const work = batch.work.filter((one) => isOurs(one, account, ports));
  const failed = new Set([...batch.malformed, ...batch.failed]);
  let alerts = 0;
  let unseen = 0;
  await inTurn(work, abreast, async (one) => {
    const scope = scopeKey(one.scope);
    const trace = one.causes.map((cause) => cause.event);
    try {
      const looked = await lookAt(one, ports);
      alerts += looked.alerts;
      if (looked.unseen !== undefined) {
        unseen++;
        ports.log.warn("scope unseen", { scope, trace, reason: looked.unseen });
      }
      const { results } = looked;
      ports.log.info("scope judged", {
        scope,
        trace,
        why: one.why,
        results: results.length,
        failed: results.filter((result) => result.verdict === "failed").length,
        alerts: looked.alerts,
      });
      await rollCall(one, ports);
    } catch (error) {
      for (const message of one.messages) failed.add(message);
      ports.log.error("scope failed", { scope, trace, reason: String(error) });
    }
  });
  await nudgeFor(alerts, ports);
  return {
    failed: [...failed],
    changes: batch.changes,
    ignored: batch.ignored,
    malformed: batch.malformed.length,
    scopes: work.map((one) => scopeKey(one.scope)),
    alerts,
    unseen,
  };
}

/** One deployment watches one account: an event forwarded from another is nobody's here. */
function isOurs(work: Folded, account: string, ports: WatchPorts): boolean {
  const reason =
    work.scope.account !== account
      ? "another account"
      : work.scope.kind === "self" && ports.self === undefined
        ? "its own parts are not judged here"
        : work.why === "event" && ports.concerns?.(work.scope, work.causes) === false
          ? "nothing that is configured hangs on it"
          : undefined;
  if (reason !== undefined) ports.log.info("scope not watched", { scope: scopeKey(work.scope), reason });
  return reason === undefined;
}

const comingAndGoing: ReadonlySet<string> = new Set(["iam:CreateRole", "iam:DeleteRole"]);

/**
 * A role that came or went may be the only one that an entry's pattern matched: then the account is
 * looked at as a whole, once for many of them, when IAM has settled.
 */
async function rollCall(work: Folded, ports: WatchPorts): Promise<void> {
  const { scope, causes } = work;
  if (scope.kind !== "role" || work.why !== "event") return;
  const coming = causes.filter((cause) => comingAndGoing.has(cause.action));
  if (coming.length === 0 || ports.countedByPattern?.(scope.name) === false) return;
  const { account } = scope;
  const { settleSeconds } = ports.settings;
  const now = ports.now();
  const until = new Date(Date.parse(now) + settleSeconds * 500).toISOString();
  if (!(await ports.ledger.lease(`roll/${account}`, `${now} ${scope.name}`, now, until))) return;
  const delay = Math.min(settleSeconds, 900);
  const to = { kind: "account", account } as const;
  await ports.later.look({ rolecall: "look", version: 1, scope: to, why: "settled", causes: coming }, delay);
  ports.log.info("look scheduled", { scope: scopeKey(to), why: "settled", delay });
}
