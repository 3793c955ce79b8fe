/**
 * What the functions' bundles need beside the sources: the compiled configuration as a module, and for each
 * function its own chunks, so that EC2's client is loaded only where a region is read.
 */
const { readFileSync } = require("node:fs");
const path = require("node:path");

/** `import { compiled } from "rolecall:config"`: the JSON text of the compiled configuration. */
const compiledConfig = (config) => jsonModule("config", "compiled", config);

/** `import { template } from "rolecall:stack"`: the JSON text of what the stack's own template says of its parts. */
const watchedStack = (template) => jsonModule("stack", "template", template);

const jsonModule = (module, name, value) => ({
  name: `rolecall-${module}`,
  setup(build) {
    const namespace = `rolecall-${module}`;
    build.onResolve({ filter: new RegExp(`^rolecall:${module}$`) }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /.*/, namespace }, () => ({
      contents: `export const ${name} = ${JSON.stringify(JSON.stringify(value() ?? null))};`,
      loader: "js",
    }));
  },
});

/**
 * Without chunks esbuild puts what is imported dynamically into the bundle, whole. The chunks' names begin
 * with their function's, which is how serverless-esbuild tells what belongs into which zip.
 */
const chunksPerFunction = {
  name: "chunks-per-function",
  setup({ initialOptions }) {
    const [entry] = initialOptions.entryPoints;
    initialOptions.splitting = true;
    initialOptions.chunkNames = `${path.basename(entry, path.extname(entry))}.[hash]`;
  },
};

/**
 * The SDK describes every shape of a service in arrays at the top of one module; esbuild cannot know that
 * making an array does nothing else, and keeps them all: 557 KB of EC2's for four calls. Marked as pure, 28 KB
 * of them stay.
 */
const onlyUsedSchemas = {
  name: "only-used-schemas",
  setup(build) {
    const filter = /@aws-sdk[\\/](nested-clients|client-[\w-]+)[\\/].*schemas_0\.js$/;
    build.onLoad({ filter }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /^((?:export )?var \w+\$? = )(\[[\s\S]*?\]);$/gm,
        "$1/* @__PURE__ */ (() => $2)();",
      ),
      loader: "js",
    }));
  },
};

/** What is for `serverless invoke local` is not packaged: the condition becomes a constant. */
const localOrNot = (local) => ({
  name: "local-or-not",
  setup({ initialOptions }) {
    initialOptions.define = {
      ...initialOptions.define,
      "process.env.IS_LOCAL": JSON.stringify(String(local)),
    };
  },
});

module.exports = (serverless) => [
  localOrNot(serverless.service.custom.local === true),
  compiledConfig(() => serverless.service.custom.compiledConfig),
  watchedStack(() => serverless.service.custom.watchedStack ?? { resources: {} }),
  chunksPerFunction,
  onlyUsedSchemas,
];
module.exports.compiledConfig = compiledConfig;
