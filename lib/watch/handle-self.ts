import type { Cause } from "../change/model.ts";
import { readEvent } from "../change/read-event.ts";
import { addCauses } from "../ledger/causes.ts";
import type { Result } from "../model/result.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import { lookAt } from "./look-at.ts";
import { readLook } from "./messages.ts";
import type { Message, WatchPorts } from "./ports.ts";

export interface SelfOutcome {
  readonly results: readonly Result[];
  readonly alerts: number;
  readonly why: "event" | "settled" | "unseen" | "audit";
}

/**
 * One look at Rolecall itself for a whole batch, whatever its messages are: a tampering call, a further look,
 * the schedule's tick. What cannot be read still asks for a look. Throws on an outage.
 */
export async function handleSelf(
  messages: readonly Message[],
  scope: Extract<Scope, { kind: "self" }>,
  ports: WatchPorts,
): Promise<SelfOutcome> {
  let causes: readonly Cause[] = [];
  let why: SelfOutcome["why"] | undefined;
  for (const { id, body } of messages) {
    const look = readLook(body);
    if (look !== undefined) {
      causes = addCauses({ causes, omitted: 0 }, look.causes ?? []).causes;
      why ??= look.why;
      continue;
    }
    const read = readEvent(body);
    if (read.kind === "change") {
      const { cause } = read.change;
      causes = addCauses({ causes, omitted: 0 }, [cause]).causes;
      why = "event";
      ports.log.info("change read", {
        trace: [cause.event],
        action: cause.action,
        actor: cause.actor.who,
        scopes: [scopeKey(scope)],
      });
    } else if (read.kind === "ignored") {
      ports.log.info("event ignored", { messageId: id, name: read.name, reason: read.reason });
    }
  }
  const { results, alerts } = await lookAt({ scope, causes, why: why ?? "audit" }, ports);
  const count = (verdict: Result["verdict"]): number =>
    results.filter((result) => result.verdict === verdict).length;
  ports.log.info("self judged", {
    scope: scopeKey(scope),
    trace: causes.map((cause) => cause.event),
    why: why ?? "audit",
    results: results.length,
    failed: count("failed"),
    undecided: count("undecided"),
    unavailable: count("unavailable"),
    alerts,
  });
  if (alerts > 0) await ports.nudge.nudge();
  return { results, alerts, why: why ?? "audit" };
}
