import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { handleChanges } from "../lib/watch/handle-changes.ts";
import { messagesOf } from "../lib/watch/messages.ts";
import { answerBatch, oldestOf, secondsSince } from "./batch.ts";
import { watchPorts } from "./ports.ts";
import { measure, observed } from "./telemetry.ts";

/** Events and further looks, as a batch of the queue or one by itself. */
export const handler = middy<unknown, unknown, Error, Context>(async (input, context) => {
  const messages = messagesOf(input);
  const outcome = await handleChanges(messages, await watchPorts(context));
  const { changes, ignored, malformed, scopes, alerts, unseen } = outcome;
  measure({ Changes: changes, Ignored: ignored, Malformed: malformed, Scopes: scopes.length });
  measure({ Alerts: alerts, Unseen: unseen, Lag: secondsSince(oldestOf(messages)) });
  return answerBatch(input, outcome.failed, outcome);
}).use(observed);
