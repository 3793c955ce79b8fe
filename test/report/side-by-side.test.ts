import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignLines } from "../../lib/report/align-lines.ts";
import { changedLines } from "../../lib/report/changed-lines.ts";
import { prettyLines } from "../../lib/report/pretty.ts";
import { sideBySide } from "../../lib/report/side-by-side.ts";

const deep = (levels: number): unknown => {
  let value: unknown = "x";
  for (let n = 0; n < levels; n += 1) value = [value];
  return value;
};

describe("expected and actual side by side", () => {
  const statement = (action: readonly string[], sid?: string): object => ({
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: "Allow",
    Action: action,
    Resource: "*",
  });

  test("order of keys, of actions and of statements makes no difference to be marked", () => {
    const expected = { Version: "2012-10-17", Statement: [statement(["a:A", "b:B"]), statement(["c:C"])] };
    const actual = {
      Statement: [
        { Resource: ["*"], Action: "c:C", Effect: "Allow" },
        { Resource: "*", Action: ["b:B", "a:A"], Effect: "Allow" },
      ],
      Version: "2012-10-17",
    };
    expect(sideBySide(expected, actual).filter((row) => row.kind !== "same")).toEqual([]);
  });

  test("an action that was added is the one line marked", () => {
    const rows = sideBySide(statement(["a:A", "c:C"]), statement(["c:C", "b:B", "a:A"]));
    expect(rows.filter((row) => row.kind !== "same")).toEqual([{ right: '    "b:B"', kind: "right" }]);
  });

  test("a statement that is only on one side stands alone, and the others keep their rows", () => {
    const pass = { Effect: "Allow", Action: "iam:PassRole", Resource: "*" };
    const rows = sideBySide([statement(["a:A", "b:B"])], [pass, statement(["a:A"])]);
    expect(rows.map(({ kind }) => kind).join(" ")).toBe(
      "same same same same same left same same same right right right right right same",
    );
  });

  test("each column read by itself gives its side again, in order", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const rows = alignLines(left, right);
        expect(rows.flatMap((r) => r.left ?? [])).toEqual(left);
        expect(rows.flatMap((r) => r.right ?? [])).toEqual(right);
        expect(rows.filter((row) => row.kind === "same" && row.left !== row.right)).toEqual([]);
      }),
    );
  });

  test("any JSON is laid out, against any other", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(sideBySide(a, a).every((row) => row.kind === "same")).toBe(true);
        sideBySide(a, b);
      }),
    );
  });

  test("of many changed lines as many are shown as there is room for, and the others are counted", () => {
    const actions = (letter: string) => Array.from({ length: 30 }, (_, n) => `s3:${letter}${n}`);
    const lines = changedLines(actions("A"), actions("B"), 10);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toMatch(/^ {2}… \d+ more lines$/);
  });

  test("documents made to hurt are cut, not followed", () => {
    expect(prettyLines(deep(50_000)).length).toBeLessThan(200);
    expect(sideBySide(deep(50_000), deep(49_999)).length).toBeLessThan(200);
    const many = Array.from({ length: 20_000 }, (_, n) => `s:A${n}`);
    const other = many.map((action) => `${action}x`);
    expect(sideBySide(many, other).length).toBeLessThan(4000);
    expect(
      sideBySide(JSON.parse('{"__proto__":{"a":1}}'), {}).some((row) => row.left?.includes("__proto__")),
    ).toBe(true);
  });
});
