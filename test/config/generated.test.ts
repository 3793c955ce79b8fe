import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generated } from "../../scripts/generated-files.ts";

const root = new URL("../..", import.meta.url).pathname;

test.each(generated(root))("$path is current: npm run generate writes it", ({ path, text }) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});
