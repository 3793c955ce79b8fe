import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogueFiles } from "../../lib/config/catalogue-files.ts";
import { readCatalogue } from "../../lib/config/read-catalogue.ts";

const files = catalogueFiles(join(new URL("../..", import.meta.url).pathname, "baselines"));
const ecs = files.find(({ file }) => file.endsWith("ecs.yml"));
const text = Buffer.from(ecs?.bytes ?? []).toString();

/** Errors of the ECS baseline with one thing in it changed. */
function faults(from: string | RegExp, to: string): readonly string[] {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const read = readCatalogue([{ file: "ecs.yml", bytes: Buffer.from(changed) }]);
  return read.ok ? [] : read.errors.map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split("\n").length;

describe("the baselines", () => {
  test("are read, a platform each, every entry with its source and date", () => {
    const read = readCatalogue(files);
    expect(read.ok ? [] : read.errors).toEqual([]);
    const catalogue = read.ok ? read.catalogue : [];
    expect(catalogue.map(({ platform }) => platform)).toEqual(
      expect.arrayContaining(["docker-cloud", "ecs", "kommander", "rancher"]),
    );
    for (const entry of catalogue.flatMap(({ entries }) => entries)) {
      expect(entry.source.length).toBeGreaterThan(10);
      expect(entry.date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(entry.version).toBeGreaterThanOrEqual(1);
    }
  });

  test("say what the documents say: so many statements and actions", () => {
    const read = readCatalogue(files);
    const counts = (platform: string, policies: readonly string[]) =>
      policies.flatMap((policy) => {
        const found = (read.ok ? read.catalogue : []).find((each) => each.platform === platform);
        const statements = found?.policies[policy]?.document["Statement"] as readonly { Action: unknown }[];
        return statements.map(({ Action: actions }) => (Array.isArray(actions) ? actions.length : 1));
      });
    expect(counts("rancher", ["controlplane"])).toEqual([53]);
    expect(counts("rancher", ["worker"])).toEqual([9]);
    expect(counts("kommander", ["cluster", "eks"])).toEqual([
      67, 6, 1, 1, 1, 1, 3, 1, 1, 1, 1, 2, 1, 14, 10, 1, 2,
    ]);
    expect(counts("ecs", ["AmazonEC2ContainerServiceforEC2Role"])).toEqual([15, 1, 1]);
  });
});

describe("a baseline that is wrong", () => {
  test.each([
    [
      "an unknown key",
      "title: Amazon ECS",
      "titel: Amazon ECS",
      "unknown key `titel`, did you mean `title`?",
    ],
    [
      "a policy that there is none of",
      "trust: [{ policy: ssm-trust }]",
      "trust: [{ policy: smm-trust }]",
      "unknown policy `smm-trust`, did you mean `ssm-trust`?",
    ],
    [
      "a parameter that there is none of",
      "when: { anywhere: true }",
      "when: { anywere: true }",
      "unknown parameter `anywere`, did you mean `anywhere`?",
    ],
    ["an unknown mode", "mode: exactly", "mode: exact", "unknown value `exact`, did you mean `exactly`?"],
    ["a wrong effect", "- Effect: Allow", "- Effect: Alow", "neither `Allow` nor `Deny`"],
    [
      "an unknown name",
      "arn:{{partition}}:ecs:*:*:task/*/*",
      "arn:{{part}}:ecs:*:*:task/*/*",
      "unknown name `part`",
    ],
  ])("%s", (_, from, to, message) => {
    const all = faults(from, to);
    expect(all.join("\n")).toContain(message);
    expect(all.join("\n")).toMatch(/ecs\.yml:\d+:/);
  });

  test("is told where it is wrong", () => {
    expect(faults("mode: exactly", "mode: exact")[0]).toContain(`ecs.yml:${lineOf("mode: exactly")}:`);
  });
});
