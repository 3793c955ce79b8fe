import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../lib/policy/evaluate/evaluate.ts";
import { attack } from "./attack.ts";
import type { Case } from "./case.ts";
import { policySet } from "./case.ts";
import { makeCase } from "./cases.ts";
import { corpus, toDocument } from "./corpus.ts";
import { keptFolder } from "./keep.ts";
import { Random } from "./random.ts";
import { makeRequest, vocabularyOf } from "./requests.ts";
import { shrink } from "./shrink.ts";

const seeds = Array.from({ length: 150 }, (_, index) => 20_260_101 + index);

describe("a short attack, always the same", () => {
  it("finds no disagreement between what is compared and what is evaluated", () => {
    let [checks, decided] = [0, 0];
    for (const seed of seeds) {
      const result = attack(makeCase(seed), seed, 300);
      expect(result?.disagreement, `seed ${seed}: npm run attack -- --seed ${seed}`).toBeUndefined();
      checks += result?.checks ?? 0;
      if (result?.comparison?.relation !== "undecided") decided++;
    }
    expect(checks).toBeGreaterThan(25_000);
    expect(decided).toBeGreaterThan(0.9 * seeds.length);
  });

  it("is made of valid documents of every kind, and of requests that are allowed and denied", () => {
    const kinds = new Set<string>();
    for (const seed of seeds) {
      const item = makeCase(seed);
      kinds.add(item.kind);
      expect(policySet(item.kind, item.first), `first of seed ${seed}`).toBeDefined();
      expect(policySet(item.kind, item.second), `second of seed ${seed}`).toBeDefined();
    }
    expect([...kinds].toSorted()).toEqual(["identity", "resource", "trust"]);
    for (const document of corpus) {
      expect(policySet(document.kind, { documents: [toDocument(document)] }), document.name).toBeDefined();
    }
  });
});

describe("the attack has teeth", () => {
  const side = (...statements: object[]) => ({
    documents: [{ Version: "2012-10-17", Statement: statements }],
  });
  const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
  const under = (operator: string, key: string, value: unknown) => ({
    ...read,
    Condition: { [operator]: { [key]: value } },
  });
  const differing: readonly [string, Case["first"], Case["first"]][] = [
    ["a condition", side(read), side(under("StringEquals", "aws:username", "ann"))],
    [
      "IfExists",
      side(under("StringEqualsIfExists", "s3:prefix", "a")),
      side(under("StringEquals", "s3:prefix", "a")),
    ],
    [
      "a negated operator on an absent key",
      side(under("StringNotEquals", "s3:prefix", "a")),
      side(under("Null", "s3:prefix", "false"), under("Null", "s3:prefix", "true")),
    ],
    [
      "an empty set",
      side(under("ForAllValues:StringEquals", "aws:TagKeys", "a")),
      side(under("ForAnyValue:StringEquals", "aws:TagKeys", "a")),
    ],
    [
      "an end of a range",
      side(under("NumericLessThan", "s3:max-keys", "10")),
      side(under("NumericLessThanEquals", "s3:max-keys", "10")),
    ],
    [
      "an address at the edge",
      side(under("IpAddress", "aws:SourceIp", "10.0.0.0/25")),
      side(under("IpAddress", "aws:SourceIp", "10.0.0.0/24")),
    ],
    [
      "a variable that collides",
      side({ ...read, Resource: "arn:aws:s3:::b/${aws:username}" }),
      side(
        { ...read, Resource: "arn:aws:s3:::b/${aws:username}" },
        { ...read, Effect: "Deny", Resource: "arn:aws:s3:::b/admin" },
      ),
    ],
    [
      "one letter of a resource",
      side({ ...read, Resource: "arn:aws:s3:::b/a*" }),
      side({ ...read, Resource: "arn:aws:s3:::b/*" }),
    ],
  ];

  it.each(differing)("its requests tell %s apart", (_, first, second) => {
    const item: Case = { name: "", kind: "identity", first, second, known: "equivalent" };
    // What is compared is right, so that what was (wrongly) known must come out as a disagreement.
    expect(attack(item, 1, 0)?.disagreement?.what).toBe("a known direction came out otherwise");
    const vocabulary = vocabularyOf(item);
    const random = new Random(7);
    const differs = Array.from({ length: 1000 }, () => makeRequest(vocabulary, random)).some((request) => {
      const [one, other] = [first, second].map((each) => {
        const set = policySet("identity", each);
        return set === undefined ? undefined : evaluate(request, set).verdict;
      });
      return one !== other;
    });
    expect(differs).toBe(true);
  });

  it("a failure is shrunk to what it hangs on", () => {
    const item = makeCase(20_260_117);
    const big: Case = {
      ...item,
      first: side(read, under("Bool", "aws:SecureTransport", "true"), { ...read, Action: ["s3:*", "ec2:*"] }),
    };
    const least = shrink(big, (smaller) => JSON.stringify(smaller.first).includes("ec2:*"));
    expect(least.first).toEqual({
      documents: [expect.objectContaining({ Statement: [expect.objectContaining({ Action: ["ec2:*"] })] })],
    });
  });
});

describe("what once failed", () => {
  const files = readdirSync(keptFolder).filter((name) => name.endsWith(".json"));

  it("is kept", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)("does not fail again: %s", (file) => {
    const kept = JSON.parse(readFileSync(`${keptFolder}${file}`, "utf8")) as Case & { readonly seed: number };
    expect(attack(kept, kept.seed, 1000)?.disagreement).toBeUndefined();
  });
});
