import type { EC2Client } from "@aws-sdk/client-ec2";
import type { FactsPort } from "../gather/port.ts";
import { assembleRegion, type Pages, type RegionList, regionReads } from "../gather/read-region.ts";
import type { Denied } from "../model/seen.ts";
import { readPages, vanished } from "./read.ts";

/** The IAM actions of reading a region. */
export const actions: readonly string[] = Object.values(regionReads).map(({ action }) => action);

type Sdk = typeof import("./ec2-sdk.ts");

/** The largest pages that EC2 gives. */
const calls = {
  instances: (sdk: Sdk, client: EC2Client, NextToken: string | undefined) =>
    client.send(new sdk.DescribeInstancesCommand({ MaxResults: 1000, NextToken })),
  groups: (sdk: Sdk, client: EC2Client, NextToken: string | undefined) =>
    client.send(new sdk.DescribeSecurityGroupsCommand({ MaxResults: 1000, NextToken })),
  subnets: (sdk: Sdk, client: EC2Client, NextToken: string | undefined) =>
    client.send(new sdk.DescribeSubnetsCommand({ MaxResults: 1000, NextToken })),
  routeTables: (sdk: Sdk, client: EC2Client, NextToken: string | undefined) =>
    client.send(new sdk.DescribeRouteTablesCommand({ MaxResults: 100, NextToken })),
} as const;

/** Hands on page after page of one list; what comes back is why they are not all. */
export async function readRegionPages(
  client: () => Promise<EC2Client>,
  list: RegionList,
  take: (page: object) => void,
): Promise<Denied | undefined> {
  const { action } = regionReads[list];
  const end = await readPages<{ NextToken?: string | undefined }>(
    action,
    async (token) => calls[list](await import("./ec2-sdk.ts"), await client(), token),
    (page) => ({ more: page.NextToken !== undefined && page.NextToken !== "", token: page.NextToken }),
    take,
  );
  return end?.at === "absent" ? vanished(action) : end;
}

/** The EC2 side of a region as it is now, its four lists read side by side. */
export function createRegionFacts(client: (region: string) => Promise<EC2Client>): FactsPort["region"] {
  return async (region, progress) => {
    const readList = async (list: RegionList): Promise<Pages> => {
      const what = `${region} ${regionReads[list].command.replace("describe-", "").replaceAll("-", " ")}`;
      const pages: unknown[] = [];
      const gap = await readRegionPages(
        () => client(region),
        list,
        (page) => {
          pages.push(page);
          progress?.(what, pages.length);
        },
      );
      return gap === undefined ? { pages } : { pages, gap };
    };
    const [instances, groups, subnets, routeTables] = await Promise.all([
      readList("instances"),
      readList("groups"),
      readList("subnets"),
      readList("routeTables"),
    ]);
    return assembleRegion(
      region,
      { instances, groups, subnets, routeTables },
      (list) => regionReads[list].action,
    );
  };
}
