import { audit } from "../lib/audit.ts";
import { fitAnswer } from "./answer.ts";
import { auditPorts } from "./ports/audit.ts";
import { serve } from "./serve.ts";

/** On demand: the report, as `rolecall audit --format json` gives it. Remembers nothing, tells nobody. */
export const handler = serve(async (input, context) => {
  const { facts, config, regions, store } = await auditPorts(context, input);
  const request = { source: "live" as const, regions, now: () => new Date() };
  const { report } = await audit(facts, config, request);
  return fitAnswer(report, store);
});
