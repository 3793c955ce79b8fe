import { audit } from "../lib/audit.ts";
import { fitAnswer } from "./answer.ts";
import { isTestAlert } from "./audit-request.ts";
import { auditPorts } from "./ports/audit.ts";
import { routesOfAlerts } from "./ports/routes.ts";
import { serve } from "./serve.ts";
import { sendTestAlert } from "./test-alert.ts";

/**
 * On demand: the report, as `rolecall audit --format json` gives it; remembers nothing, tells nobody.
 * With `{"testAlert":true}`: no audit, but one alert of each kind through every route.
 */
export const handler = serve(async (input, context) => {
  if (isTestAlert(input)) {
    const { request, routes } = await routesOfAlerts(context);
    return sendTestAlert(request, routes);
  }
  const { facts, source, config, regions, store } = await auditPorts(context, input);
  const request = { source, regions, now: () => new Date() };
  const { report } = await audit(facts, config, request);
  return fitAnswer(report, store);
});
