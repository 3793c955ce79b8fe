import type { ResolvedConfig } from "../lib/model/config.ts";

/** What `serverless invoke -f audit -d '{"platform":"rancher"}'` asks for; empty lists ask for all. */
export interface AuditRequest {
  readonly platforms: readonly string[];
  readonly regions: readonly string[];
}

const keys = ["platform", "region", "testAlert"] as const;

/** `{"testAlert": true}`: not an audit, a message through every route. */
export const isTestAlert = (input: unknown): boolean =>
  typeof input === "object" && input !== null && Reflect.get(input, "testAlert") === true;

/** Throws with a sentence for whoever asked: a request that was misread would look like a clean account. */
export function readAuditRequest(input: unknown, config: ResolvedConfig): AuditRequest {
  if (input === undefined || input === null || input === "") return { platforms: [], regions: [] };
  if (typeof input !== "object" || Array.isArray(input))
    throw new TypeError('expected an object such as {"platform":"rancher","region":"eu-west-1"}');
  for (const key of Object.keys(input)) {
    if (!(keys as readonly string[]).includes(key))
      throw new TypeError(`\`${key}\` cannot be asked for; \`platform\`, \`region\` and \`testAlert\` can`);
  }
  if (Object.hasOwn(input, "testAlert"))
    throw new TypeError('`testAlert` is `true` and stands alone: {"testAlert":true}');
  const platforms = listOf(Reflect.get(input, "platform"), "platform");
  const watched = new Set([...config.roles, ...config.clusters].map(({ platform }) => platform));
  for (const platform of platforms) {
    if (!watched.has(platform))
      throw new RangeError(
        `nothing of the platform \`${platform}\` is watched; watched are ${[...watched].sort().join(", ") || "none"}`,
      );
  }
  const regions = listOf(Reflect.get(input, "region"), "region");
  for (const region of regions) {
    if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/u.test(region))
      throw new RangeError(`\`${region}\` is no region, such as eu-west-1`);
  }
  return { platforms, regions };
}

function listOf(value: unknown, key: string): readonly string[] {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.every((item): item is string => typeof item === "string")) return list;
  throw new TypeError(`\`${key}\` is a text or a list of texts`);
}
