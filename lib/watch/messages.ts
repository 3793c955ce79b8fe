import { field, text } from "../change/field.ts";
import type { Cause } from "../change/model.ts";
import type { Scope } from "../model/scope.ts";
import type { Look, Message } from "./ports.ts";
import { scopeOfKey } from "./subjects.ts";

/** The messages of a handler's input: SQS's batch, or a bare event or look as `serverless invoke` gives it. */
export function messagesOf(input: unknown): readonly Message[] {
  const records = field(input, "Records");
  if (!Array.isArray(records)) return [{ id: text(field(input, "id")) ?? "bare", body: input }];
  return records.map((record, index) => ({
    id: text(field(record, "messageId")) ?? String(index),
    body: parsed(field(record, "body")),
  }));
}

function parsed(body: unknown): unknown {
  if (typeof body !== "string") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A look as it was sent; undefined for anything else. */
export function readLook(body: unknown): Look | undefined {
  if (field(body, "rolecall") !== "look" || field(body, "version") !== 1) return undefined;
  const why = field(body, "why");
  const scope = readScope(field(body, "scope"));
  if (scope === undefined || (why !== "settled" && why !== "unseen" && why !== "audit")) return undefined;
  const causes = field(body, "causes");
  return {
    rolecall: "look",
    version: 1,
    scope,
    why,
    // Only Rolecall's own functions may send to its queues, and they wrote these.
    ...(Array.isArray(causes) ? { causes: causes as readonly Cause[] } : {}),
  };
}

/** The looks that a run is asked for: one, or a list. Throws with a sentence for whoever asked. */
export function looksOf(input: unknown): readonly Look[] {
  const looks = (Array.isArray(input) ? input : [input]).map(readLook);
  if (looks.length > 0 && looks.every((look) => look !== undefined)) return looks;
  throw new TypeError(
    'expected a look or a list of looks, such as {"rolecall":"look","version":1,"why":"audit","scope":{"kind":"account","account":"111122223333"}}; to look at everything, invoke onSchedule',
  );
}

function readScope(value: unknown): Scope | undefined {
  const account = text(field(value, "account"));
  const kind = text(field(value, "kind"));
  const id = field(value, "name") ?? field(value, "region") ?? field(value, "arn");
  const key = typeof id === "string" ? `${account}/${kind}/${id}` : `${account}/${kind}`;
  return scopeOfKey(key);
}
