import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { alertTransitions, type Digest } from "../../lib/notify/alert.ts";
import { renderMachine } from "../../lib/notify/render-machine.ts";
import { testDigest } from "../../lib/notify/test-digest.ts";
import { alertOf, digestOf, hostile, opened } from "./sample-digest.ts";

const read = (path: string): { readonly $defs: Record<string, unknown> } =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as {
    readonly $defs: Record<string, unknown>;
  };
const schema = read("../../lib/notify/digest.schema.json");
const ajv = new Ajv2020({ allErrors: true, strict: false });
ajvFormats.default(ajv);
const valid = ajv.compile(schema);
const placed = { ...opened, place: { file: "rolecall.yml", line: 3, column: 5 } };
const problems = (digest: Digest) => (valid(JSON.parse(renderMachine(digest))) ? [] : valid.errors);

describe("what machines are told", () => {
  test.each(alertTransitions)("keeps its schema when a finding is %s", (transition) => {
    const before = {
      digest: "d",
      detail: "was otherwise",
      severity: "low" as const,
      verdict: "failed" as const,
      actual: null,
    };
    const suppression = { owner: "o", reason: "r", until: "2027-01-31" };
    const alert = alertOf(transition, {
      before,
      after: before,
      suppression,
      flips: 4,
      explains: "rc-1.1",
      closedAt: "2026-11-22T06:17:05.000Z",
    });
    expect(problems(digestOf([alert]))).toEqual([]);
  });
  test("keeps its schema as a test, with hostile names, and when its evidence is too large", () => {
    const request = {
      account: "210987654321",
      partition: "aws",
      region: "us-east-1",
      now: "2026-11-22T03:05:00.000Z",
      request: "r",
    };
    expect(problems(testDigest(request))).toEqual([]);
    expect(problems(digestOf([alertOf("opened", { result: hostile })]))).toEqual([]);
    const huge = alertOf("opened", { result: { ...opened, actual: "ä".repeat(200_000) } });
    expect(problems(digestOf([huge, huge]))).toEqual([]);
  });
  test("leaves out what only a report's reader needs", () => {
    expect(problems(digestOf([alertOf("opened", { result: placed })]))).toEqual([]);
  });
  test("would not keep it with a member that is not in it", () => {
    expect(problems({ ...digestOf([alertOf("opened")]), surprise: 1 } as Digest)).not.toEqual([]);
  });
});

test("a result in an alert and in a report are the same contract", () => {
  const { $defs } = read("../../lib/report/report.schema.json");
  expect(schema.$defs["result"]).toEqual($defs["result"]);
  expect(schema.$defs["difference"]).toEqual($defs["difference"]);
});
