import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { selfControlIds } from "../../lib/controls/self/judge-self.ts";

const text = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "{{account}}" }, Action: "sts:AssumeRole" }],
});

test("the configuration that docs/configuration.md shows is right", () => {
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? "");
  expect(blocks).toHaveLength(5);
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: Buffer.from(blocks.join("")) },
    {
      catalogue,
      controls: controlIds,
      selfControls: selfControlIds,
      read: (path) => Buffer.from(path.includes("trust") ? trust : document),
    },
  );
  expect(compiled.ok ? [] : compiled.errors).toEqual([]);
});
