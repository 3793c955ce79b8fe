import type { Context } from "aws-lambda";
import type { AlertRoutes } from "../../lib/aws/alert-routes.ts";
import type { TestRequest } from "../../lib/notify/test-digest.ts";
import { environment, identityOf, regionOf } from "./environment.ts";

/** The routes of alerts and what a test on them says; loaded only when it is asked for. */
export async function routesOfAlerts(
  context: Context,
): Promise<{ readonly request: TestRequest; readonly routes: AlertRoutes }> {
  const { alertRoutes } = await import("../../lib/aws/alert-routes.ts");
  const request = {
    ...identityOf(context),
    region: regionOf(context),
    now: new Date().toISOString(),
    request: context.awsRequestId,
  };
  return { request, routes: alertRoutes(environment("ALERTS_TOPIC")) };
}
