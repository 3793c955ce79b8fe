import { SNSClient } from "@aws-sdk/client-sns";
import type { Digest } from "../notify/alert.ts";
import type { AlertRoute } from "../notify/unreached.ts";
import { brisk } from "./client-settings.ts";
import { snsNotifier } from "./sns-notifier.ts";
import { topicRoutes } from "./topic-routes.ts";

export interface AlertRoutes {
  publish(digest: Digest): Promise<void>;
  list(): Promise<readonly AlertRoute[]>;
}

export function alertRoutes(topic: string): AlertRoutes {
  const client = new SNSClient(brisk);
  const notifier = snsNotifier(client, topic);
  return { publish: (digest) => notifier.publish(digest), list: () => topicRoutes(client, topic) };
}
