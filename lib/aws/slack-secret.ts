import type { Log } from "../log.ts";
import { readSlackRoutes, type SlackRoute } from "../notify/slack-routes.ts";
import { brisk } from "./client-settings.ts";
import { readParameters, SSMClient } from "./ssm-secrets.ts";

/** Milliseconds: a webhook that was replaced is used within minutes. */
const keep = 5 * 60_000;

/** Reads where Slack's alerts go from the SSM parameter (a SecureString) of that name. */
export function slackSecret(
  name: string,
  otherHosts: readonly string[],
): (now: number, log: Log) => Promise<readonly SlackRoute[]> {
  const client = new SSMClient(brisk);
  let known: { readonly until: number; readonly routes: readonly SlackRoute[] } | undefined;
  return async (now, log) => {
    if (known !== undefined && now < known.until) return known.routes;
    const values = await readParameters(client, [name], (parameter, reason) =>
      log.error("parameter unread", { parameter, reason }),
    );
    const secret = values.get(name);
    if (secret === undefined) throw new Error(`the parameter ${name} cannot be read`);
    const read = readSlackRoutes(secret, otherHosts);
    if (!read.ok) throw new Error(`the parameter ${name}: ${read.error}`);
    known = { until: now + keep, routes: read.routes };
    return read.routes;
  };
}
