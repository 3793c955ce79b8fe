import { setTimeout as sleep } from "node:timers/promises";
import { deadLetters } from "../lib/aws/dead-letters.ts";
import { slackSecret } from "../lib/aws/slack-secret.ts";
import { readDigests } from "../lib/notify/read-digests.ts";
import { tellSlack } from "../lib/notify/tell-slack.ts";
import { deployed, environment } from "./ports/environment.ts";
import { serve } from "./serve.ts";
import { log } from "./telemetry.ts";

const otherHosts = (process.env["SLACK_OTHER_HOSTS"] ?? "").split(",").filter((host) => host !== "");
const routesAt = deployed(() => slackSecret(environment("SLACK_PARAMETER"), otherHosts));

const giveUp = deployed(() => deadLetters(environment("FUNCTIONS_DEAD")));

/** Milliseconds kept back for putting away what was not told. */
const reserve = 5_000;

/** An alert to Slack. What fails for good ends in the dead-letter queue, whose alarm tells the operator. */
export const handler = serve(async (input, context) => {
  const routes = await routesAt()(Date.now(), log);
  const ports = {
    fetch,
    sleep: (milliseconds: number) => sleep(milliseconds),
    random: Math.random,
    left: () => context.getRemainingTimeInMillis() - reserve,
  };
  let posted = 0;
  for (const digest of readDigests(input)) {
    const outcome = await tellSlack(digest, routes, ports);
    posted += outcome.posted;
    log.info("slack told", { digest: digest.id, posted: outcome.posted, failed: outcome.failed });
    // Not thrown: Lambda would have the routes that were told told again.
    if (outcome.failed.length > 0) await giveUp()(digest, outcome.failed);
  }
  return { posted };
});
