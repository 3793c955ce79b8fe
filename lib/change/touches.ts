import { field, text } from "./field.ts";
import { serviceOf } from "./table.ts";

/** Parameters by which a call names what it is made on. */
const naming = [
  "alarmName",
  "alarmNames",
  "functionName",
  "logGroupName",
  "name",
  "queueUrl",
  "resourceArn",
  "resourceIdentifier",
  "roleName",
  "rule",
  "subscriptionArn",
  "tableName",
  "topicArn",
] as const;

/**
 * Whether a recorded call may touch a part whose name holds one of these. A call that names what it is made on,
 * and none of these anywhere among its parameters, does not; any other may: a trail of whatever name, a mapping
 * that is known by a number, parameters that were cut. Never throws.
 */
export function mayTouch(event: unknown, names: readonly string[]): boolean {
  const record = field(event, "detail");
  const params = field(record, "requestParameters");
  if (typeof params !== "object" || params === null || Object.hasOwn(params, "omitted")) return true;
  if (serviceOf(text(field(record, "eventSource")) ?? "") === "cloudtrail") return true;
  // The function that it names may be the one to which a mapping of ours is turned; its name is the mute rule's.
  if (/EventSourceMapping|MuteRule/u.test(text(field(record, "eventName")) ?? "")) return true;
  if (!naming.some((key) => field(params, key) !== undefined)) return true;
  const said = written(params)?.toLowerCase();
  return said === undefined || names.some((name) => said.includes(name.toLowerCase()));
}

function written(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // nested beyond what can be written
  }
}
