import type { AlertRoutes } from "../lib/aws/alert-routes.ts";
import { type TestRequest, testDigest } from "../lib/notify/test-digest.ts";
import type { AlertRoute } from "../lib/notify/unreached.ts";

export interface TestAlertAnswer {
  /** The digest's id, as every route shows it. */
  readonly sent: string;
  readonly routes: readonly AlertRoute[];
  readonly say: string;
}

/** Sends one alert of each kind through every route; says which routes can have received it. */
export async function sendTestAlert(request: TestRequest, routes: AlertRoutes): Promise<TestAlertAnswer> {
  const digest = testDigest(request);
  await routes.publish(digest);
  const listed = await routes.list();
  return { sent: digest.id, routes: listed, say: sentence(listed) };
}

function sentence(routes: readonly AlertRoute[]): string {
  const open = routes.filter(({ confirmed }) => !confirmed);
  if (routes.length === 0) return 'Nobody is subscribed: deploy with --param="email=you@example.com".';
  const reached = `Sent to ${routes.length - open.length} of ${routes.length} subscriptions.`;
  const functions = routes.some(({ protocol }) => protocol === "lambda")
    ? " Functions (Slack, chat) tell on their own: what they could not deliver raises the alarm FunctionsDeadAlarm."
    : "";
  if (open.length === 0) return `${reached}${functions}`;
  const names = open.map(({ protocol, endpoint }) => `${protocol} to ${endpoint}`).join(", ");
  return `${reached} Not confirmed, so not told: ${names}. Its owner must follow the link of the message "AWS Notification - Subscription Confirmation".${functions}`;
}
