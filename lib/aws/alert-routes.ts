import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Digest } from "../notify/alert.ts";
import { brisk } from "./client-settings.ts";
import { shortenEndpoint } from "./shorten-endpoint.ts";
import { snsNotifier } from "./sns-notifier.ts";

/** IAM actions on the topic. @public */
export const actions = ["sns:ListSubscriptionsByTopic"] as const;

/** One way that alerts take, and whether its receiver has said yes to it. */
export interface AlertRoute {
  readonly protocol: string;
  /** A queue's or function's ARN; of an e-mail address only its first letter and domain. */
  readonly endpoint: string;
  readonly confirmed: boolean;
}

export interface AlertRoutes {
  publish(digest: Digest): Promise<void>;
  list(): Promise<readonly AlertRoute[]>;
}

export function alertRoutes(topic: string): AlertRoutes {
  const client = new SNSClient(brisk);
  const notifier = snsNotifier(client, topic);
  return {
    publish: (digest) => notifier.publish(digest),
    async list() {
      const routes: AlertRoute[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken: next }),
        );
        for (const { Protocol = "", Endpoint = "", SubscriptionArn = "" } of page.Subscriptions ?? [])
          routes.push({
            protocol: Protocol,
            endpoint: shortenEndpoint(Protocol, Endpoint),
            confirmed: SubscriptionArn.startsWith("arn:"),
          });
        next = page.NextToken;
      } while (next !== undefined);
      return routes;
    },
  };
}
