import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileFault } from "../config/file-fault.ts";
import { IamAssembly } from "../gather/assemble-iam.ts";
import { GatherError } from "../gather/gather-error.ts";
import { narrowToProfile, narrowToRole, narrowToUser } from "../gather/narrow-iam.ts";
import type { FactsPort } from "../gather/port.ts";
import { assembleRegion, type RegionList, regionReads } from "../gather/read-region.ts";
import { listOf, textOf } from "../gather/read-value.ts";
import type { AccountIdentity, IamFacts, RegionFacts } from "../model/facts.ts";
import { isRegionName } from "../model/region-name.ts";
import { absent, denied, found, type Seen } from "../model/seen.ts";
import { isFiltered } from "./filtered-file.ts";
import { readJsonFile } from "./read-json-file.ts";
import { readPages } from "./read-pages.ts";

const identityFile = "get-caller-identity.json";
const details = "get-account-authorization-details";
const profiles = "list-instance-profiles";

/** An account as it was saved: a folder of what the AWS CLI prints, each file named after its command. */
export interface Snapshot extends FactsPort {
  /** The regions that the folder has files of. */
  readonly regions: readonly string[];
}

/** Throws a GatherError when the folder is none that could be read. Files are read when they are asked for. */
export function openSnapshot(folder: string): Snapshot {
  const regions = findRegions(folder);
  let iam: IamFacts | undefined;
  const account = (): IamFacts => {
    iam ??= ofOneAccount(readIam(folder), readIdentity(folder));
    return iam;
  };
  return {
    regions,
    identity: async () => readIdentity(folder),
    account: async () => account(),
    role: async (name) => narrowToRole(account(), name),
    user: async (name) => narrowToUser(account(), name),
    profile: async (name) => narrowToProfile(account(), name),
    rolesWithPolicy: async (arn) => rolesWithPolicy(account(), arn),
    region: async (region) => readRegion(folder, region),
  };
}

function findRegions(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new GatherError(`cannot read the folder \`${folder}\`: ${fileFault(cause)}`, { cause });
  }
  const regions = names.filter((name) => isRegionName(name) && isFolder(join(folder, name))).toSorted();
  if (regions.length === 0 && !names.some((name) => isSnapshotFile(name)))
    throw new GatherError(
      `\`${folder}\` holds no snapshot: it should have ${identityFile}, ${details}.json and ${profiles}.json, as \`rolecall snapshot\` or the AWS CLI write them`,
    );
  return regions;
}

const isSnapshotFile = (name: string): boolean =>
  name.endsWith(".json") && [identityFile, details, profiles].some((start) => name.startsWith(start));

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Who the account is, by its own file; failing that, by the ARN of anything in the others. */
function readIdentity(folder: string): AccountIdentity {
  const read = readJsonFile(join(folder, identityFile));
  const account = read.at === "found" ? textOf(read.value, "Account") : undefined;
  const partition =
    read.at === "found" ? /^arn:([a-z-]+):/.exec(textOf(read.value, "Arn") ?? "")?.[1] : undefined;
  const known = account !== undefined && /^\d{12}$/.test(account);
  if (known && partition !== undefined) return { account, partition };
  const [, otherPartition, otherAccount] = anyArn(folder);
  if (known) return { account, partition: partition ?? otherPartition ?? "aws" };
  if (otherAccount !== undefined) return { account: otherAccount, partition: otherPartition ?? "aws" };
  const why =
    read.at === "absent"
      ? "is missing"
      : read.at === "bad"
        ? `cannot be used: ${read.reason}`
        : "does not name the account";
  throw new GatherError(
    `${identityFile} ${why}, and no other file tells whose account it is: save it with \`aws sts get-caller-identity\``,
  );
}

/** Files of two accounts in one folder would be judged as drift of everything: they are refused. */
function ofOneAccount(iam: IamFacts, { account }: AccountIdentity): IamFacts {
  const foreign = iam.roles.items.find(({ arn }) => {
    const of = /^arn:[^:]*:iam::(\d{12}):role\//.exec(arn)?.[1];
    return of !== undefined && of !== account;
  });
  if (foreign === undefined) return iam;
  throw new GatherError(
    `the files are from different accounts: ${identityFile} is of ${account}, ${details}.json holds ${foreign.arn}. Save all of them with the credentials of one account`,
  );
}

function anyArn(folder: string): readonly (string | undefined)[] {
  const entries = [
    ...readPages(folder, details).pages.flatMap((page) => [
      ...(listOf(page, "RoleDetailList") ?? []),
      ...(listOf(page, "UserDetailList") ?? []),
    ]),
    ...readPages(folder, profiles).pages.flatMap((page) => listOf(page, "InstanceProfiles") ?? []),
  ];
  for (const entry of entries) {
    const match = /^arn:([a-z-]+):iam::(\d{12}):/.exec(textOf(entry, "Arn") ?? "");
    if (match !== null) return match;
  }
  return [];
}

function readIam(folder: string): IamFacts {
  const assembly = new IamAssembly({ details: `${details}.json`, profiles: `${profiles}.json` });
  const read = readPages(folder, details, "", `aws iam ${details}`);
  for (const page of read.pages) assembly.addDetails(page);
  for (const of of ["roles", "policies", "users"] as const)
    if (read.gap !== undefined) assembly.gap(of, read.gap);
  if (isFiltered(read.pages)) {
    const gap = denied(
      `${details}.json`,
      "it was saved with a filter, so an empty list says nothing: save it again without `--filter`",
    );
    if (assembly.roles.size === 0) assembly.gap("roles", gap);
    if (assembly.users.size === 0) assembly.gap("users", gap);
    if (assembly.policies.size === 0) assembly.gap("policies", gap);
  }
  const missing = assembly.missingPolicies();
  if (missing.length > 0) {
    const names = `${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}`;
    assembly.gap(
      "policies",
      denied(
        `${details}.json`,
        `roles carry policies that it does not hold (${names}): save it again without \`--filter\`, or with \`--filter Role User LocalManagedPolicy AWSManagedPolicy\``,
      ),
    );
  }
  const listed = readPages(folder, profiles, "", `aws iam ${profiles}`);
  for (const page of listed.pages) assembly.addProfiles(page);
  if (listed.gap !== undefined) assembly.gap("profiles", listed.gap);
  return assembly.finish();
}

function rolesWithPolicy(iam: IamFacts, arn: string): Seen<readonly string[]> {
  const names: string[] = [];
  for (const role of iam.roles.items) {
    if (role.attached.at === "denied") return role.attached;
    if (role.boundary.at === "denied") return role.boundary;
    const attached = role.attached.at === "found" && role.attached.value.some((policy) => policy.arn === arn);
    if (attached || (role.boundary.at === "found" && role.boundary.value === arn)) names.push(role.name);
  }
  if (iam.roles.gap !== undefined) return iam.roles.gap;
  if (names.length > 0 || iam.policies.items.some((policy) => policy.arn === arn)) return found(names);
  return iam.policies.gap ?? absent;
}

function readRegion(folder: string, region: string): RegionFacts {
  const pages = (list: RegionList) => {
    const { command } = regionReads[list];
    return readPages(join(folder, region), command, `${region}/`, `aws ec2 ${command} --region ${region}`);
  };
  return assembleRegion(
    region,
    {
      instances: pages("instances"),
      groups: pages("groups"),
      subnets: pages("subnets"),
      routeTables: pages("routeTables"),
    },
    (list) => `${region}/${regionReads[list].command}.json`,
  );
}
