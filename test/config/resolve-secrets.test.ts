import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { resolveSecrets, secretsOf } from "../../lib/config/resolve-secrets.ts";
import { controlIds } from "../../lib/controls/registry.ts";

const text = `version: 1
platforms:
  docker-cloud:
    - { role: a, externalId: "\${env:ONE}" }
    - { role: b, externalId: "\${ssm:/two}" }
    - { role: c, externalId: literal-value }
    - { role: d, externalId: "\${env:ONE}" }
`;
const compiled = compileConfig(
  { file: "rolecall.yml", bytes: Buffer.from(text) },
  { catalogue, controls: controlIds, read: () => undefined },
);
if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
const { config } = compiled;

describe("secrets", () => {
  test("stay references until they are resolved, each asked for once", () => {
    expect(secretsOf(config)).toEqual([
      { from: "env", name: "ONE" },
      { from: "ssm", name: "/two" },
    ]);
  });

  test("are filled in from where they are", () => {
    const resolved = resolveSecrets(config, (from, name) => `${from}-${name}`);
    expect(resolved.ok && resolved.config.roles.map(({ externalId }) => externalId?.value)).toEqual([
      "env-ONE",
      "ssm-/two",
      "literal-value",
      "env-ONE",
    ]);
  });

  test("that have no value are all told, each once", () => {
    expect(resolveSecrets(config, () => undefined)).toEqual({
      ok: false,
      missing: [
        { from: "env", name: "ONE", unfit: false },
        { from: "ssm", name: "/two", unfit: false },
      ],
    });
  });

  test.each(["a b", "x", "${aws:username}", "acme*", "a\nb"])(
    "that AWS would not take are told: %j",
    (value) => {
      const resolved = resolveSecrets(config, (from) => (from === "env" ? value : "fine"));
      expect(resolved).toEqual({ ok: false, missing: [{ from: "env", name: "ONE", unfit: true }] });
    },
  );
});
