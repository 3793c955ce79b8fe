import { ListSubscriptionsByTopicCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sendTestAlert } from "../../functions/test-alert.ts";
import { alertRoutes } from "../../lib/aws/alert-routes.ts";

const topic = "arn:aws:sns:us-east-1:111122223333:alerts";
const sns = mockClient(SNSClient);
beforeEach(() => sns.reset());
afterEach(() => sns.reset());
const request = {
  account: "111122223333",
  partition: "aws",
  region: "us-east-1",
  now: "2026-11-22T03:05:00.000Z",
  request: "r1",
};

test("a test alert is published, and every page of subscriptions is asked whether it is confirmed", async () => {
  sns.on(PublishCommand).resolves({});
  sns
    .on(ListSubscriptionsByTopicCommand)
    .resolvesOnce({
      Subscriptions: [
        { Protocol: "email", Endpoint: "olga@example.com", SubscriptionArn: "PendingConfirmation" },
      ],
      NextToken: "2",
    })
    .resolvesOnce({
      Subscriptions: [
        { Protocol: "https", Endpoint: "https://hook.example/secret", SubscriptionArn: `${topic}:1` },
      ],
    });
  const answer = await sendTestAlert(request, alertRoutes(topic));
  expect(answer.routes).toEqual([
    { protocol: "email", endpoint: "o…@example.com", confirmed: false },
    { protocol: "https", endpoint: "https://hook.example", confirmed: true },
  ]);
  expect(answer.say).toContain(
    "Sent to 1 of 2 subscriptions. Not confirmed, so not told: email to o…@example.com",
  );
  expect(JSON.stringify(answer)).not.toMatch(/secret|olga/);
  expect(sns.commandCalls(PublishCommand)[0]?.args[0].input.Subject).toMatch(/^TEST: /);
});

test("a topic without subscriptions is said plainly", async () => {
  sns.on(PublishCommand).resolves({});
  sns.on(ListSubscriptionsByTopicCommand).resolves({});
  expect((await sendTestAlert(request, alertRoutes(topic))).say).toContain("Nobody is subscribed");
});
