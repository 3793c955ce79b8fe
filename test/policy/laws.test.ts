import { describe, expect, it } from "vitest";
import { compare } from "../../lib/policy/compare.ts";
import type { Comparison, PolicyKind } from "../../lib/policy/model.ts";
import { policySet, type Side, statementsOf } from "../attack/case.ts";
import { corpus, type Json, toDocument } from "../attack/corpus.ts";
import { mutate, mutations } from "../attack/mutate.ts";
import { Random } from "../attack/random.ts";
import { rewrites } from "../attack/rewrite.ts";

const relate = (kind: PolicyKind, first: Side, second: Side): Comparison => {
  const [one, other] = [policySet(kind, first), policySet(kind, second)];
  if (one === undefined || other === undefined) throw new Error("not a valid policy");
  return compare(one, other);
};
const sideOf = (document: Json): Side => ({ documents: [document] });

describe("a policy means the same in other words", () => {
  it("there are documents of every kind to say so of", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(24);
    expect(new Set(corpus.map(({ kind }) => kind)).size).toBe(3);
  });

  it.each(rewrites)("$name", ({ statements }) => {
    let said = 0;
    for (const [index, document] of corpus.entries()) {
      const value = toDocument(document);
      const changed = { ...value, Statement: statements(statementsOf(value), new Random(index)) };
      if (JSON.stringify(changed) !== JSON.stringify(value)) said++;
      for (const [first, second] of [
        [value, changed],
        [changed, value],
      ] as const) {
        expect(relate(document.kind, sideOf(first), sideOf(second)).relation, document.name).toBe(
          "equivalent",
        );
      }
    }
    expect(said).toBeGreaterThan(0);
  });

  it.each(corpus.filter(({ statements }) => statements.length > 1))(
    "spread over documents: $name",
    ({ kind, statements }) => {
      const spread = statements.map((statement) => toDocument({ name: "", kind, statements: [statement] }));
      const whole = sideOf(toDocument({ name: "", kind, statements }));
      expect(relate(kind, whole, { documents: spread }).relation).toBe("equivalent");
    },
  );

  it.each(corpus.filter(({ kind }) => kind === "identity"))(
    "bounded by itself: $name",
    ({ kind, statements }) => {
      const whole = sideOf(toDocument({ name: "", kind, statements }));
      expect(relate(kind, whole, { ...whole, boundary: whole.documents }).relation).toBe("equivalent");
    },
  );
});

describe("a change goes the way that it is known to go", () => {
  it.each(mutations)("$name", (mutation) => {
    const outcomes = { proven: 0, none: 0, undecided: 0 };
    const random = new Random(7);
    for (const document of corpus) {
      for (let turn = 0; turn < 4; turn++) {
        const side = sideOf(toDocument(document));
        const changed = mutate(document.kind, side, random, mutation);
        if (changed === undefined || policySet(document.kind, changed.side) === undefined) continue;
        const { firstExceeds, secondExceeds } = relate(document.kind, side, changed.side);
        const grows = changed.known === "first-within-second";
        const [expected, forbidden] = grows ? [secondExceeds, firstExceeds] : [firstExceeds, secondExceeds];
        expect(forbidden.verdict, `${document.name}: ${changed.name}`).not.toBe("proven");
        outcomes[expected.verdict]++;
      }
    }
    expect(outcomes.proven).toBeGreaterThan(0);
    expect(outcomes.undecided).toBeLessThan(outcomes.proven);
  });
});
