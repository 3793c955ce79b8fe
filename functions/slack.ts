import { setTimeout as sleep } from "node:timers/promises";
import { slackSecret } from "../lib/aws/slack-secret.ts";
import { readDigests } from "../lib/notify/read-digests.ts";
import { tellSlack } from "../lib/notify/tell-slack.ts";
import { deployed, environment } from "./ports/environment.ts";
import { serve } from "./serve.ts";
import { log } from "./telemetry.ts";

const otherHosts = (process.env["SLACK_OTHER_HOSTS"] ?? "").split(",").filter((host) => host !== "");
const routesAt = deployed(() => slackSecret(environment("SLACK_PARAMETER"), otherHosts));

/** Milliseconds kept back for saying what went wrong. */
const reserve = 2_000;

/** An alert to Slack. What fails for good ends in the dead-letter queue, whose alarm tells the operator. */
export const handler = serve(async (input, context) => {
  const routes = await routesAt()(Date.now(), log);
  const ports = {
    fetch,
    sleep: (milliseconds: number) => sleep(milliseconds),
    random: Math.random,
    left: () => context.getRemainingTimeInMillis() - reserve,
  };
  const failed: string[] = [];
  let posted = 0;
  for (const digest of readDigests(input)) {
    const outcome = await tellSlack(digest, routes, ports);
    posted += outcome.posted;
    failed.push(...outcome.failed);
  }
  log.info("slack told", { posted, failed });
  if (failed.length > 0) throw new Error(`Slack was not told: ${failed.join("; ")}`);
  return { posted };
});
