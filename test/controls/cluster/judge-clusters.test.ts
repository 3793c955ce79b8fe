import { describe, expect, it } from "vitest";
import { judgeClusters } from "../../../lib/controls/cluster/judge-clusters.ts";
import { clusterControlInfos } from "../../../lib/controls/cluster/registry.ts";
import type { Result } from "../../../lib/model/result.ts";
import { inputOf, now, watchedCluster } from "./case.ts";

const key = "kubernetes.io/cluster/c1";
const tagged = { tags: { [key]: "owned" }, groups: ["sg-1", "sg-2"] };
const twoGroups = { "sg-1": { tags: { [key]: "owned" } }, "sg-2": { tags: { [key]: "owned" } } };

const of = (results: readonly Result[], control: string, id: string): Result | undefined =>
  results.find((result) => result.control === control && result.resource.arn.endsWith(`/${id}`));

describe("judging clusters", () => {
  it("names resource, cluster, evidence, what stops working, and the command that mends it", () => {
    const result = of(
      judgeClusters(inputOf({ nodes: { "i-1": tagged }, groups: twoGroups })),
      "cluster-node-groups",
      "i-1",
    );
    expect(result?.resource).toEqual({
      arn: "arn:aws:ec2:eu-west-1:210987654321:instance/i-1",
      type: "instance",
      account: "210987654321",
      region: "eu-west-1",
    });
    expect(result?.platform).toBe("rancher");
    expect(result?.baseline).toBe("rancher/cluster@1");
    expect(result?.place).toEqual({ file: "rolecall.yml", line: 3, column: 5 });
    expect(result?.detail).toContain("i-1, a node of cluster `c1` (by its tag `kubernetes.io/cluster/c1`)");
    expect(result?.consequence).toContain("Multiple tagged security groups found for instance i-1");
    expect(result?.remediation.map(({ command }) => command)).toEqual([
      "aws ec2 delete-tags --region eu-west-1 --resources sg-2 --tags Key=kubernetes.io/cluster/c1",
      "aws ec2 delete-tags --region eu-west-1 --resources sg-1 --tags Key=kubernetes.io/cluster/c1",
    ]);
  });

  it("writes ARNs of the account's own partition", () => {
    const input = {
      ...inputOf({ nodes: { "i-1": tagged } }),
      identity: { account: "1", partition: "aws-cn" },
    };
    for (const { resource } of judgeClusters(input))
      expect(resource.arn).toMatch(/^arn:aws-cn:ec2:eu-west-1:1:/);
  });

  it("keeps a finding's digest while nodes come and go beside it", () => {
    const untagged = { tags: {}, groups: ["sg-1"] };
    const one = { nodes: { "i-1": tagged, "i-9": untagged }, groups: { "sg-1": twoGroups["sg-1"] } };
    const more = { ...one, nodes: { ...one.nodes, "i-2": { ...tagged, groups: ["sg-1"] } } };
    const digest = (given: typeof one) =>
      of(judgeClusters(inputOf(given)), "cluster-node-tagged", "i-9")?.digest;
    expect(digest(one)).toBeTypeOf("string");
    expect(digest(more)).toBe(digest(one));
  });

  it("changes a finding's digest with its content", () => {
    const digest = (third: boolean) =>
      of(
        judgeClusters(
          inputOf({
            nodes: { "i-1": { ...tagged, groups: third ? ["sg-1", "sg-2", "sg-3"] : ["sg-1", "sg-2"] } },
            groups: { ...twoGroups, "sg-3": { tags: { [key]: "owned" } } },
          }),
        ),
        "cluster-node-groups",
        "i-1",
      )?.digest;
    expect(digest(true)).not.toBe(digest(false));
  });

  it.each(clusterControlInfos.map(({ id }) => id).filter((id) => id !== "cluster-watched"))(
    "switches %s off for a cluster that is without it",
    (control) => {
      const given = { nodes: { "i-1": tagged }, groups: twoGroups, subnets: { "subnet-1": {} } };
      const required = [{ key: "team", on: ["instance" as const] }];
      for (const platform of ["rancher", "capa"]) {
        const on = { ...inputOf(given), watched: [watchedCluster({ platform, requiredTags: required })] };
        const off = { ...on, watched: on.watched.map((each) => ({ ...each, without: [control] })) };
        const rest = judgeClusters(on).filter((result) => result.control !== control);
        expect(judgeClusters(off)).toEqual(rest);
      }
    },
  );

  it("lets the cluster's severity come before the configuration's, and that before the control's", () => {
    const given = inputOf({ nodes: { "i-1": tagged }, groups: twoGroups });
    const severity = (input: typeof given) =>
      of(judgeClusters(input), "cluster-node-groups", "i-1")?.severity;
    const everywhere = { ...given, severities: { "cluster-node-groups": "low" as const } };
    expect(severity(given)).toBe("high");
    expect(severity(everywhere)).toBe("low");
    expect(
      severity({
        ...everywhere,
        watched: [watchedCluster({ severities: { "cluster-node-groups": "critical" } })],
      }),
    ).toBe("critical");
  });

  it("takes regions for themselves: the same id in two regions is two clusters", () => {
    const there = inputOf({ nodes: { "i-1": tagged }, groups: twoGroups });
    const [facts] = there.regions;
    if (facts === undefined) throw new Error("no region");
    const results = judgeClusters({ ...there, regions: [facts, { ...facts, region: "us-east-1" }] });
    expect(
      results.filter(({ control }) => control === "cluster-watched").map(({ resource }) => resource.region),
    ).toEqual(["us-east-1"]);
    expect(of(results, "cluster-node-groups", "i-1")?.resource.region).toBe("eu-west-1");
  });

  it("tells nothing of an account without clusters", () => {
    expect(judgeClusters({ ...inputOf({ nodes: { "i-1": {} } }), watched: [] })).toEqual([]);
  });

  it("judges a young node from the very second its grace is over", () => {
    const judged = (age: number) =>
      of(
        judgeClusters(
          inputOf({
            nodes: { "i-1": { ...tagged, launched: new Date(now.getTime() - age * 1000).toISOString() } },
            groups: twoGroups,
          }),
        ),
        "cluster-node-groups",
        "i-1",
      );
    expect(judged(299)?.verdict).toBe("not-applicable");
    expect(judged(299)?.reason).toContain("judged from 2026-06-01T12:00:01.000Z");
    expect(judged(300)?.verdict).toBe("failed");
  });

  it("takes keys of 128 characters, values of 256, other alphabets and half a character", () => {
    const id = "名".repeat(106);
    const hostile = { [`kubernetes.io/cluster/${id}`]: "é".repeat(256), "\ud800": "\udfff", __proto__x: "" };
    const results = judgeClusters(
      inputOf({
        watched: { cluster: id },
        nodes: { "i-1": { tags: { ...hostile, ["__proto__"]: "owned" } } },
      }),
    );
    expect(of(results, "cluster-tag-value", "i-1")?.verdict).toBe("failed");
    expect(results.find(({ control }) => control === "cluster-found")?.resource.arn).toMatch(
      /^[\x21-\x7e]+$/,
    );
  });

  it("looks at a thousand clusters on one subnet without trying each with each", () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [
        `i-${at}`,
        { tags: { [`kubernetes.io/cluster/c${at}`]: "owned" }, groups: ["sg-1"] },
      ]),
    );
    const watched = Array.from({ length: 1000 }, (_, at) => watchedCluster({ cluster: `c${at}` }));
    const results = judgeClusters({ ...inputOf({ nodes, groups: { "sg-1": {} } }), watched });
    expect(results.filter(({ control }) => control === "cluster-node-groups")).toHaveLength(1000);
  });
});
