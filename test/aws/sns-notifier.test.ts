import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, test } from "vitest";
import { snsNotifier } from "../../lib/aws/sns-notifier.ts";
import type { Digest } from "../../lib/notify/alert.ts";
import { attributesOf, countsOf } from "../../lib/notify/count.ts";
import { alertFor, findingFor } from "../ledger/samples.ts";

const topic = "arn:aws:sns:us-east-1:111122223333:alerts";

function digestOf(count: number, detail = "An account may assume the role."): Digest {
  const alerts = Array.from({ length: count }, (_, index) => {
    const finding = findingFor("111122223333/role/a", `rc-${index}`, { state: "open" });
    const alert = alertFor(finding);
    return { ...alert, result: { ...alert.result, detail } };
  });
  return {
    schema: "rolecall.digest.v1",
    id: "rd-1",
    kind: "news",
    at: "2026-11-02T09:00:00.000Z",
    account: "111122223333",
    alerts,
    rest: [],
    counts: countsOf(alerts.map(({ result, transition }) => ({ ...result, transition }))),
    attributes: attributesOf(alerts),
    where: "The whole list: elsewhere.",
  };
}

async function published(digest: Digest) {
  const sns = mockClient(SNSClient);
  sns.on(PublishCommand).resolves({ MessageId: "m" });
  await snsNotifier(new SNSClient({ region: "us-east-1" }), topic).publish(digest);
  const [call] = sns.commandCalls(PublishCommand);
  sns.restore();
  if (call === undefined) throw new Error("nothing was published");
  return call.args[0].input;
}

describe("a digest on the topic", () => {
  test("is text for people and JSON for machines, with what subscribers filter on beside it", async () => {
    const input = await published(digestOf(2));
    expect(input).toMatchObject({ TopicArn: topic, MessageStructure: "json" });
    const texts = JSON.parse(input.Message ?? "") as Readonly<Record<string, string>>;
    expect(JSON.parse(texts["default"] ?? "")).toMatchObject({ schema: "rolecall.digest.v1", id: "rd-1" });
    expect(texts["email"]).toContain("An account may assume the role");
    expect(input.MessageAttributes?.["severity"]).toEqual({
      DataType: "String.Array",
      StringValue: '["high"]',
    });
    expect(input.MessageAttributes?.["platform"]).toEqual({
      DataType: "String.Array",
      StringValue: '["ecs"]',
    });
    expect(Object.keys(input.MessageAttributes ?? {}).length).toBeLessThanOrEqual(10);
  });

  test("has a subject that SNS takes: ASCII, one line, at most 99 characters", async () => {
    const { Subject = "" } = await published(digestOf(3, "é\n".repeat(200)));
    expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
  });

  test.each([
    ["quotes and lines", '"\n\\'],
    ["wide letters", "\u{1f600}"],
    ["controls", "\u0001"],
  ])("stays below SNS's limit whatever is in it: %s", async (_, hostile) => {
    const { Message = "" } = await published(digestOf(10, hostile.repeat(20_000)));
    expect(Buffer.byteLength(Message)).toBeLessThan(262_144);
    expect(JSON.parse(Message)).toHaveProperty("email");
  });

  test("that SNS refuses is an error, so that its alerts stay pending", async () => {
    const sns = mockClient(SNSClient);
    sns.on(PublishCommand).rejects(new Error("Throttled"));
    const notifier = snsNotifier(new SNSClient({ region: "us-east-1", maxAttempts: 1 }), topic);
    await expect(notifier.publish(digestOf(1))).rejects.toThrow("Throttled");
    sns.restore();
  });
});
