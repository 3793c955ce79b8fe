import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { Nudge } from "../watch/ports.ts";
import { prompt } from "./client-settings.ts";

/** IAM actions on the function that is asked. @public */
export const actions = ["lambda:InvokeFunction"] as const;

/** Asks another function for its work and does not wait for it: resolved, Lambda has taken it over. */
export type Ask = (functionName: string, input: unknown) => Promise<void>;

export function lambdaAsk(): Ask {
  let client: LambdaClient | undefined;
  return async (FunctionName, input) => {
    // Most runs ask nobody: the client is loaded when it is first used.
    const { InvokeCommand, LambdaClient: Client } = await import("./lambda-sdk.ts");
    client ??= new Client(prompt);
    const Payload = JSON.stringify(input);
    await client.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
  };
}

/** Asks the flusher to tell. */
export const lambdaNudge = (ask: Ask, functionName: string): Nudge => ({
  nudge: () => ask(functionName, { rolecall: "nudge" }),
});
