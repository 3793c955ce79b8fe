import { describe, expect, test } from "vitest";
import { answerBatch, oldestOf, secondsSince } from "../../functions/batch.ts";

describe("a function's answer", () => {
  test("to a queue's batch names the messages that are to come again", () => {
    expect(answerBatch({ Records: [] }, ["m-2"], { scopes: 3 })).toEqual({
      batchItemFailures: [{ itemIdentifier: "m-2" }],
    });
  });

  test("to a bare event is what it came to", () => {
    expect(answerBatch({ source: "aws.iam" }, ["bare"], { scopes: 3 })).toEqual({ scopes: 3 });
  });
});

describe("the lag of a batch", () => {
  test("counts from its oldest event, whatever else is in it", () => {
    const messages = [
      { id: "1", body: { time: "2026-11-02T09:00:05Z" } },
      { id: "2", body: { rolecall: "look" } },
      { id: "3", body: undefined },
      { id: "4", body: { time: "2026-11-02T09:00:01Z" } },
    ];
    expect(oldestOf(messages)).toBe("2026-11-02T09:00:01Z");
  });

  test("is no number where no message is an event", () => {
    expect(secondsSince(oldestOf([{ id: "1", body: { rolecall: "look" } }]))).toBeNaN();
  });
});
