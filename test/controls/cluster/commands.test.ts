import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeClusters } from "../../../lib/controls/cluster/judge-clusters.ts";
import type { Result } from "../../../lib/model/result.ts";
import { inputOf } from "./case.ts";

const prefix = "kubernetes.io/cluster/";

/** The arguments that `aws` gets when a shell runs the command, one list for each call. */
function argumentsOf(command: string): readonly (readonly string[])[] {
  const said = execFileSync("sh", ["-c", `aws() { printf '%s\\0' "$@"; printf '\\1'; }; ${command}`], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "" },
  });
  return said
    .split("\u0001")
    .filter((call) => call !== "")
    .map((call) => call.split("\0").slice(0, -1));
}

/** What `--tags` sets or deletes, from the CLI's shorthand or its JSON. */
function tagsGiven(args: readonly string[]): readonly (readonly [string, string | undefined])[] {
  const given = args.slice(args.indexOf("--tags") + 1);
  const [first = ""] = given;
  if (first.startsWith("["))
    return JSON.parse(first).map(({ Key, Value }: { Key: string; Value?: string }) => [Key, Value]);
  return given.map((word) => {
    const [, key = "", value] = /^Key=([^,]*)(?:,Value=(.*))?$/.exec(word) ?? [];
    return [key, value];
  });
}

const commandsOf = (results: readonly Result[], control: string): readonly string[] =>
  results
    .filter((result) => result.control === control && result.verdict === "failed")
    .flatMap(({ remediation }) => remediation.flatMap(({ command }) => command ?? []));

describe("a command that mends a tag", () => {
  it("says the same to the CLI whatever the cluster is called", () => {
    fc.assert(
      fc.property(
        fc
          .string({
            unit: fc.constantFrom(..."ab'\"$`\\ ,={}[]()!;&|<>*?~#\né名\u202e"),
            maxLength: 20,
          })
          .map((id) => `x${id}`),
        (cluster) => {
          const results = judgeClusters(
            inputOf({
              watched: { cluster },
              nodes: { "i-1": { tags: {}, groups: ["sg-1"] } },
              groups: { "sg-1": { tags: { [prefix + cluster]: "owned" } } },
            }),
          );
          const [command = ""] = commandsOf(results, "cluster-node-tagged");
          const [call = []] = argumentsOf(command);
          expect(call.slice(0, 7).join(" ")).toBe(
            "ec2 create-tags --region eu-west-1 --resources i-1 --tags",
          );
          expect(tagsGiven(call)).toEqual([[prefix + cluster, "owned"]]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("sets the right key before it deletes the mistaken one", () => {
    const results = judgeClusters(inputOf({ nodes: { "i-1": { tags: { [`${prefix}C1`]: "owned" } } } }));
    const [command = ""] = commandsOf(results, "cluster-tag-case");
    const calls = argumentsOf(command);
    expect(calls.map(([, verb]) => verb)).toEqual(["create-tags", "delete-tags"]);
    expect(calls.map(tagsGiven)).toEqual([[[`${prefix}c1`, "owned"]], [[`${prefix}C1`, undefined]]]);
  });

  it("keeps every other tag: only keys of clusters are deleted", () => {
    const results = judgeClusters(
      inputOf({
        nodes: {
          "i-1": {
            tags: { Name: "n", [`${prefix}c1`]: "owned", [`${prefix}c2`]: "owned" },
            groups: ["sg-1", "sg-2"],
          },
        },
        groups: {
          "sg-1": { tags: { Name: "a", [`${prefix}c1`]: "owned" } },
          "sg-2": { tags: { Name: "b", [`${prefix}c1`]: "owned" } },
        },
      }),
    );
    const deleted = results
      .flatMap(({ remediation }) => remediation.flatMap(({ command }) => command ?? []))
      .flatMap(argumentsOf)
      .filter(([, verb]) => verb === "delete-tags")
      .flatMap(tagsGiven);
    expect(deleted.length).toBeGreaterThanOrEqual(4);
    for (const [key] of deleted) expect(key).toMatch(/^kubernetes\.io\/cluster\//);
  });

  it("is not given for an id that is none of EC2's", () => {
    const results = judgeClusters(
      inputOf({ nodes: { "--profile=x": { tags: { [prefix]: "owned", [`${prefix}C1`]: "owned" } } } }),
    );
    expect(results.some(({ verdict }) => verdict === "failed")).toBe(true);
    for (const command of results.flatMap(({ remediation }) => remediation.flatMap((s) => s.command ?? [])))
      expect(command).not.toContain("--profile");
  });

  it("gives no node a second tagged group", () => {
    const givenOf = (cluster: string, control: string) => {
      const results = judgeClusters(
        inputOf({
          watched: { cluster },
          nodes: {
            "i-1": { tags: { [`${prefix}c1`]: "owned" }, groups: ["sg-1", "sg-2"] },
            "i-2": { tags: { [`${prefix}c2`]: "owned" }, groups: ["sg-3"] },
          },
          groups: {
            "sg-1": { tags: { [`${prefix}c1`]: "owned" } },
            "sg-2": { tags: { [`${prefix}c2`]: "owned" } },
            "sg-3": { tags: { [`${prefix}c2`]: "owned" } },
          },
        }),
      );
      const calls = commandsOf(results, control).flatMap(argumentsOf);
      return calls.map((call) => [call[1], call[5], ...tagsGiven(call)]);
    };
    expect(givenOf("c1", "cluster-one-id")).toEqual([["delete-tags", "sg-2", [`${prefix}c2`, undefined]]]);
    expect(givenOf("c2", "cluster-ownership")).toEqual([["create-tags", "sg-2", [`${prefix}c2`, "shared"]]]);
  });

  it("takes no tag away from a cluster whose nodes are there", () => {
    const results = judgeClusters(
      inputOf({
        nodes: {
          "i-1": { tags: { [`${prefix}c1`]: "owned" }, groups: ["sg-2"], subnet: "subnet-2" },
          "i-2": { tags: { [`${prefix}c2`]: "owned" }, groups: ["sg-2"], subnet: "subnet-2" },
        },
        groups: { "sg-2": { tags: { [`${prefix}c2`]: "owned" } } },
        subnets: { "subnet-2": { tags: { [`${prefix}c2`]: "shared" } } },
      }),
    );
    for (const control of ["cluster-one-id", "cluster-subnet-tagged"]) {
      const ofShared = results.filter(({ resource }) => !resource.arn.includes("instance/"));
      const calls = commandsOf(ofShared, control).flatMap(argumentsOf);
      expect(calls.map(([, verb]) => verb)).toEqual(["create-tags"]);
      expect(calls.flatMap(tagsGiven)).toContainEqual([`${prefix}c1`, "shared"]);
    }
  });

  it("says so when the resource has no room for another tag", () => {
    const full = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key-${at}`, "x".repeat(256)]));
    const judged = (tags: Record<string, string>) =>
      judgeClusters(
        inputOf({
          nodes: { "i-1": { tags, groups: ["sg-1"] } },
          groups: { "sg-1": { tags: { [`${prefix}c1`]: "owned" } } },
        }),
      )
        .filter(({ control, verdict }) => control === "cluster-node-tagged" && verdict === "failed")
        .flatMap(({ remediation }) => remediation.map(({ text }) => text))
        .join();
    expect(judged(full)).toContain("i-1 already has 50 tags, AWS's limit");
    const { "key-0": _, ...less } = full;
    expect(judged({ ...less, "aws:ec2:fleet-id": "f" })).not.toContain("limit");
  });
});
