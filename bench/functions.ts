import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { loadConfig } from "../lib/config/load-config.ts";
import { type Bundle, type BundleOptions, bundleFunction } from "../test/support/bundle-function.ts";
import { lambdaNode, repository } from "../test/support/emulator/toolbox.ts";
import { type Bench, below, type Figure, withinFloor } from "./figure.ts";
import { median } from "./statistics.ts";

const run = promisify(execFile);

/** What each function builds when it starts: package and client. EC2's, and Lambda's where it is used at the end, are not among them. */
const functions = {
  "on-change": { iam: "IAMClient", dynamodb: "DynamoDBClient", sqs: "SQSClient" },
  "on-schedule": { lambda: "LambdaClient" },
  "on-audit": { iam: "IAMClient", dynamodb: "DynamoDBClient", sqs: "SQSClient" },
  audit: { iam: "IAMClient" },
  notify: { dynamodb: "DynamoDBClient", sns: "SNSClient" },
} as const;
const names = Object.keys(functions) as (keyof typeof functions)[];

const megabyte = 1_000_000;

/** All of a function's JavaScript, as it lies in its zip. */
export const functionBundles: Bench = {
  figures: names.map((name) => `bundle-${name}`),
  run: () =>
    withBundles(async (bundles) =>
      [...bundles].map(([name, { bytes }]) =>
        below({ name: `bundle-${name}`, value: bytes / megabyte, unit: "MB" }, 1.2),
      ),
    ),
};

/** The engine's doors, by which a function gets all of it. */
const engineDoors = {
  "lib/policy/compare.ts": ["compare"],
  "lib/policy/evaluate/evaluate.ts": ["evaluate"],
  "lib/policy/evaluate/principal.ts": ["matchPrincipals"],
};

/** What the policy engine adds to the function that it adds most to: its bytes, less those that it has without. */
export const engineBundle: Bench = {
  figures: ["engine-bundle"],
  run: () =>
    withBundles((bundles) =>
      withBundles(
        async (others) => {
          const added = [...bundles].map(([name, { bytes }]) => bytes - (others.get(name)?.bytes ?? 0));
          return [below({ name: "engine-bundle", value: Math.max(...added) / 1000, unit: "KB" }, 60)];
        },
        { without: engineDoors },
      ),
    ),
};

const turns = 15;

/** From an empty process to a function that can be called, against a bare handler that builds the same clients. */
export const coldStarts: Bench = {
  figures: names.map((name) => `cold-start-${name}`),
  run: () =>
    withBundles(async (bundles) => {
      const figures: Figure[] = [];
      const folder = await mkdtemp(join(tmpdir(), "rolecall-floor-"));
      const node = join(await lambdaNode(), "node");
      try {
        for (const [name, { entry, folder: home }] of bundles) {
          await writeFile(join(home, "package.json"), '{"type":"module"}');
          const floor = await bareHandler(name, folder);
          const times = { subject: [] as number[], floor: [] as number[] };
          for (let turn = 0; turn <= turns; turn++) {
            const [bare, whole] = [await start(node, floor), await start(node, entry)];
            if (turn === 0) continue;
            times.floor.push(bare);
            times.subject.push(whole);
          }
          const value = median(times.subject);
          figures.push(
            withinFloor({ name: `cold-start-${name}`, value, unit: "ms" }, median(times.floor), 1.25),
          );
        }
        return figures;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
};

/** The clients and nothing else, bundled as anybody would: without the plugin that drops unused shapes. */
async function bareHandler(name: keyof typeof functions, folder: string): Promise<string> {
  const clients = Object.entries(functions[name]);
  const source = [
    ...clients.map(([service, client]) => `import { ${client} } from "@aws-sdk/client-${service}";`),
    `const clients = [${clients.map(([, client]) => `new ${client}({})`).join(", ")}];`,
    "export const handler = async () => clients.length;",
  ].join("\n");
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: repository },
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return outfile;
}

const loader =
  "const t = performance.now(); await import(process.argv[1]); console.log(performance.now() - t);";

async function start(node: string, file: string): Promise<number> {
  const { stdout } = await run(node, ["--input-type=module", "-e", loader, file], {
    env: { ...parts, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" },
  });
  return Number(stdout.trim().split("\n").at(-1));
}

/** As the stack would set them. */
const parts = {
  LEDGER_TABLE: "ledger",
  CHANGES_QUEUE: "http://127.0.0.1:9/changes",
  NOTIFY_FUNCTION: "notify",
  AUDIT_FUNCTION: "audit",
  ALERTS_TOPIC: "arn:aws:sns:us-east-1:111122223333:alerts",
  REPORTS_BUCKET: "reports",
  SETTLE_SECONDS: "180",
  COLLECT_SECONDS: "10",
};

async function withBundles(
  measure: (bundles: ReadonlyMap<keyof typeof functions, Bundle>) => Promise<readonly Figure[]>,
  options: BundleOptions = {},
): Promise<readonly Figure[]> {
  const compiled = loadConfig(join(repository, "examples", "documented-names.yml"));
  if (!compiled.ok) throw new Error("examples/documented-names.yml is wrong: npx rolecall check");
  const bundles = new Map<keyof typeof functions, Bundle>();
  try {
    for (const name of names)
      bundles.set(name, await bundleFunction(`functions/${name}.ts`, compiled.config, options));
    return await measure(bundles);
  } finally {
    for (const bundle of bundles.values()) await bundle.remove();
  }
}
