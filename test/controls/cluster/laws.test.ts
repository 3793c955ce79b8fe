import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClusterInput, judgeClusters } from "../../../lib/controls/cluster/judge-clusters.ts";
import type { RegionFacts } from "../../../lib/model/facts.ts";
import { findingId } from "../../../lib/model/finding-id.ts";
import { denied, type Roster } from "../../../lib/model/seen.ts";
import { identity, inputOf, now, region, watchedCluster } from "./case.ts";

const prefix = "kubernetes.io/cluster/";
/** Few ids, so that resources meet; keys that are right, nearly right, hostile. */
const pick = (kind: string, most: number) => fc.integer({ min: 1, max: most }).map((n) => `${kind}-${n}`);
const keyArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(`${prefix}c1`, `${prefix}c2`, `${prefix}c3`) },
  fc.constantFrom(
    `${prefix}C1`,
    prefix,
    `${prefix}c1/`,
    "Kubernetes.io/cluster/c1",
    "KubernetesCluster",
    "sigs.k8s.io/cluster-api-provider-aws/cluster/c1",
    "sigs.k8s.io/cluster-api-provider-aws/role",
    "aws:autoscaling:groupName",
    "kubernetes.io/role/elb",
    "kubernetes.io/role/internal-elb",
    "k8s.io/cluster-autoscaler/c1",
    "__proto__",
    "constructor",
    `${prefix}__proto__`,
  ),
  fc.string({ unit: "binary", maxLength: 128 }),
);
const valueArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("owned", "shared", "c1", "c2", "lb", "node", "Owned", "") },
  fc.string({ unit: "binary", maxLength: 256 }),
);
const tagsArbitrary = fc
  .array(fc.tuple(keyArbitrary, valueArbitrary), { maxLength: 4 })
  .map((entries) => new Map(entries));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const roster = <T extends { readonly id: string }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 6 }).map((items): Roster<T> => ({ items }));
const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const facts: fc.Arbitrary<RegionFacts> = fc.record({
  region: fc.constant(region),
  instances: roster(
    fc
      .record({
        id: pick("i", 6),
        state: fc.constantFrom("running", "stopped", "pending", "terminated"),
        vpc: optional(pick("vpc", 2)),
        subnet: optional(pick("subnet", 3)),
        groups: fc.array(pick("sg", 4), { maxLength: 3 }),
        profile: optional(pick("arn:aws:iam::210987654321:instance-profile/p", 2)),
        launchedAt: optional(fc.constantFrom("2026-01-01T00:00:00Z", "2026-06-01T11:59:30Z", "never")),
        tags: tagsArbitrary,
      })
      .map(defined),
  ),
  groups: roster(
    fc
      .record({
        id: pick("sg", 4),
        name: fc.constantFrom("default", "nodes"),
        vpc: optional(pick("vpc", 2)),
        tags: tagsArbitrary,
      })
      .map(defined),
  ),
  subnets: roster(
    fc
      .record({
        id: pick("subnet", 3),
        vpc: optional(pick("vpc", 2)),
        zone: optional(fc.constantFrom("a", "b")),
        tags: tagsArbitrary,
      })
      .map(defined),
  ),
  // A subnet is associated with one table, and a VPC has one main table.
  routeTables: roster(
    fc
      .record({
        at: fc.integer({ min: 1, max: 3 }),
        main: fc.boolean(),
        associated: fc.boolean(),
        internet: fc.boolean(),
        tags: tagsArbitrary,
      })
      .map(({ at, associated, ...table }) => ({
        ...table,
        id: `rtb-${at}`,
        vpc: `vpc-${at}`,
        subnets: associated ? [`subnet-${at}`] : [],
      })),
  ),
});

