import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, type BuildResult, build, type Plugin } from "esbuild";
import { parse } from "yaml";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import { repository } from "./emulator/toolbox.ts";

export interface Bundle {
  /** Folder of the function's files, as they lie in its zip. */
  readonly folder: string;
  readonly entry: string;
  /** Bytes of all its JavaScript, and of what its start loads at once. */
  readonly bytes: number;
  readonly eagerBytes: number;
  /** The project's own sources in it, relative to the repository. */
  readonly sources: readonly string[];
  /** Sources that are loaded at once. */
  readonly eagerSources: readonly string[];
  remove(): Promise<void>;
}

type Plugins = (serverless: { service: { custom: { compiledConfig: unknown; local: boolean } } }) => Plugin[];

const require = createRequire(import.meta.url);

export interface BundleOptions {
  readonly local?: boolean;
  /** Modules to do without, each with the names that it exports: to see what they add. */
  readonly without?: Readonly<Record<string, readonly string[]>>;
}

/** A function as packaging bundles it, or `invoke local`: the options are serverless.yml's, the plugins the same. */
export async function bundleFunction(
  source: string,
  config: ResolvedConfig,
  { local = false, without = {} }: BundleOptions = {},
): Promise<Bundle> {
  const options = await esbuildOptions();
  const plugins = require(join(repository, "scripts", "esbuild-plugins.cjs")) as Plugins;
  const folder = await mkdtemp(join(tmpdir(), "rolecall-bundle-"));
  const made: BuildResult = await build({
    ...options,
    absWorkingDir: repository,
    entryPoints: [source],
    outdir: folder,
    metafile: true,
    logLevel: "error",
    plugins: [emptied(without), ...plugins({ service: { custom: { compiledConfig: config, local } } })],
  });
  const outputs = made.metafile?.outputs ?? {};
  const [main] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [""];
  const eager = new Set<string>();
  const load = (path: string): void => {
    if (eager.has(path)) return;
    eager.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === "import-statement" && outputs[next] !== undefined) load(next);
  };
  load(main);
  const sourcesOf = (paths: Iterable<string>): readonly string[] =>
    [...new Set([...paths].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {})))].toSorted();
  const sum = (paths: Iterable<string>): number =>
    [...paths].reduce((bytes, path) => bytes + (outputs[path]?.bytes ?? 0), 0);
  return {
    folder,
    entry: join(folder, main.slice(main.lastIndexOf("/") + 1)),
    bytes: sum(Object.keys(outputs)),
    eagerBytes: sum(eager),
    sources: sourcesOf(Object.keys(outputs)),
    eagerSources: sourcesOf(eager),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** In place of modules, what exports the same names and does nothing. */
const emptied = (modules: Readonly<Record<string, readonly string[]>>): Plugin => ({
  name: "emptied",
  setup(build) {
    for (const [path, names] of Object.entries(modules)) {
      const filter = new RegExp(`[\\\\/]${path.replaceAll(/[./]/g, "[$&]")}$`);
      build.onLoad({ filter }, () => ({
        contents: names.map((name) => `export const ${name} = undefined;`).join("\n"),
        loader: "js",
      }));
    }
  },
});

/** Those of serverless.yml that are esbuild's own. */
async function esbuildOptions(): Promise<BuildOptions> {
  const text = await readFile(join(repository, "serverless.yml"), "utf8");
  const { custom } = parse(text, { logLevel: "silent" }) as { custom: { esbuild: Record<string, unknown> } };
  const {
    outputFileExtension: _extension,
    exclude: _exclude,
    plugins: _plugins,
    ...options
  } = custom.esbuild;
  return options;
}
