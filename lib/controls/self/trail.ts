import { shellQuote } from "../../remediation/shell.ts";
import type { SelfControl } from "./control.ts";
import { selfResult, stackArn, unseen } from "./control.ts";
import type { TrailFacts } from "./model.ts";

const rationale =
  "EventBridge delivers API calls only while a trail logs them: without one that logs management writes in all regions, no change is seen before the next scheduled audit. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html";

/** One logging trail of management writes in all regions is enough; others may be as they like. */
export const trailControl: SelfControl = {
  id: "self-trail",
  title: "A trail logs management writes in all regions",
  severity: "high",
  resource: "rolecall",
  rationale,
  evaluate(facts) {
    const arn = stackArn(facts);
    const { items, gap } = facts.trails;
    const say = (outcome: Parameters<typeof selfResult>[2]) => [selfResult(trailControl, facts, outcome)];
    if (items.some((trail) => shortcomings(trail).length === 0 && sightless(trail) === undefined)) {
      return say({ arn, verdict: "passed", detail: "A trail logs management writes in all regions." });
    }
    const blind = gap ?? items.map(sightless).find((denied) => denied !== undefined);
    if (blind !== undefined) return say(unseen(arn, blind));
    const actual = items.map((trail) => ({ trail: trail.arn, lacks: shortcomings(trail) }));
    return say({
      arn,
      verdict: "failed",
      detail:
        items.length === 0
          ? "The account has no trail."
          : `No trail does: ${actual.map((one) => `${one.trail}: ${one.lacks.join(", ")}`).join("; ")}.`,
      expected: "one trail that logs management writes in all regions",
      actual,
      consequence: "Changes are seen only by the scheduled audit, hours later, and nobody is named.",
      remediation: remedies(items[0], facts.region),
    });
  },
};

const sightless = (trail: TrailFacts) =>
  trail.logging.at === "denied"
    ? trail.logging
    : trail.managementWrites.at === "denied"
      ? trail.managementWrites
      : undefined;

function shortcomings(trail: TrailFacts): string[] {
  const lacks: string[] = [];
  if (trail.logging.at === "absent" || (trail.logging.at === "found" && !trail.logging.value))
    lacks.push("logging is stopped");
  const writes = trail.managementWrites;
  if (writes.at === "absent" || (writes.at === "found" && !writes.value))
    lacks.push("management writes are not selected");
  if (!trail.multiRegion) lacks.push("one region only");
  if (!trail.global) lacks.push("global services (IAM) are left out");
  return lacks;
}

function remedies(trail: TrailFacts | undefined, region: string) {
  if (trail === undefined) {
    return [
      {
        text: "Create a trail for all regions with an S3 bucket of your own: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-a-trail-using-the-cli.html",
      },
    ];
  }
  const name = shellQuote(trail.arn);
  const home = trail.home === "" ? region : trail.home;
  return [
    {
      text: "Start logging again.",
      command: `aws cloudtrail start-logging --name ${name} --region ${shellQuote(home)}`,
    },
    {
      text: "Let it cover all regions and IAM.",
      command: `aws cloudtrail update-trail --name ${name} --is-multi-region-trail --include-global-service-events --region ${shellQuote(home)}`,
    },
    {
      text: "Let it log management writes (this replaces its event selectors; data events that it logs must be named again).",
      command: `aws cloudtrail put-event-selectors --name ${name} --event-selectors '[{"ReadWriteType":"WriteOnly","IncludeManagementEvents":true}]' --region ${shellQuote(home)}`,
    },
  ];
}
