import { ec2Rows } from "./ec2-rows.ts";
import { iamRows } from "./iam-rows.ts";
import type { EventRow } from "./row.ts";
import { selfRows } from "./self-rows.ts";

/** The one table of watched calls: EventBridge patterns, samples and reading all follow from it. */
export const eventTable: readonly EventRow[] = [...iamRows, ...ec2Rows, ...selfRows];

const key = (service: string, name: string): string => `${service}:${name}`;
const index: ReadonlyMap<string, EventRow> = new Map(
  eventTable.map((row) => [key(row.service, row.name), row]),
);

/** Some services append an API version to a name, `CreateFunction20150331v2`; IAM and EC2 never yet did. */
const apiVersion = /20\d{6}(v\d{1,2})?$/u;

/** The row of a call. `source` is the record's `eventSource`. */
export function rowOf(source: string, name: string): EventRow | undefined {
  const service = serviceOf(source);
  return index.get(key(service, name)) ?? index.get(key(service, name.replace(apiVersion, "")));
}

/** `iam.amazonaws.com` and `iam.amazonaws.com.cn` are one service. */
export const serviceOf = (source: string): string => source.replace(/\.amazonaws\.com(\.cn)?$/u, "");

export const watchedServices: ReadonlySet<string> = new Set(eventTable.map((row) => row.service));
