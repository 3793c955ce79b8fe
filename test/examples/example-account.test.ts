import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { run } from "../../lib/cli/main.ts";
import type { Report } from "../../lib/model/report.ts";
import { bystanders } from "../../scripts/example/bystanders.ts";
import { exampleFiles, exampleText } from "../../scripts/make-example.ts";
import { fakeIo } from "../support/fake-io.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

async function auditExample(): Promise<{ code: number; report: Report }> {
  const io = fakeIo({ cwd: root });
  const argv = [
    "audit",
    "--config",
    "examples/rolecall.yml",
    "--snapshot",
    "examples/account",
    "--format",
    "json",
  ];
  const code = await run(argv, io);
  expect(io.said.err).toBe("");
  return { code, report: JSON.parse(io.said.out) };
}

describe("the example account", () => {
  test("is what its script makes", () => {
    const files = exampleFiles();
    expect(files.size).toBe(11);
    for (const [name, value] of files)
      expect(readFileSync(`${root}examples/account/${name}`, "utf8"), name).toBe(exampleText(value));
  });

  test("has each platform set up right, and set up wrong in at least three ways", async () => {
    const { code, report } = await auditExample();
    expect(code).toBe(1);
    for (const platform of ["docker-cloud", "rancher", "ecs", "kommander"]) {
      const roles = report.results.filter(
        (result) =>
          result.platform === platform && result.resource.type === "role" && result.severity !== "info",
      );
      const wrong = roles.filter(({ verdict }) => verdict === "failed");
      const right = new Set(roles.map(({ resource }) => resource.arn));
      for (const { resource } of wrong) right.delete(resource.arn);
      expect(new Set(wrong.map(({ resource }) => resource.arn)).size, platform).toBeGreaterThanOrEqual(3);
      expect(new Set(wrong.map(({ control }) => control)).size, platform).toBeGreaterThanOrEqual(2);
      expect(right.size, platform).toBeGreaterThanOrEqual(1);
    }
    const tags = report.results.filter(
      ({ verdict, resource }) => verdict === "failed" && ["instance", "subnet"].includes(resource.type),
    );
    expect(tags.length).toBeGreaterThanOrEqual(5);
    expect(report.summary).toMatchObject({ undecided: 0, unavailable: 0 });
  });

  test("has 40 roles and more, and none that only looks alike is found fault with", async () => {
    const { report } = await auditExample();
    const details = exampleFiles().get("get-account-authorization-details.json") as {
      RoleDetailList: object[];
    };
    expect(details.RoleDetailList.length).toBeGreaterThanOrEqual(40);
    const names = new Set(bystanders.map(({ name }) => name));
    expect(names.size).toBeGreaterThanOrEqual(20);
    const blamed = report.results.filter(
      ({ verdict, resource }) =>
        verdict !== "passed" && names.has(resource.arn.slice(resource.arn.lastIndexOf("/") + 1)),
    );
    expect(blamed).toEqual([]);
  });

  test("is shown by `rolecall demo`, which exits 0", async () => {
    const io = fakeIo();
    expect(await run(["demo"], io)).toBe(0);
    expect(io.said.out).toContain("role kommander-staging");
    expect(io.said.err).toBe("");
  });
});
