import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import type { TrailFacts } from "../controls/self/model.ts";
import { found, type Roster, type Seen } from "../model/seen.ts";
import { brisk } from "./client-settings.ts";
import { read } from "./read.ts";

/** IAM actions on trails. @public */
export const actions = [
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetEventSelectors",
  "cloudtrail:GetTrailStatus",
] as const;

/** Every trail that records this region, those of the organisation and of other home regions included. */
export async function readTrails(): Promise<Roster<TrailFacts>> {
  const client = new CloudTrailClient(brisk);
  const list = await read("cloudtrail:DescribeTrails", () =>
    client.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
  );
  if (list.at !== "found") return list.at === "denied" ? { items: [], gap: list } : { items: [] };
  const items: TrailFacts[] = [];
  for (const trail of list.value.trailList ?? []) items.push(await trailOf(client, trail));
  return { items };
}

async function trailOf(client: CloudTrailClient, trail: Trail): Promise<TrailFacts> {
  const arn = trail.TrailARN ?? trail.Name ?? "";
  const status = await read("cloudtrail:GetTrailStatus", () =>
    client.send(new GetTrailStatusCommand({ Name: arn })),
  );
  const selectors = await read("cloudtrail:GetEventSelectors", () =>
    client.send(new GetEventSelectorsCommand({ TrailName: arn })),
  );
  return {
    arn,
    home: trail.HomeRegion ?? "",
    multiRegion: trail.IsMultiRegionTrail === true,
    global: trail.IncludeGlobalServiceEvents === true,
    logging: mapped(status, ({ IsLogging }) => IsLogging === true),
    managementWrites: mapped(selectors, keepsManagementWrites),
  };
}

const mapped = <T, R>(seen: Seen<T>, map: (value: T) => R): Seen<R> =>
  seen.at === "found" ? found(map(seen.value)) : seen;

/** What narrows an advanced selector without leaving out writes of IAM, EC2 or Rolecall's own parts. */
const harmless: ReadonlySet<string> = new Set(["kms.amazonaws.com", "rdsdata.amazonaws.com"]);

/**
 * Whether management events that write are kept. A basic selector may leave out KMS and the data API of RDS,
 * which matter to nobody here; an advanced one may leave out any source, and then it is not trusted.
 */
export function keepsManagementWrites({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: Pick<GetEventSelectorsCommandOutput, "EventSelectors" | "AdvancedEventSelectors">): boolean {
  const basic = EventSelectors.some(
    ({ ReadWriteType = "All", IncludeManagementEvents = true, ExcludeManagementEventSources = [] }) =>
      ReadWriteType !== "ReadOnly" &&
      IncludeManagementEvents &&
      ExcludeManagementEventSources.every((source) => harmless.has(source)),
  );
  const advanced = AdvancedEventSelectors.some(({ FieldSelectors = [] }) => {
    const isManagement = FieldSelectors.some(
      ({ Field, Equals = [] }) => Field === "eventCategory" && Equals.includes("Management"),
    );
    return (
      isManagement &&
      FieldSelectors.every((selector) => {
        const { Field, Equals, NotEquals, StartsWith, NotStartsWith, EndsWith, NotEndsWith } = selector;
        const others = [StartsWith, NotStartsWith, EndsWith, NotEndsWith].some(
          (one) => (one?.length ?? 0) > 0,
        );
        if (Field === "eventCategory") return true;
        if (others) return false;
        if (Field === "readOnly") return (Equals ?? []).includes("false") && NotEquals === undefined;
        if (Field === "eventSource")
          return Equals === undefined && (NotEquals ?? []).every((source) => harmless.has(source));
        return false;
      })
    );
  });
  return basic || advanced;
}
