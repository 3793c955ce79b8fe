import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from "@aws-sdk/client-cloudtrail";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, describe, expect, test } from "vitest";
import { keepsManagementWrites, readTrails } from "../../lib/aws/trails.ts";

const trails = mockClient(CloudTrailClient);
afterEach(() => trails.reset());

const management = { Field: "eventCategory", Equals: ["Management"] };

describe.each([
  ["the selector of a new trail", { EventSelectors: [{ ReadWriteType: "All" as const }] }, true],
  [
    "writes only",
    { EventSelectors: [{ ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true }] },
    true,
  ],
  ["reads only", { EventSelectors: [{ ReadWriteType: "ReadOnly" as const }] }, false],
  ["data events only", { EventSelectors: [{ IncludeManagementEvents: false }] }, false],
  ["all but KMS", { EventSelectors: [{ ExcludeManagementEventSources: ["kms.amazonaws.com"] }] }, true],
  ["all but IAM", { EventSelectors: [{ ExcludeManagementEventSources: ["iam.amazonaws.com"] }] }, false],
  ["no selector", {}, false],
  ["advanced: management", { AdvancedEventSelectors: [{ FieldSelectors: [management] }] }, true],
  [
    "advanced: writes",
    { AdvancedEventSelectors: [{ FieldSelectors: [management, { Field: "readOnly", Equals: ["false"] }] }] },
    true,
  ],
  [
    "advanced: reads",
    { AdvancedEventSelectors: [{ FieldSelectors: [management, { Field: "readOnly", Equals: ["true"] }] }] },
    false,
  ],
  [
    "advanced: all but IAM",
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: "eventSource", NotEquals: ["iam.amazonaws.com"] }] },
      ],
    },
    false,
  ],
  [
    "advanced: all but KMS",
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }] },
      ],
    },
    true,
  ],
  [
    "advanced: EC2 alone",
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: "eventSource", Equals: ["ec2.amazonaws.com"] }] },
      ],
    },
    false,
  ],
  [
    "advanced: data events",
    { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }] },
    false,
  ],
])("%s", (_name, selectors, kept) => {
  test(`${kept ? "keeps" : "loses"} management writes`, () => {
    expect(keepsManagementWrites(selectors)).toBe(kept);
  });
});

test("each trail is seen with its state; what is refused is denied, not absent", async () => {
  const arn = "arn:aws:cloudtrail:us-east-1:210987654321:trail/main";
  trails.on(DescribeTrailsCommand).resolves({
    trailList: [
      { TrailARN: arn, HomeRegion: "us-east-1", IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true },
    ],
  });
  trails.on(GetTrailStatusCommand).resolves({ IsLogging: false });
  trails
    .on(GetEventSelectorsCommand)
    .rejects(Object.assign(new Error("no"), { name: "AccessDeniedException" }));
  expect(await readTrails()).toEqual({
    items: [
      {
        arn,
        home: "us-east-1",
        multiRegion: true,
        global: true,
        logging: { at: "found", value: false },
        managementWrites: {
          at: "denied",
          action: "cloudtrail:GetEventSelectors",
          reason: "AccessDeniedException: no",
        },
      },
    ],
  });
});

test("a list of trails that is refused is a gap", async () => {
  trails.on(DescribeTrailsCommand).rejects(Object.assign(new Error("no"), { name: "AccessDeniedException" }));
  expect(await readTrails()).toMatchObject({ items: [], gap: { action: "cloudtrail:DescribeTrails" } });
});