const watchedSets = fc.constantFrom(
  [watchedCluster()],
  [watchedCluster(), watchedCluster({ cluster: "c2" })],
  [watchedCluster({ platform: "capa", requiredTags: [{ key: "constructor", on: ["instance", "subnet"] }] })],
  [watchedCluster({ profiles: ["p-1"] }), watchedCluster({ cluster: "__proto__", nodeRoles: ["r*"] })],
  [watchedCluster({ region: "*" }), watchedCluster({ region: "*", platform: "capa" })],
);

const inputWith = (given: RegionFacts, watched: ClusterInput["watched"]): ClusterInput => ({
  ...inputOf({}),
  regions: [given],
  watched,
  now,
});

const runs = { numRuns: 400 };

describe("the cluster controls", () => {
  it("say one thing of each finding, under its own id, whatever the facts", () => {
    fc.assert(
      fc.property(facts, watchedSets, (given, watched) => {
        const results = judgeClusters(inputWith(given, watched));
        expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
        for (const result of results) {
          const { control, platform, resource, verdict, reason } = result;
          expect(result.id).toBe(findingId(identity.account, platform, control, resource.arn));
          if (verdict === "failed") expect(result.remediation.length).toBeGreaterThan(0);
          if (verdict === "failed") expect(result.consequence).toBeTruthy();
          if (verdict === "unavailable" || verdict === "not-applicable") expect(reason).toBeTruthy();
        }
        expect(JSON.parse(JSON.stringify(results))).toHaveLength(results.length);
      }),
      runs,
    );
  });

  it("do not depend on the order in which resources are listed", () => {
    const content = (given: RegionFacts, watched: ClusterInput["watched"]) =>
      judgeClusters(inputWith(given, watched))
        .map(({ id, verdict, digest, severity }) => `${id} ${verdict} ${severity} ${digest}`)
        .sort();
    const backwards = <T>({ items }: Roster<T>): Roster<T> => ({ items: items.toReversed() });
    fc.assert(
      fc.property(facts, watchedSets, (given, watched) => {
        const reversed = {
          region: given.region,
          instances: backwards(given.instances),
          groups: backwards(given.groups),
          subnets: backwards(given.subnets),
          routeTables: backwards(given.routeTables),
        };
        expect(content(reversed, watched)).toEqual(content(given, watched));
      }),
      runs,
    );
  });

  it("say nothing of a part of the facts that the whole would take back", () => {
    const lists = ["instances", "groups", "subnets", "routeTables"] as const;
    fc.assert(
      fc.property(facts, fc.constantFrom(...lists), fc.nat(6), (given, list, kept) => {
        const whole = judgeClusters(inputWith(given, [watchedCluster()]));
        const part = {
          ...given,
          [list]: { items: given[list].items.slice(0, kept), gap: denied("ec2:Describe", "cut short") },
        };
        const verdicts = new Map(whole.map(({ id, verdict }) => [id, verdict]));
        for (const { id, verdict, control, detail } of judgeClusters(inputWith(part, [watchedCluster()])))
          if (verdict === "not-applicable")
            // Too young to be judged: of a node that only the part takes for one, that takes nothing back.
            expect([verdict, undefined], `${control}: ${detail}`).toContain(verdicts.get(id));
          else if (verdict !== "unavailable" && control !== "cluster-watched")
            expect(verdicts.get(id), `${control}: ${detail}`).toBe(verdict);
      }),
      { numRuns: 1500 },
    );
  });

  it("give the same answer when a resource is listed twice", () => {
    const doubled = <T>({ items }: Roster<T>): Roster<T> => ({ items: [...items, ...items] });
    fc.assert(
      fc.property(facts, watchedSets, (given, watched) => {
        const twice = {
          region: given.region,
          instances: doubled(given.instances),
          groups: doubled(given.groups),
          subnets: doubled(given.subnets),
          routeTables: doubled(given.routeTables),
        };
        expect(judgeClusters(inputWith(twice, watched))).toEqual(judgeClusters(inputWith(given, watched)));
      }),
      { numRuns: 150 },
    );
  });
});
