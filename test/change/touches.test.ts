import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mayTouch } from "../../lib/change/touches.ts";

const folder = new URL("../../events/self/", import.meta.url);
const samples = readdirSync(folder).map((file): readonly [string, unknown] => [
  file.replace(".json", ""),
  JSON.parse(readFileSync(new URL(file, folder), "utf8")),
]);
const ours = ["rolecall-dev-", "rolecall-production-"];
/** Calls that do not name what they are made on by a name of ours. */
const unnamed = /^(cloudtrail-|lambda-(Delete|Update)EventSourceMapping$|monitoring-PutAlarmMuteRule$)/u;

const call = (service: string, eventName: string, requestParameters: unknown): unknown => ({
  "detail-type": "AWS API Call via CloudTrail",
  detail: { eventSource: `${service}.amazonaws.com`, eventName, requestParameters },
});

describe("a call that may touch Rolecall's own parts", () => {
  test.each(samples)(
    "%s: on one of them it may, on another's it may not, unless it names none",
    (name, event) => {
      expect(mayTouch(event, ours)).toBe(true);
      expect(mayTouch(event, ["rolecall-staging-"])).toBe(unnamed.test(name));
    },
  );

  test("names it in whatever form its service takes: name, address, ARN, another letter case", () => {
    const names = ["rolecall-production-"];
    for (const functionName of [
      "rolecall-production-notify",
      "rolecall-production-notify:1",
      "arn:aws:lambda:us-east-1:111122223333:function:rolecall-production-notify",
      "Rolecall-Production-Notify",
    ])
      expect(mayTouch(call("lambda", "DeleteFunction20150331", { functionName }), names), functionName).toBe(
        true,
      );
  });

  test("or says by a target, somewhere among its parameters, that it is about one", () => {
    const targets = [{ arn: "arn:aws:lambda:us-east-1:111122223333:function:rolecall-production-self" }];
    expect(mayTouch(call("events", "PutTargets", { rule: "another", targets }), ours)).toBe(true);
    expect(mayTouch(call("events", "PutTargets", { rule: "another", targets: [] }), ours)).toBe(false);
  });

  test("or does not say what it is about", () => {
    for (const params of [
      null,
      undefined,
      "cut",
      {},
      { omitted: true, name: "another" },
      { uUID: "0aaaa111" },
    ])
      expect(mayTouch(call("sqs", "SetQueueAttributes", params), ours), JSON.stringify(params)).toBe(true);
  });

  test("or turns a mapping of ours to another's function", () => {
    const params = { uUID: "0aaaa111", functionName: "another" };
    expect(mayTouch(call("lambda", "UpdateEventSourceMapping20150331", params), ours)).toBe(true);
  });

  test("the table that an earlier stack left behind is one of them", () => {
    const event = call("dynamodb", "DeleteTable", { tableName: "kept-from-before" });
    expect(mayTouch(event, ours)).toBe(false);
    expect(mayTouch(event, [...ours, "kept-from-before"])).toBe(true);
  });

  test("what nests without end may be anything", () => {
    const deep: unknown = Array.from({ length: 100_000 }).reduce((inner: unknown) => [inner], "end");
    expect(mayTouch(call("sqs", "SetQueueAttributes", { queueUrl: "another", deep }), ours)).toBe(true);
  });
});
