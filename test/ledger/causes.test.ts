import { expect, test } from "vitest";
import { causesOf } from "../../lib/ledger/causes.ts";
import type { Result } from "../../lib/model/result.ts";
import { account, causeBy, resultFor } from "./samples.ts";

const own = (arn: string): Result =>
  resultFor("x", {
    platform: "rolecall",
    control: "self-alarm",
    resource: { arn, type: "rolecall", account, region: "us-east-1" },
  });
const mallory = causeBy("mallory", "2026-11-22T12:00:00Z", { about: ["rolecall-SilenceAlarm"] });
const alice = causeBy("alice", "2026-11-22T12:00:01Z", { about: ["her-alarm"] });

test("who works on an alarm of their own is not named for what happened to Rolecall's", () => {
  const arn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:rolecall-SilenceAlarm`;
  expect(causesOf([alice, mallory], own(arn), [])).toEqual([mallory]);
});

test("a log group is known by its last name", () => {
  const arn = `arn:aws:logs:us-east-1:${account}:log-group:/aws/lambda/rolecall-self:*`;
  const eve = causeBy("eve", "2026-11-22T12:00:02Z", { about: ["aws", "lambda", "rolecall-self"] });
  expect(causesOf([alice, mallory, eve], own(arn), [])).toEqual([eve]);
});

test("what is about no single part may have been any call", () => {
  const arn = `arn:aws:cloudformation:us-east-1:${account}:stack/rolecall`;
  expect(causesOf([alice, mallory], own(arn), [])).toEqual([alice, mallory]);
});

test("a subscription is known by its topic", () => {
  const arn = `arn:aws:sns:us-east-1:${account}:rolecall-Alerts#email:s…@example.com`;
  const eve = causeBy("eve", "2026-11-22T12:00:02Z", { about: ["rolecall-Alerts", "0a1b"] });
  expect(causesOf([alice, eve], own(arn), [])).toEqual([eve]);
});
