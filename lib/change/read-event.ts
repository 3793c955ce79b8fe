import type { Scope } from "../model/scope.ts";
import { readActor } from "./actor.ts";
import { field, text } from "./field.ts";
import type { Cause, IgnoreReason, ReadEvent } from "./model.ts";
import { namesIn } from "./names-in.ts";
import type { EventRow, Target } from "./row.ts";
import { rowOf, serviceOf, watchedServices } from "./table.ts";
import { readTagEvent } from "./tag-event.ts";

const twelveDigits = /^\d{12}$/u;
/** A RunInstances may start a thousand instances; a cause names as many as help a reader. */
const mostAbout = 50;

/** Reads an event as EventBridge delivers it. Never throws, whatever the value is. */
export function readEvent(event: unknown): ReadEvent {
  const type = text(field(event, "detail-type"));
  const account = text(field(event, "account"));
  const region = text(field(event, "region"));
  if (type === "AWS API Call via CloudTrail") {
    const [id, time] = [text(field(event, "id")), text(field(event, "time"))];
    return readRecord(field(event, "detail"), {
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      ...(id === undefined ? {} : { id }),
      ...(time === undefined ? {} : { time }),
    });
  }
  if (type === "Tag Change on Resource") {
    if (account === undefined || !twelveDigits.test(account)) return malformed("the event names no account");
    if (region === undefined) return malformed("the event names no region");
    return readTagEvent(event, account, region);
  }
  return malformed(type === undefined ? "no detail-type" : "an unknown detail-type");
}

/** What EventBridge says around a record. */
interface Envelope {
  readonly account?: string;
  readonly region?: string;
  readonly id?: string;
  readonly time?: string;
}

/** Reads a CloudTrail record: an event's detail, or one of the `Records` of a log file. */
export function readRecord(record: unknown, envelope: Envelope = {}): ReadEvent {
  const source = text(field(record, "eventSource"));
  const name = text(field(record, "eventName"));
  if (source === undefined || name === undefined) return malformed("the record names no call");

  const row = rowOf(source, name);
  const reason = ignored(record, source, row);
  if (reason !== undefined) return { kind: "ignored", reason, name };
  if (row === undefined) return { kind: "ignored", reason: "not in the table", name };

  const account =
    envelope.account ??
    text(field(record, "recipientAccountId")) ??
    text(field(record, "userIdentity", "accountId"));
  if (account === undefined || !twelveDigits.test(account)) return malformed("the record names no account");
  const region = text(field(record, "awsRegion")) ?? envelope.region;
  if (region === undefined) return malformed("the record names no region");

  const params = field(record, "requestParameters");
  const partition = partitionOf(region);
  const cut = field(params, "omitted") === true;
  const targets = cut
    ? []
    : row.targets({ params, response: field(record, "responseElements"), account, partition });
  if (targets === undefined) return { kind: "ignored", reason: "no resource we watch", name };

  const cause: Cause = {
    event: text(field(record, "eventID")) ?? envelope.id ?? "",
    action: `${serviceOf(source)}:${row.name}`,
    at: text(field(record, "eventTime")) ?? envelope.time ?? "",
    actor: readActor(record),
    about: row.otherwise === "self" ? namesIn(params) : targets.slice(0, mostAbout).map(nameOf),
  };
  const scopes = scopesOf(row, targets, account, region);
  const widened = row.otherwise === "account" && targets.length === 0;
  return {
    kind: "change",
    change: { cause, account, region, scopes, ...(widened ? { widened: whyWidened(params, cut) } : {}) },
  };
}

function ignored(record: unknown, source: string, row: EventRow | undefined): IgnoreReason | undefined {
  const error = text(field(record, "errorCode"));
  if (!watchedServices.has(serviceOf(source))) return "another service";
  // The table holds writes alone: one that is marked as a read is one all the same.
  if (row === undefined) return field(record, "readOnly") === true ? "read only" : "not in the table";
  if (error === "Client.DryRunOperation" || error === "DryRunOperation") return "dry run";
  return error === undefined ? undefined : "failed call";
}

function scopesOf(
  row: EventRow,
  targets: readonly Target[],
  account: string,
  region: string,
): readonly Scope[] {
  if (row.otherwise !== "account") return [{ kind: row.otherwise, account, region }];
  if (targets.length === 0) return [{ kind: "account", account }];
  return targets.map((target): Scope => {
    switch (target.kind) {
      case "policy":
        return { kind: "policy", account, arn: target.arn };
      case "ec2":
        return { kind: "region", account, region };
      case "role":
      case "user":
      case "profile":
        return { kind: target.kind, account, name: target.name };
      default:
        return target satisfies never;
    }
  });
}

function nameOf(target: Target): string {
  switch (target.kind) {
    case "policy":
      return target.arn;
    case "ec2":
      return target.id;
    case "role":
    case "user":
    case "profile":
      return target.name;
    default:
      return target satisfies never;
  }
}

function whyWidened(params: unknown, cut: boolean): string {
  if (cut) return "its parameters were too large to record";
  if (typeof params !== "object" || params === null) return "its parameters are missing";
  return "its parameters do not name what was changed";
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

const malformed = (reason: string): ReadEvent => ({ kind: "malformed", reason });
