import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { repository } from "../../support/emulator/toolbox.ts";
import { account } from "./serverless.ts";
import type { World } from "./world.ts";

export interface SampleEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A recorded call of IAM's, as CloudTrail would tell it. */
export const recorded = (
  eventName: string,
  requestParameters: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): SampleEvent => ({
  source: "aws.iam",
  "detail-type": "AWS API Call via CloudTrail",
  resources: [],
  detail: {
    eventVersion: "1.08",
    eventSource: "iam.amazonaws.com",
    eventName,
    eventID: randomUUID(),
    eventTime: new Date().toISOString().replace(/\.\d+Z/u, "Z"),
    awsRegion: "us-east-1",
    userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/recorded`, accountId: account },
    sourceIPAddress: "198.51.100.7",
    requestParameters,
    responseElements: null,
    ...more,
  },
});

/** Puts events on the default bus as AWS would: the emulator's launcher lets `aws.*` through. */
export async function put({ events }: World, ...samples: readonly SampleEvent[]): Promise<void> {
  for (const sample of samples) {
    const { FailedEntryCount } = await events.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: sample.source,
            DetailType: sample["detail-type"],
            Detail: JSON.stringify(sample.detail),
            Resources: [...sample.resources],
          },
        ],
      }),
    );
    if (FailedEntryCount !== 0) throw new Error(`the bus refused ${sample.source}`);
  }
}

/** Every sample in events/, by folder and name. */
export function samples(): ReadonlyMap<string, SampleEvent> {
  const folder = join(repository, "events");
  const all = new Map<string, SampleEvent>();
  for (const kind of ["iam", "ec2", "tag", "self", "odd"]) {
    for (const file of readdirSync(join(folder, kind)))
      all.set(
        `${kind}/${file.replace(".json", "")}`,
        JSON.parse(readFileSync(join(folder, kind, file), "utf8")) as SampleEvent,
      );
  }
  return all;
}
