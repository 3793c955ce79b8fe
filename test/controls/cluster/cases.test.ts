import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgeClusters } from "../../../lib/controls/cluster/judge-clusters.ts";
import { clusterControlInfos } from "../../../lib/controls/cluster/registry.ts";
import type { Result } from "../../../lib/model/result.ts";
import { type ClusterCase, inputOf } from "./case.ts";

const folder = new URL("../../cases/cluster/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const casesOf = (control: string): readonly ClusterCase[] =>
  JSON.parse(readFileSync(new URL(`${control}.json`, folder), "utf8"));

const idOf = ({ resource }: Result): string =>
  decodeURIComponent(resource.arn.slice(resource.arn.indexOf("/") + 1));

describe("every cluster control", () => {
  it("has a file of cases, and every file a control", () => {
    expect(files.toSorted()).toEqual(clusterControlInfos.map(({ id }) => `${id}.json`).toSorted());
  });

  // A cluster that is watched is silent about being so: nothing is there to pass.
  it.each(clusterControlInfos.map(({ id }) => id).filter((id) => id !== "cluster-watched"))(
    "%s has a case that passes and one that fails",
    (control) => {
      const verdicts = casesOf(control).flatMap(({ expect: wanted }) => Object.values(wanted));
      expect(verdicts).toContain("passed");
      expect(verdicts).toContain("failed");
    },
  );
});

describe.each(clusterControlInfos)("$id", ({ id, severity }) => {
  it.each(casesOf(id).map((each) => [each.name, each] as const))("%s", (_, given) => {
    const results = judgeClusters(inputOf(given)).filter(({ control }) => control === id);
    const verdicts = results.map((result) => [
      idOf(result),
      result.severity === severity ? result.verdict : `${result.verdict} ${result.severity}`,
    ]);
    expect(Object.fromEntries(verdicts)).toEqual(given.expect);
    expect(verdicts).toHaveLength(Object.keys(given.expect).length);
    const told = results
      .filter(({ verdict }) => verdict === "failed" || verdict === "unavailable")
      .flatMap(({ detail, consequence, reason, remediation }) => [
        detail,
        consequence ?? "",
        reason ?? "",
        ...remediation.flatMap(({ text, command }) => [text, command ?? ""]),
      ])
      .join("\n");
    for (const text of given.says ?? []) expect(told).toContain(text);
  });
});
