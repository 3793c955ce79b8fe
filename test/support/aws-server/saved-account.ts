import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

type Entry = Record<string, unknown>;

/** An account in the CLI's shapes, documents decoded: what the server answers from. */
export interface SavedAccount {
  readonly account: string;
  readonly arn: string;
  readonly details: {
    readonly UserDetailList: readonly Entry[];
    readonly GroupDetailList: readonly Entry[];
    readonly RoleDetailList: readonly Entry[];
    readonly Policies: readonly Entry[];
  };
  readonly profiles: readonly Entry[];
  readonly regions: Readonly<Record<string, SavedRegion>>;
}

export interface SavedRegion {
  readonly Reservations: readonly Entry[];
  readonly SecurityGroups: readonly Entry[];
  readonly Subnets: readonly Entry[];
  readonly RouteTables: readonly Entry[];
}

export function loadSavedAccount(folder: string): SavedAccount {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
  const identity = read("get-caller-identity.json");
  const regions = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  return {
    account: identity.Account,
    arn: identity.Arn,
    details: read("get-account-authorization-details.json"),
    profiles: read("list-instance-profiles.json").InstanceProfiles,
    regions: Object.fromEntries(
      regions.map((region) => [
        region,
        {
          ...read(region, "describe-instances.json"),
          ...read(region, "describe-security-groups.json"),
          ...read(region, "describe-subnets.json"),
          ...read(region, "describe-route-tables.json"),
        },
      ]),
    ),
  };
}
