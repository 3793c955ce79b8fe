import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { catalogueFiles } from "../../lib/config/catalogue-files.ts";

const root = new URL("../..", import.meta.url).pathname;
const schema = (path: string) =>
  new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(join(root, path), "utf8")));
const config = schema("lib/config/rolecall.schema.json");
const baseline = schema("baselines/baseline.schema.json");

const sketch = `
version: 1
platforms:
  docker-cloud:
    - role: dockercloud-role
      expect: documented
      externalId: \${env:DOCKERCLOUD_ID}
      region: us-west-2
  rancher:
    - cluster: c-x7k2p
      region: eu-west-1
      roles: { controlplane: rancher-controlplane, worker: rancher-worker* }
  ecs:
    - role: ecsInstanceRole
      s3ReadOnly: allowed
  kommander:
    - role: kommander-*
roles:
  - role: ci-deployer
    trust: ./baselines/ci-trust.json
    permissions: { atMost: ./baselines/ci-permissions.json }
    profile: none
suppressions:
  - finding: rc-00000000000000000000000000000000@00000000000000000000000000000000
    owner: platform-team@example.com
    reason: migration, ticket OPS-812
    until: "2027-01-31"
`;

describe("the schema of rolecall.yml, for editors", () => {
  test("takes a configuration", () => {
    expect(config(parse(sketch)), JSON.stringify(config.errors)).toBe(true);
  });

  test.each([
    ["an unknown key", "version: 1\nplatfroms: {}\n"],
    ["an unknown platform", "version: 1\nplatforms: { docker: [] }\n"],
    ["an unknown parameter", "version: 1\nplatforms: { ecs: [{ role: a, anywere: true }] }\n"],
    ["a value that is none", "version: 1\nplatforms: { rancher: [{ role: a, node: master }] }\n"],
    ["a severity that is none", "version: 1\nseverities: { trust-excess: bad }\n"],
  ])("refuses %s", (_, text) => {
    expect(config(parse(text))).toBe(false);
  });
});

describe("the schema of baselines, for editors", () => {
  const files = catalogueFiles(join(root, "baselines"));

  test("there are baselines", () => expect(files.length).toBeGreaterThanOrEqual(4));

  test.each(files.map(({ file, bytes }) => [file, Buffer.from(bytes).toString()] as const))(
    "takes %s",
    (_, text) => {
      expect(baseline(parse(text, { merge: false })), JSON.stringify(baseline.errors)).toBe(true);
    },
  );
});
