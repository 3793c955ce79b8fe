import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../../lib/policy/comparison/budget.ts";
import { arnGlob, hasTwoReadings } from "../../../lib/policy/glob/arn.ts";
import { type Atom, eachAtom } from "../../../lib/policy/glob/atoms.ts";
import { ignoringCase, literal, matches, overlap } from "../../../lib/policy/glob/glob.ts";
import { Pattern } from "../../../lib/policy/glob/pattern.ts";
import { fillTemplate, wildcard } from "../../../lib/policy/glob/template.ts";

const pattern = fc
  .array(fc.constantFrom("a", "b", "B", "*", "?", ":"), { maxLength: 7 })
  .map((parts) => parts.join(""));
const text = fc
  .array(fc.constantFrom("a", "b", "B", "c", ":"), { maxLength: 8 })
  .map((parts) => parts.join(""));

/** The plainest matcher there is: of whole texts, by recursion. */
function plainly(glob: string, of: string): boolean {
  if (glob === "") return of === "";
  if (glob.startsWith("*")) return plainly(glob.slice(1), of) || (of !== "" && plainly(glob, of.slice(1)));
  return of !== "" && (glob.startsWith("?") || glob[0] === of[0]) && plainly(glob.slice(1), of.slice(1));
}

const atomsOf = (patterns: readonly string[], wanted: readonly number[]): Atom[] => {
  const atoms: Atom[] = [];
  const globs = patterns.map((one, owner) => ({ pattern: new Pattern(wildcard(one)), owner }));
  eachAtom(globs, new Set(wanted), new Budget(), (atom) => {
    atoms.push(atom);
    return false;
  });
  return atoms;
};

