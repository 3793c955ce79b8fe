import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible, visibleLines } from "../../lib/model/visible.ts";
import { shellOption, shellQuote } from "../../lib/remediation/shell.ts";

/** What the shell makes of words: each between angle brackets of its own line would lose line feeds, so NUL ends each. */
const words = (quoted: readonly string[]): string[] => {
  const script = quoted.map((word) => `printf '%s\\000' ${word}\n`).join("");
  return execFileSync("sh", ["-s"], { input: script, encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\0")
    .slice(0, -1);
};

const hostile = [
  "",
  "plain",
  "$(touch /tmp/never)",
  "`id`",
  "it's",
  "''",
  '"; rm -rf / #',
  "a\nb\n",
  "\n",
  "tab\there",
  "\u001b[2Jgone",
  "\u202egnp.exe",
  "\u0007\u0008\r",
  "!history",
  "~root",
  "*",
  "{a,b}",
  "a\\nb",
  "%s%n",
  "日本語 kluster",
  "=cmd",
  "-rf",
];

describe("quoting for a POSIX shell", () => {
  test("every hostile value comes out of a real shell as it went in", () => {
    expect(words(hostile.map(shellQuote))).toEqual(hostile);
  });

  test("any text comes out of a real shell as it went in", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary", maxLength: 40 }), { minLength: 1, maxLength: 40 }),
        (texts) => {
          const wanted = texts.map((text) => text.replaceAll("\0", ""));
          expect(words(texts.map((text) => shellQuote(text)))).toEqual(wanted);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("nothing that a terminal acts on stands in a quoted word", () => {
    expect(shellQuote("a\u001b[2J\u202e\tb")).toBe(
      `'a'"$(printf '\\033')"'[2J'"$(printf '\\342\\200\\256\\011')"'b'`,
    );
  });

  test("a report, which shows what a screen would not, leaves a quoted word as it is", () => {
    const odd = ["\u180e", "\ufffd", "\u3164", "\u{e0041}\u{e007f}", "\ufe0f", "\ue000"];
    for (const mark of odd) expect(visible(mark)).toMatch(/^[ -~]+$/);
    expect(words(odd.map(shellQuote))).toEqual(odd);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...odd)), (text) => {
        expect(visibleLines(shellQuote(text))).toBe(shellQuote(text));
      }),
    );
  });

  test("words that need no quotes are left readable", () => {
    expect(shellQuote("arn:aws:iam::123456789012:role/team/ci-deployer")).toBe(
      "arn:aws:iam::123456789012:role/team/ci-deployer",
    );
  });

  test("a value that begins with a dash is not taken for an option", () => {
    expect(shellOption("--role-name", "-x")).toBe("--role-name=-x");
    expect(shellOption("--role-name", "x y")).toBe("--role-name 'x y'");
  });
});
