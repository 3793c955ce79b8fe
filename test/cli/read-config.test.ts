import { expect, test } from "vitest";
import { fillSecrets } from "../../lib/cli/read-config.ts";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { fakeIo } from "../support/fake-io.ts";

test("a parameter that cannot be read is told with its reason and the line that asks for it", async () => {
  const text =
    "version: 1\nroles:\n  - role: ours\n    profile: any\n    externalId: ${ssm:/rolecall/ours}\n";
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: Buffer.from(text) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  const refused = fillSecrets(compiled.config, fakeIo(), async (names, unread) => {
    for (const name of names) unread(name, "AccessDeniedException");
    return new Map();
  });
  await expect(refused).rejects.toThrow(
    "the parameter `/rolecall/ours` cannot be read from SSM (AccessDeniedException); it is asked for in rolecall.yml:3",
  );
});
