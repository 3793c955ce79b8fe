import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What a program took and said. */
interface Ran {
  readonly code: number | null;
  /** The most memory it held, in MiB. */
  readonly rss: number;
  readonly out: string;
}

export interface Programs {
  readonly folder: string;
  /** The command line as it is installed, freshly built. */
  rolecall(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** A program of bench/, bundled as the command line is. */
  floor(name: string, argv?: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  close(): void;
}

export async function openPrograms(): Promise<Programs> {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-bench-"));
  execFileSync(process.execPath, [join(root, "scripts/build.mjs")]);
  const built = new Map<string, string>();
  return {
    folder,
    rolecall: (argv, env) => run([join(root, "bin/rolecall.js"), ...argv], env),
    floor: async (name, argv = [], env) => {
      const file = built.get(name) ?? (await bundle(name, folder));
      built.set(name, file);
      return run([file, ...argv], env);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function bundle(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "error",
  });
  return outfile;
}

/** Writes the process's own peak on a fourth descriptor when it ends. */
const tellRss = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));',
)}`;

function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", tellRss, ...argv], {
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const said = ["", "", ""];
    for (const [index, stream] of [child.stdout, child.stderr, child.stdio[3]].entries())
      stream?.on("data", (chunk: Buffer) => {
        said[index] += chunk.toString();
      });
    child.on("error", reject);
    child.on("close", (code) => {
      const [out = "", err = "", rss] = said;
      if (code === 2 || rss === "") reject(new Error(`${argv.join(" ")} failed (${code}): ${err}`));
      else resolve({ code, rss: Number(rss) / 1024, out });
    });
  });
}
