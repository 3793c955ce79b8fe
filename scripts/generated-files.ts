import { join } from "node:path";
import * as z from "zod/mini";
import { forwarderTemplate } from "../lib/change/forwarder.ts";
import type { Catalogue } from "../lib/config/catalogue.ts";
import { catalogueFiles } from "../lib/config/catalogue-files.ts";
import { platformSchema } from "../lib/config/catalogue-schema.ts";
import { configSchema } from "../lib/config/config-schema.ts";
import { readCatalogue } from "../lib/config/read-catalogue.ts";
import { controlsDoc } from "./controls-doc.ts";

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** All files that are made from others: a test holds them current, `npm run generate` writes them. */
export function generated(root: string): readonly GeneratedFile[] {
  const read = readCatalogue(catalogueFiles(join(root, "baselines")));
  if (!read.ok) {
    const lines = read.errors.map((e) => `${e.file}:${e.line}:${e.column}: ${e.message}`);
    throw new Error(`the baselines are not valid:\n${lines.join("\n")}`);
  }
  const { catalogue } = read;
  return [
    { path: "lib/config/catalogue.generated.ts", text: catalogueModule(catalogue) },
    { path: "lib/config/rolecall.schema.json", text: schema("rolecall.yml", configSchema(catalogue)) },
    { path: "baselines/baseline.schema.json", text: schema("A file in baselines/", platformSchema) },
    { path: "docs/controls.md", text: controlsDoc(root, catalogue) },
    { path: "forwarder.yml", text: forwarderTemplate() },
  ];
}

const catalogueModule = (catalogue: Catalogue): string =>
  `// Made from baselines/*.yml by npm run generate.
import type { Catalogue } from "./catalogue.ts";

export const catalogue: Catalogue = ${JSON.stringify(catalogue, undefined, 1)};
`;

function schema(title: string, type: z.ZodMiniType): string {
  const { $schema, ...rest } = z.toJSONSchema(type, { target: "draft-7", io: "input" });
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`;
}