describe("a pattern", () => {
  it("matches what a plain reading of it matches", () => {
    fc.assert(
      fc.property(pattern, text, (glob, of) => {
        expect(matches(wildcard(glob), of)).toBe(plainly(glob, of));
      }),
      { numRuns: 2000 },
    );
  });

  it("overlaps another if some text shows it, and else no text does", () => {
    fc.assert(
      fc.property(pattern, pattern, fc.array(text, { minLength: 5, maxLength: 20 }), (one, other, texts) => {
        const both = atomsOf([one, other], [0]).some((atom) => atom.owners.length === 2);
        expect(overlap(wildcard(one), wildcard(other), new Budget())).toBe(both);
        expect(both || texts.every((of) => !plainly(one, of) || !plainly(other, of))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("is the same kept as a text or as tokens", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, of) => {
        const [first, second] = [new Pattern(wildcard(one)), new Pattern(wildcard(other))];
        expect(first.matches(of)).toBe(plainly(one, of));
        expect(first.overlaps(second, new Budget())).toBe(
          overlap(wildcard(one), wildcard(other), new Budget()),
        );
        expect(matches(first.glob, of)).toBe(plainly(one, of));
        expect(plainly(one, first.example)).toBe(true);
        if (first.text !== undefined) {
          const kept = new Pattern(first.text, first.open);
          expect(kept.glob).toEqual(first.glob);
          expect(kept.matches(of)).toBe(plainly(one, of));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("can ignore letter case", () => {
    const glob = ignoringCase(literal("aB-1"));
    expect(["AB-1", "ab-1", "aB-1"].every((of) => matches(glob, of))).toBe(true);
    expect(matches(glob, "aC-1")).toBe(false);
  });
});

describe("atoms", () => {
  it("hold every text that a wanted pattern matches, and tell the truth about it", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(pattern, { minLength: 1, maxLength: 5 }),
        fc.array(text, { maxLength: 20 }),
        (patterns, texts) => {
          const wanted = [0, patterns.length - 1];
          const atoms = atomsOf(patterns, wanted);
          const known = new Set(atoms.map((atom) => atom.owners.join()));
          const ownersOf = (of: string) => patterns.flatMap((one, i) => (plainly(one, of) ? [i] : []));
          for (const { owners, example } of atoms) expect(ownersOf(example)).toEqual(owners);
          for (const of of texts) {
            const owners = ownersOf(of);
            const isWanted = owners.some((owner) => wanted.includes(owner));
            expect(!isWanted || known.has(owners.join())).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("take an example that no longer pattern takes too, where patterns begin alike", () => {
    const atoms = atomsOf(["a*", "ax*", "ay*", "az"], [0]);
    expect(atoms.map(({ owners, example }) => `${owners.join()} ${example}`)).toEqual([
      "0 aw",
      "0,1 axx",
      "0,2 ayx",
      "0,3 az",
    ]);
  });

  it("need not tell patterns of one owner apart: two hundred of them are one atom", () => {
    const globs = Array.from({ length: 200 }, (_, i) => ({
      pattern: new Pattern(wildcard(`*${i}*`)),
      owner: 0,
    }));
    const atoms: Atom[] = [];
    const budget = new Budget({ steps: 200_000, memory: 100_000 });
    eachAtom(globs, new Set([0]), budget, (atom) => atoms.push(atom) < 0);
    expect(atoms.map((atom) => atom.owners)).toEqual([[0]]);
  });

  it("stop when the budget is spent, with its name", () => {
    const globs = Array.from({ length: 30 }, (_, i) => ({
      pattern: new Pattern(wildcard(`*a${"?".repeat(i)}`)),
      owner: i,
    }));
    expect(() => {
      eachAtom(globs, new Set([29]), new Budget({ steps: 20_000, memory: 1_000_000 }), () => false);
    }).toThrow("the comparison ran out of steps");
  });
});

describe("the pattern of an ARN", () => {
  const arn = (of: string) => arnGlob(wildcard(of), false);

  it("keeps each of the first five fields to itself", () => {
    expect(matches(arn("arn:aws:ec2:*:*:instance/*"), "arn:aws:ec2:us-east-1:123456789012:instance/i")).toBe(
      true,
    );
    expect(matches(arn("arn:aws:*:123456789012:*:x"), "arn:aws:ec2:us-east-1:123456789012:y:x")).toBe(false);
    expect(matches(arn("arn:aws:ec2:?s-east-1:*:*"), "arn:aws:ec2::s-east-1:1:x")).toBe(false);
  });

  it("tells apart what a plain reading field by field tells apart", () => {
    const field = fc.constantFrom("*", "a", "a*", "?", "*b", "");
    const arnPattern = fc
      .tuple(field, field, field, fc.constantFrom("*", "a:*", "*:b", "?", "a*b", "b/*"))
      .map(([one, two, three, rest]) => `arn:aws:${one}:${two}:${three}:${rest}`);
    const part = fc.constantFrom("", "a", "b", "ab");
    const arnText = fc
      .tuple(part, part, part, fc.constantFrom("", "a", "a:b", "b/a:b", "ab"))
      .map(([one, two, three, rest]) => `arn:aws:${one}:${two}:${three}:${rest}`);
    const split = (of: string) => [...of.split(":").slice(0, 5), of.split(":").slice(5).join(":")];
    const byField = (glob: string, of: string) => {
      const fields = split(of);
      return split(glob).every((one, i) => plainly(one, fields[i] ?? ""));
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(arnPattern, { minLength: 1, maxLength: 4 }),
        fc.array(arnText, { maxLength: 20 }),
        (patterns, texts) => {
          const known = new Set<string>();
          const globs = patterns.map((one, owner) => ({ pattern: new Pattern(arn(one)), owner }));
          const ownersOf = (of: string) => patterns.flatMap((one, i) => (byField(one, of) ? [i] : []));
          eachAtom(globs, new Set(patterns.keys()), new Budget(), ({ owners, example }) => {
            expect(ownersOf(example)).toEqual(owners);
            known.add(owners.join());
            return false;
          });
          for (const of of texts) {
            const owners = ownersOf(of);
            for (const [i, one] of patterns.entries()) expect(matches(arn(one), of)).toBe(owners.includes(i));
            expect(owners.length === 0 || known.has(owners.join())).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("lets a wildcard of the resource cross colons and slashes", () => {
    expect(matches(arn("arn:aws:logs:*:*:log-group:*"), "arn:aws:logs:r:1:log-group:a/b:log-stream:c")).toBe(
      true,
    );
  });

  it("has two readings only if it is short and they differ", () => {
    expect(hasTwoReadings(wildcard("arn:aws:ec2:*"))).toBe(false);
    expect(hasTwoReadings(wildcard("arn:aws:s3:*:*"))).toBe(false);
    expect(hasTwoReadings(wildcard("arn:aws:ec2:*:instance/i"))).toBe(true);
    expect(hasTwoReadings(wildcard("arn:aws:ec2:*:*:instance/i"))).toBe(false);
  });
});

describe("a template", () => {
  const variables = (assignment?: ReadonlyMap<string, string | undefined>) => ({
    tagCaseFolds: true,
    assignment,
  });

  it("takes escapes for the characters themselves", () => {
    expect(fillTemplate("a${*}${?}${$}", true, variables())).toEqual({
      glob: literal("a*?$"),
      openAt: undefined,
    });
  });

  it("is open where a variable has no value yet, and matches nothing where it has none", () => {
    expect(fillTemplate("a/${aws:username}", true, variables())).toEqual({
      glob: wildcard("a/*"),
      openAt: 2,
    });
    const nobody = variables(new Map([["aws:username", undefined]]));
    expect(fillTemplate("a/${aws:username}", true, nobody).glob).toBeUndefined();
    const filled = fillTemplate("${aws:userName, 'x'}", true, nobody);
    expect(filled).toEqual({ glob: literal("x"), openAt: undefined });
  });

  it("takes no wildcard out of a value", () => {
    const { glob } = fillTemplate("${aws:username}", true, variables(new Map([["aws:username", "*"]])));
    expect(glob).toEqual(literal("*"));
  });

  it("has no variables under the old Version", () => {
    expect(fillTemplate("${aws:username}", true, false).glob).toEqual(literal("${aws:username}"));
  });
});
