import { describe, expect, test } from "vitest";
import { eventPatterns, patternLimit } from "../../lib/change/patterns.ts";
import { readEvent } from "../../lib/change/read-event.ts";
import { eventTable } from "../../lib/change/table.ts";
import { taggedTypes } from "../../lib/change/tag-event.ts";
import { matches } from "./match-pattern.ts";
import { samples } from "./samples.ts";

const folderOf = (service: string): string =>
  service === "iam" || service === "ec2" ? `${service}/` : `self/${service}-`;
const rows = eventTable.map((row) => `${folderOf(row.service)}${row.name}`);
const tags = Object.values(taggedTypes).flatMap((types) => types.map((type) => `tag/${type}`));
const regular = samples.filter((one) => !one.name.startsWith("odd/"));

describe("the table of events", () => {
  test("has no row twice", () => {
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.length).toBe(99);
  });

  test("has a sample for every row, and no sample is without one", () => {
    expect(regular.map((one) => one.name).toSorted()).toEqual([...rows, ...tags].toSorted());
  });

  test("lists no call of EC2's on what nobody reads: a cluster makes volumes all day", () => {
    for (const { name, event } of samples.filter((one) => one.name.startsWith("ec2/"))) {
      const read = readEvent(event);
      const about = read.kind === "change" ? read.change.cause.about : [];
      expect(
        about.filter((id) => !/^(i|sg|subnet|rtb|vpc)-/u.test(id)),
        name,
      ).toEqual([]);
    }
  });

  test("lists writes only, so that no read of ours comes back as an event", () => {
    expect(eventTable.filter((row) => /^(Get|List|Describe|Head|Lookup|Simulate)/u.test(row.name))).toEqual(
      [],
    );
  });
});

describe("a sample", () => {
  test.each(samples)("$name says whether it is real or made, and where its shape is from", ({ event }) => {
    expect(event["sample"]).toEqual({
      kind: expect.stringMatching(/^(real|made)$/u),
      shape: expect.stringMatching(/seen in CloudTrail records|derived from/u),
    });
  });

  test.each(regular)("$name leads to a scope", ({ event }) => {
    const read = readEvent(event);
    expect(read.kind).toBe("change");
    if (read.kind !== "change") return;
    expect(read.change.scopes.length).toBeGreaterThan(0);
    expect(read.change.widened).toBeUndefined();
    expect(read.change.cause.event).not.toBe("");
    expect(Date.parse(read.change.cause.at)).not.toBeNaN();
  });

  test.each(regular)("$name is let through by one of the patterns", ({ event }) => {
    expect(eventPatterns().filter(({ pattern }) => matches(pattern, event))).toHaveLength(1);
  });
});

describe("the patterns", () => {
  test("stay under EventBridge's limit", () => {
    for (const { name, pattern } of eventPatterns()) {
      expect(JSON.stringify(pattern).length, name).toBeLessThanOrEqual(patternLimit);
    }
    expect(eventPatterns()).toHaveLength(4);
  });

  test("let no failed call through", () => {
    const calls = regular.filter((one) => !one.name.startsWith("tag/"));
    expect(calls.length).toBeGreaterThan(80);
    for (const { event } of calls) {
      const failed = { ...event, detail: { ...event.detail, errorCode: "AccessDenied" } };
      expect(eventPatterns().some(({ pattern }) => matches(pattern, failed))).toBe(false);
    }
  });

  test("name every row of the table and nothing that is not in it", () => {
    const names = eventPatterns().flatMap(({ pattern }) => {
      const detail = pattern["detail"] as { eventName?: readonly (string | { prefix: string })[] };
      return (detail.eventName ?? []).map((name) => (typeof name === "string" ? name : name.prefix));
    });
    expect(new Set(names)).toEqual(new Set(eventTable.map((row) => row.name)));
  });

  test("ask for what comes only in the global region apart from what is regional", () => {
    expect(eventPatterns().map(({ name, where }) => [name, where])).toEqual([
      ["iam", "global"],
      ["ec2", "regional"],
      ["self", "regional"],
      ["tags", "regional"],
    ]);
  });
});
