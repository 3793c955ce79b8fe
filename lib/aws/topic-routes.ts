import { ListSubscriptionsByTopicCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { AlertRoute } from "../notify/unreached.ts";
import { shortenEndpoint } from "./shorten-endpoint.ts";

/** IAM actions on the topic. @public */
export const actions = ["sns:ListSubscriptionsByTopic"] as const;

/** Every way that a topic's messages take. */
export async function topicRoutes(client: SNSClient, topic: string): Promise<readonly AlertRoute[]> {
  const routes: AlertRoute[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken: next }));
    for (const { Protocol = "", Endpoint = "", SubscriptionArn = "" } of page.Subscriptions ?? [])
      routes.push({
        protocol: Protocol,
        endpoint: shortenEndpoint(Protocol, Endpoint),
        confirmed: SubscriptionArn.startsWith("arn:"),
      });
    next = page.NextToken;
  } while (next !== undefined && next !== "");
  return routes;
}
