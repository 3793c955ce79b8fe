import fc from "fast-check";
import { expect, test } from "vitest";
import { namesIn } from "../../lib/change/names-in.ts";

test("the parts that a call may be about are found in ARNs, URLs and plain names", () => {
  const params = {
    subscriptionArn: "arn:aws:sns:us-east-1:111122223333:rolecall-Alerts-1:0a1b",
    queueUrl: "https://sqs.us-east-1.amazonaws.com/111122223333/rolecall-Changes-1",
    alarmNames: ["rolecall-SilenceAlarm"],
  };
  for (const name of ["rolecall-Alerts-1", "rolecall-Changes-1", "rolecall-SilenceAlarm"])
    expect(namesIn(params)).toContain(name);
});

test("whatever the parameters are, there are few names, short and plain", () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 6, withNullPrototype: true }), (params) => {
      const names = namesIn(params);
      expect(names.length).toBeLessThanOrEqual(50);
      expect(names.every((name) => /^[\w.-]{3,255}$/u.test(name))).toBe(true);
    }),
  );
});

test("a parameter that holds itself ends", () => {
  const round: Record<string, unknown> = {};
  round["again"] = [round, round];
  expect(namesIn(round)).toEqual([]);
});

test("what a rule, a schedule or a function passes on is no name, and goes nowhere", () => {
  const secret = "correct-horse.battery_staple";
  const params = {
    rule: "rolecall-IamRule",
    targets: [{ id: "changes", input: secret, inputTransformer: { inputTemplate: secret } }],
    environment: { variables: { DB: secret } },
    target: { arn: "arn:aws:sqs:us-east-1:111122223333:rolecall-Changes-1", Input: secret },
    httpParameters: { headerParameters: { Authorization: secret } },
    endpoint: "https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXX",
    description: "AKIAABCDEFGHIJKLMNOP",
    externalId: secret,
  };
  const names = namesIn(params);
  expect(names).toContain("rolecall-IamRule");
  expect(names).toContain("rolecall-Changes-1");
  expect(names.filter((name) => name === secret || /X{12}|AKIA/u.test(name))).toEqual([]);
});
