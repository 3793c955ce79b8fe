import { type Severity, severities, severityRank } from "../model/severity.ts";
import type { Digest } from "./alert.ts";
import { countsOf } from "./count.ts";

/** Which alerts go to which webhook. A route without conditions takes all. */
export interface SlackRoute {
  /** Secret: never logged, never in an error. */
  readonly url: string;
  readonly atLeast?: Severity;
  readonly platforms?: readonly string[];
}

export type SlackRoutes =
  | { readonly ok: true; readonly routes: readonly SlackRoute[] }
  /** No value of the secret is quoted in it. */
  | { readonly ok: false; readonly error: string };

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and GovSlack's host. */
const hosts = ["hooks.slack.com", "hooks.slack-gov.com"];

/**
 * Reads the secret that says where Slack's alerts go: a webhook's URL, or a JSON list of routes
 * `[{"url": "https://hooks.slack.com/…", "atLeast": "high", "platforms": ["rancher"]}]`. Every route that
 * fits an alert gets it. `otherHosts` are accepted as well (tests).
 */
export function readSlackRoutes(secret: string, otherHosts: readonly string[] = []): SlackRoutes {
  const text = secret.trim();
  if (!text.startsWith("[")) return checked([{ url: text }], otherHosts);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, error: "the Slack secret starts like a JSON list of routes and is not valid JSON" };
  }
  return checked(Array.isArray(value) ? value : [], otherHosts);
}

function checked(items: readonly unknown[], otherHosts: readonly string[]): SlackRoutes {
  if (items.length === 0) return { ok: false, error: "the Slack secret names no route" };
  const routes: SlackRoute[] = [];
  for (const [index, item] of items.entries()) {
    const route = readRoute(item, otherHosts);
    if (typeof route === "string")
      return { ok: false, error: `route ${index + 1} of the Slack secret: ${route}` };
    routes.push(route);
  }
  return { ok: true, routes };
}

function readRoute(item: unknown, otherHosts: readonly string[]): SlackRoute | string {
  if (typeof item !== "object" || item === null) return "not an object";
  const { url, atLeast, platforms, ...unknown } = item as Record<string, unknown>;
  const [stray] = Object.keys(unknown);
  if (stray !== undefined) return "it has a key other than `url`, `atLeast` and `platforms`";
  if (typeof url !== "string" || !isWebhook(url, otherHosts))
    return `\`url\` is not an https address at ${hosts.join(" or ")}`;
  if (atLeast !== undefined && !isSeverity(atLeast)) return `\`atLeast\` is none of ${severities.join(", ")}`;
  if (platforms !== undefined && !isNames(platforms)) return "`platforms` is not a list of names";
  return {
    url,
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(platforms === undefined ? {} : { platforms }),
  };
}

function isWebhook(text: string, otherHosts: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, host } = new URL(text);
  return (protocol === "https:" && hosts.includes(hostname)) || otherHosts.includes(host);
}
const isSeverity = (value: unknown): value is Severity => severities.some((severity) => severity === value);
const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string");

/** What of a digest a route takes; undefined when nothing does. A test asks every route whether it arrives. */
export function routed(digest: Digest, route: SlackRoute): Digest | undefined {
  if (digest.kind === "test") return digest;
  if (route.atLeast === undefined && route.platforms === undefined) return digest;
  const takes = (severity: Severity, platform: string) =>
    (route.atLeast === undefined || severityRank(severity) >= severityRank(route.atLeast)) &&
    (route.platforms === undefined || route.platforms.includes(platform));
  const alerts = digest.alerts.filter(({ result }) => takes(result.severity, result.platform));
  const rest = digest.rest.filter(({ severity, platform }) => takes(severity, platform));
  const listed = [...alerts.map(({ result, transition }) => ({ ...result, transition })), ...rest];
  // The digest counts more than it lists: what is only counted must not be lost to its route.
  const bySeverity = { ...none };
  const byPlatform: Record<string, Partial<Record<Severity, number>>> = {};
  for (const [platform, own] of Object.entries(digest.counts.byPlatform)) {
    const taken = severities.filter((severity) => (own[severity] ?? 0) > 0 && takes(severity, platform));
    for (const severity of taken) bySeverity[severity] += own[severity] ?? 0;
    if (taken.length > 0)
      byPlatform[platform] = Object.fromEntries(taken.map((severity) => [severity, own[severity]]));
  }
  const total = severities.reduce((sum, severity) => sum + bySeverity[severity], 0);
  if (total === 0) return undefined;
  const counts = { total, bySeverity, byTransition: countsOf(listed).byTransition, byPlatform };
  return { ...digest, alerts, rest, counts };
}

const none: Readonly<Record<Severity, number>> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
