import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { judge } from "../../lib/controls/judge.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import type { DocumentSource, Facts, RoleFacts } from "../../lib/model/facts.ts";
import { absent, found } from "../../lib/model/seen.ts";
import { configOf, factsOf, loadCases } from "../support/case-file.ts";

const now = new Date("2026-06-01T12:00:00Z");
const text = JSON.stringify({
  version: 1,
  platforms: {
    "docker-cloud": [{ role: "*", externalId: "acme-prod" }],
    ecs: [{ role: "*" }],
    kommander: [{ role: "*", managementRole: "management" }],
  },
});
const compiled = compileConfig(
  { file: "rolecall.yml", bytes: Buffer.from(text) },
  { catalogue, controls: controlIds, read: () => undefined },
);
if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
const { config } = compiled;

const role = (name: string, trust: DocumentSource, policy: DocumentSource, path = "/"): RoleFacts => ({
  arn: `arn:aws:iam::210987654321:role${path}${name}`,
  name,
  path,
  id: "AROAEXAMPLE",
  trust: found(trust),
  inline: found([{ name: "p", document: policy }]),
  attached: found([]),
  boundary: absent,
  profiles: found([]),
  tags: found(new Map([["__proto__", "x"]])),
});

const account = (...roles: readonly RoleFacts[]): Facts => ({
  identity: { account: "210987654321", partition: "aws" },
  at: now.toISOString(),
  source: "snapshot",
  iam: { roles: { items: roles }, policies: { items: [] }, profiles: { items: [] }, users: { items: [] } },
  regions: [],
});

const fine = '{"Version":"2012-10-17","Statement":[]}';
const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
const large = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: Array.from({ length: 6000 }, (_, i) => `s3:Get${i}*Object`),
      Resource: "*",
    },
  ],
});

describe("a document that is not fit to be judged", () => {
  test.each([
    ["empty", ""],
    ["cut short", '{"Version":"2012-10-17","Statement":[{"Effect":"All'],
    ["nested 50,000 levels deep", deep],
    ["encoded wrongly", "%7B%ZZ"],
    ["no object", "[1,2]"],
    ["a statement that is null", '{"Version":"2012-10-17","Statement":[null]}'],
    ["a key twice", '{"Version":"2012-10-17","Version":"2008-10-17","Statement":[]}'],
    ["a hostile key", '{"__proto__":{"Statement":[]},"Version":"2012-10-17","Statement":[]}'],
  ])("%s: is told as undecided, and the rest is judged", (_, document) => {
    const results = judge(account(role("bad", document, document), role("good", fine, fine)), config, {
      now,
    });
    const of = (name: string, control: string) =>
      results.filter((r) => r.resource.arn.endsWith(`/${name}`) && r.control === control);
    for (const control of ["trust-excess", "permissions-excess"]) {
      expect(of("bad", control).map(({ verdict }) => verdict)).not.toContain("passed");
      expect(of("bad", control).map(({ verdict }) => verdict)).toContain("undecided");
      expect(of("good", control).map(({ verdict }) => verdict)).toContain("passed");
    }
  });

  test("a policy of 130 KB is judged in bounded time, and never called equal", () => {
    expect(large.length).toBeGreaterThan(100_000);
    const results = judge(account(role("large", fine, large)), config, { now });
    const excess = results.filter(({ control }) => control === "permissions-excess");
    expect(excess.length).toBeGreaterThan(0);
    for (const { verdict } of excess) expect(["failed", "undecided"]).toContain(verdict);
  }, 60_000);
});

test("an account without anything in it says that what is configured is missing", () => {
  const results = judge(account(), config, { now });
  expect(results.filter((r) => r.verdict === "failed").map((r) => r.control)).toEqual([
    "role-exists",
    "role-exists",
    "role-exists",
  ]);
});

test("whatever stands in names, paths and documents, judging answers", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.constantFrom(fine, "<script>", "\u001b[31m", "__proto__", "constructor"),
  );
  fc.assert(
    fc.property(anything, anything, anything, anything, (name, path, trust, policy) => {
      const results = judge(account(role(name, trust, policy, `/${path}/`)), config, { now });
      expect(results.length).toBeGreaterThan(0);
      expect(() => JSON.stringify(results)).not.toThrow();
    }),
    { numRuns: 100 },
  );
});

/** A document with its statements, and the lists in them, the other way round. */
function reversed(document: DocumentSource): DocumentSource {
  if (typeof document === "string") return document;
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn).reverse();
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inside]) => [key, turn(inside)] as const)
        .reverse(),
    );
  };
  return turn(document) as DocumentSource;
}

test("the order within documents changes no verdict and no digest", () => {
  for (const each of loadCases()) {
    const facts = factsOf(each);
    const turned: Facts = {
      ...facts,
      iam: {
        ...facts.iam,
        roles: {
          ...facts.iam.roles,
          items: facts.iam.roles.items.map((one) => ({
            ...one,
            trust: one.trust.at === "found" ? found(reversed(one.trust.value)) : one.trust,
            inline:
              one.inline.at === "found"
                ? found(
                    one.inline.value.map(({ name, document }) => ({ name, document: reversed(document) })),
                  )
                : one.inline,
          })),
        },
        policies: {
          ...facts.iam.policies,
          items: facts.iam.policies.items.map((one) => ({ ...one, document: reversed(one.document) })),
        },
      },
    };
    const told = (of: Facts) =>
      judge(of, configOf(each), { now })
        .filter(({ verdict }) => verdict !== "undecided")
        .map(({ control, id, digest, verdict }) => `${control} ${id}@${digest} ${verdict}`);
    expect(told(turned), each.name).toEqual(told(facts));
  }
}, 120_000);

test("the order of roles and policies says nothing", () => {
  for (const each of loadCases()) {
    const facts = factsOf(each);
    const turned: Facts = {
      ...facts,
      iam: {
        ...facts.iam,
        roles: { ...facts.iam.roles, items: facts.iam.roles.items.toReversed() },
        policies: { ...facts.iam.policies, items: facts.iam.policies.items.toReversed() },
        profiles: { ...facts.iam.profiles, items: facts.iam.profiles.items.toReversed() },
      },
    };
    const told = (of: Facts) =>
      judge(of, configOf(each), { now })
        .map(({ control, id, digest, verdict }) => `${control} ${id}@${digest} ${verdict}`)
        .sort();
    expect(told(turned), each.name).toEqual(told(facts));
  }
}, 120_000);
