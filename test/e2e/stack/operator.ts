import type { SNSClient } from "@aws-sdk/client-sns";
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { subscribedQueue } from "./subscriber.ts";

/** Whoever is told by CloudWatch that Rolecall itself does not work. */
export interface Operator {
  /** Waits until an alarm is told to have come to a state, and says both; throws with what came instead. */
  told(alarm: string, state: "ALARM" | "OK", seconds?: number): Promise<string>;
  /** Forgets what was told so far. */
  forget(): Promise<void>;
}

export async function subscribeOperator(sqs: SQSClient, sns: SNSClient, topic: string): Promise<Operator> {
  const QueueUrl = await subscribedQueue(sqs, sns, topic, "operator");
  const came: string[] = [];
  const receive = async (WaitTimeSeconds: number): Promise<boolean> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }));
    for (const { Body = "{}", ReceiptHandle } of Messages) {
      const { Message } = JSON.parse(Body) as { readonly Message: string };
      const alarm = JSON.parse(Message) as { readonly AlarmName: string; readonly NewStateValue: string };
      came.push(`${alarm.AlarmName.slice(alarm.AlarmName.lastIndexOf("-") + 1)} ${alarm.NewStateValue}`);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.length > 0;
  };
  return {
    async told(alarm, state, seconds = 45) {
      const until = Date.now() + seconds * 1000;
      while (!came.includes(`${alarm} ${state}`)) {
        if (Date.now() > until)
          throw new Error(
            `the operator was not told: ${alarm} ${state}; instead: ${came.join(", ") || "nothing"}`,
          );
        await receive(1);
      }
      return came.splice(0, came.indexOf(`${alarm} ${state}`) + 1).at(-1) ?? "";
    },
    async forget() {
      while (await receive(0));
      came.length = 0;
    },
  };
}
