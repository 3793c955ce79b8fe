import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../../lib/policy/comparison/budget.ts";
import { matchArn } from "../../../lib/policy/evaluate/arn.ts";
import { RequestContext } from "../../../lib/policy/evaluate/context.ts";
import { matchGlob } from "../../../lib/policy/evaluate/pattern.ts";
import { covers } from "../../../lib/policy/glob/covers.ts";

const isCovered = (outer: string, inner: string, fields = false): boolean =>
  covers({ text: outer, wildcards: true, fields }, { text: inner, wildcards: true, fields }, new Budget());

describe("a pattern with a variable covers another", () => {
  it.each([
    ["home/${u}/*", "home/${u}/docs/*", true],
    ["home/${u}*", "home/${u}/*", true],
    ["home/*", "home/${u}", true],
    ["home/${u}/docs/*", "home/${u}/*", false],
    ["home/${u}/*", "home/${v}/*", false],
    ["home/?", "home/${u}", false],
    ["home/${u}?", "home/${u}*", false],
  ])("%s and %s: %s", (outer, inner, expected) => {
    expect(isCovered(outer, inner)).toBe(expected);
  });

  it.each([
    ["arn:aws:iam::*:user/${u}", "arn:aws:iam::1:user/${u}", true],
    ["arn:aws:sqs:*:${a}:q", "arn:aws:sqs:r:${a}:q", true],
    ["arn:aws:sqs:r:*:q", "arn:aws:sqs:r:${a}:q", false],
    ["arn:aws:sqs:*:1:q", "arn:aws:sqs:r:x:1:q", false],
    ["arn:aws:sqs:*${a}", "arn:aws:sqs:*${a}", false],
  ])("as an ARN %s and %s: %s", (outer, inner, expected) => {
    expect(isCovered(outer, inner, true)).toBe(expected);
  });

  const piece = fc.constantFrom("a", ":", "*", "?", "${u}", "${v}", "a:a");
  const tail = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
  const field = fc.array(fc.constantFrom("a", "*", "?", "${u}", "${v}"), { maxLength: 2 });
  const arn = fc
    .tuple(fc.array(field, { minLength: 5, maxLength: 5 }), tail)
    .map(([fields, end]) => `${fields.map((parts) => parts.join("")).join(":")}:${end}`);
  const value = fc.constantFrom("a", "b", ":", "a:b", "aa");
  /** Texts that the pattern may match, by turns; the evaluator says whether it does. */
  const filling = fc.array(fc.constantFrom("", "a", "b", ":", "a:"), { minLength: 12, maxLength: 12 });

  /** How many pairs were covered, each of which was held against the evaluator. */
  function covered(fields: boolean, pattern: typeof tail): number {
    let count = 0;
    fc.assert(
      fc.property(
        pattern,
        pattern,
        fc.boolean(),
        value,
        value,
        filling,
        (one, other, related, u, v, fills) => {
          // A pattern widened in one place is covered more often than one made apart.
          const outer = related ? one.replace(/a|\$\{u\}/, "*") : other;
          if (!isCovered(outer, one, fields)) return;
          count++;
          let i = 0;
          const text = one
            .replace(/[*?]/g, (wild) => {
              const fill = fills[i++ % fills.length] ?? "";
              return wild === "*" ? fill : fill.slice(0, 1) || "a";
            })
            .replaceAll("${u}", u)
            .replaceAll("${v}", v);
          const scope = { context: new RequestContext({ u, v }), variables: true, spend: () => {} };
          const match = (text_: string, by: string) =>
            fields ? matchArn(by, text_, scope, "resource") : matchGlob(by, text_, scope);
          if (match(text, one) === true) expect(match(text, outer)).toBe(true);
        },
      ),
      { numRuns: 4000 },
    );
    return count;
  }

  it("only if it matches all that the other does, for any values", () => {
    expect(covered(false, tail)).toBeGreaterThan(200);
  });

  it("only if it matches all ARNs that the other does, for any values", () => {
    expect(covered(true, arn)).toBeGreaterThan(200);
  });
});
