/**
 * What the stack is made from, beside its YAML: the compiled configuration and the watched events. Bundled
 * and loaded by the plugin when the stack is packaged.
 */
export { topicRoutes } from "../lib/aws/topic-routes.ts";
export { eventPatterns, patternLimit } from "../lib/change/patterns.ts";
export { loadConfig } from "../lib/config/load-config.ts";
export { secretsOf } from "../lib/config/resolve-secrets.ts";
export { secretPlace } from "../lib/config/secret-place.ts";
export { watchedTemplate } from "../lib/controls/self/template.ts";
export { unreached } from "../lib/notify/unreached.ts";
export { tooLong, wrongParams } from "./stack-params.ts";
