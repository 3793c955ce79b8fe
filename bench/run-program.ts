import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runProcess } from "../test/support/run-process.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "bin/rolecall.js");

/** What a program said. */
interface Ran {
  readonly code: number | null;
  readonly out: string;
}

export interface Programs {
  readonly folder: string;
  /** The command line as it is installed, freshly built. */
  rolecall(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** The most memory that a call of it held, in MiB. */
  memory(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<number>;
  /** A program of bench/, bundled as the command line is. */
  floor(name: string, argv?: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Node itself, doing nothing. */
  nothing(): Promise<Ran>;
  close(): void;
}

export async function openPrograms(): Promise<Programs> {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-bench-"));
  execFileSync(process.execPath, [join(root, "scripts/build.mjs")]);
  const built = new Map<string, string>();
  return {
    folder,
    rolecall: (argv, env) => run([bin, ...argv], verdicts, env),
    memory: async (argv, env) => {
      const { err } = await run(["--import", tellRss, bin, ...argv], verdicts, env);
      return Number(/rss=(\d+)$/.exec(err)?.[1]) / 1024;
    },
    floor: async (name, argv = [], env) => {
      const file = built.get(name) ?? (await bundle(name, folder));
      built.set(name, file);
      return run([file, ...argv], [0], env);
    },
    nothing: () => run(["-e", "0"], [0]),
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

/** Writes the process's own peak, in KiB, when it ends. */
const tellRss = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(2, "rss=" + process.resourceUsage().maxRSS));',
)}`;

/** What an audit or a help may end with. */
const verdicts: readonly number[] = [0, 1, 3];

/** Throws for a program that ended otherwise, or said nothing: its time would be no figure. */
export async function run(
  argv: readonly string[],
  codes: readonly number[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ran & { readonly err: string }> {
  const ran = await runProcess(process.execPath, argv, {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...env,
    },
  });
  const ended = ran.code !== null && codes.includes(ran.code);
  const said = ran.code === 0 || ran.out !== "";
  if (!ended || !said) throw new Error(`${argv.join(" ")} failed (${ran.code}): ${ran.err}`);
  return ran;
}
