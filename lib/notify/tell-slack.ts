import type { Digest } from "./alert.ts";
import { postSlack, type SlackPorts } from "./post-slack.ts";
import { renderSlack } from "./render-slack.ts";
import { routed, type SlackRoute } from "./slack-routes.ts";

export interface SlackOutcome {
  readonly posted: number;
  /** What went wrong, a sentence per route; no address is in it. */
  readonly failed: readonly string[];
}

/** Posts a digest to every route that takes part of it. A route that fails does not keep the others from theirs. */
export async function tellSlack(
  digest: Digest,
  routes: readonly SlackRoute[],
  ports: SlackPorts,
): Promise<SlackOutcome> {
  const failed: string[] = [];
  let posted = 0;
  for (const [index, route] of routes.entries()) {
    const own = routed(digest, route);
    if (own === undefined) continue;
    try {
      for (const message of renderSlack(own)) {
        await postSlack(route.url, message, ports);
        posted += 1;
      }
    } catch (error) {
      failed.push(`route ${index + 1}: ${error instanceof Error ? error.message : "unknown"}`);
    }
  }
  return { posted, failed };
}
