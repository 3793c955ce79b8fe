/**
 * What the functions' bundles need beside the sources: the compiled configuration as a module, and for each
 * function its own chunks, so that EC2's client is loaded only where a region is read.
 */
const path = require("node:path");

/** `import { compiled } from "rolecall:config"`: the JSON text of the compiled configuration. */
const compiledConfig = (config) => ({
  name: "compiled-config",
  setup(build) {
    build.onResolve({ filter: /^rolecall:config$/ }, ({ path }) => ({ path, namespace: "rolecall" }));
    build.onLoad({ filter: /.*/, namespace: "rolecall" }, () => ({
      contents: `export const compiled = ${JSON.stringify(JSON.stringify(config()))};`,
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
  chunksPerFunction,
];
module.exports.compiledConfig = compiledConfig;
