import { describe, expect, test } from "vitest";
import { readAuditRequest } from "../../functions/audit-request.ts";
import { loadConfig } from "../../lib/config/load-config.ts";

const compiled = loadConfig("examples/documented-names.yml");
if (!compiled.ok) throw new Error("the example configuration is wrong");
const { config } = compiled;

describe("a request for an audit", () => {
  test.each([[undefined], [null], [""], [{}]])("that asks for nothing special (%j) asks for all", (input) => {
    expect(readAuditRequest(input, config)).toEqual({ platforms: [], regions: [] });
  });

  test("may name platforms and regions, one or many", () => {
    expect(readAuditRequest({ platform: "ecs", region: ["eu-west-1", "us-gov-west-1"] }, config)).toEqual({
      platforms: ["ecs"],
      regions: ["eu-west-1", "us-gov-west-1"],
    });
  });

  test.each([
    [{ platfrom: "ecs" }, "`platfrom` cannot be asked for"],
    [{ platform: "rancer" }, "nothing of the platform `rancer` is watched"],
    [{ platform: 3 }, "`platform` is a text or a list of texts"],
    [{ region: "Ireland" }, "`Ireland` is no region"],
    [["ecs"], "expected an object"],
    ["ecs", "expected an object"],
  ])("that would be misread (%j) is refused with a sentence", (input, sentence) => {
    expect(() => readAuditRequest(input, config)).toThrow(sentence);
  });
});
