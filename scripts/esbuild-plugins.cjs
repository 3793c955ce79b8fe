/**
 * What the functions' bundles need beside the sources: the compiled configuration as a module, and for each
 * function its own chunks, so that EC2's client is loaded only where a region is read.
 */
const path = require("node:path");

/** `import config from "rolecall:config"`: the JSON text of the compiled configuration. */
const compiledConfig = (config) => ({
  name: "compiled-config",
  setup(build) {
    build.onResolve({ filter: /^rolecall:config$/ }, ({ path }) => ({ path, namespace: "rolecall" }));
    build.onLoad({ filter: /.*/, namespace: "rolecall" }, () => ({
      contents: JSON.stringify(config()),
      loader: "text",
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

module.exports = (serverless) => [
  compiledConfig(() => serverless.service.custom.compiledConfig),
  chunksPerFunction,
];
module.exports.compiledConfig = compiledConfig;
