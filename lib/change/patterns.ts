import { eventTable } from "./table.ts";
import { taggedTypes } from "./tag-event.ts";

/**
 * A pattern's size limit in characters; 4,096 on request.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html ("Event pattern size")
 */
export const patternLimit = 2048;

/** One EventBridge rule. */
export interface EventPattern {
  /** Kebab-case; part of the rule's name. */
  readonly name: string;
  /**
   * `global`: the events come in the partition's global region only. `regional`: they come where the
   * resource is, and every further watched region forwards them to the home bus.
   */
  readonly where: "global" | "regional";
  readonly pattern: Readonly<Record<string, unknown>>;
}

/**
 * The patterns of all watched events, generated from the table. Failed calls stay out by `errorCode`;
 * reads, ours above all, by name: the table lists writes only, and a rule in state ENABLED is given no
 * read-only events in the first place.
 */
export function eventPatterns(): readonly EventPattern[] {
  return [
    { name: "iam", where: "global", pattern: callsOf("iam") },
    { name: "ec2", where: "regional", pattern: callsOf("ec2") },
    { name: "self", where: "regional", pattern: callsOf(...selfServices) },
    { name: "tags", where: "regional", pattern: tagPattern() },
  ];
}

const selfServices = [...new Set(eventTable.filter((r) => r.otherwise === "self").map((r) => r.service))];

/** One pattern over several services also lets through a call of the one under the other's name: no harm. */
function callsOf(...services: readonly string[]): EventPattern["pattern"] {
  const rows = eventTable.filter((row) => services.includes(row.service));
  const names = rows.map((row) => (row.dated === true ? { prefix: row.name } : row.name));
  return {
    source: services.map((service) => `aws.${service}`),
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventName: [...new Set(names)],
      errorCode: [{ exists: false }],
    },
  };
}

function tagPattern(): EventPattern["pattern"] {
  return {
    source: ["aws.tag"],
    "detail-type": ["Tag Change on Resource"],
    detail: {
      service: Object.keys(taggedTypes),
      "resource-type": Object.values(taggedTypes).flat(),
    },
  };
}
