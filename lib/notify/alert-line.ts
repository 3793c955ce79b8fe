import type { Alert, AlertLine } from "./alert.ts";
import { headline } from "./words.ts";

/** An alert that is not told in full, in one line. */
export const lineOf = (alert: Alert): AlertLine => ({
  id: alert.id,
  finding: alert.finding,
  transition: alert.transition,
  severity: alert.result.severity,
  platform: alert.result.platform,
  title: alert.result.title,
  says: headline(alert, 200),
  resource: alert.result.resource.arn,
});
