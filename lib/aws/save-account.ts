import { IamAssembly } from "../gather/assemble-iam.ts";
import type { Progress } from "../gather/port.ts";
import { type RegionList, regionReads } from "../gather/read-region.ts";
import { listOf } from "../gather/read-value.ts";
import type { Denied } from "../model/seen.ts";
import { readJson } from "../policy/read-json.ts";
import type { AwsClients } from "./clients.ts";
import { readRegionPages } from "./ec2-facts.ts";
import { addMissingPolicies, readDetailPages, readProfilePages } from "./iam-account.ts";
import { IamCalls } from "./iam-calls.ts";

/** What one command of the CLI would print, its pages as one. */
export interface SavedOutput {
  /** `get-account-authorization-details`, `eu-west-1/describe-subnets`, … */
  readonly name: string;
  /** Undefined when nothing could be seen. */
  readonly value: object | undefined;
  /** Why it is not whole; the value then carries the mark of a truncated answer. */
  readonly gap?: Denied;
}

/** Reads an account as the commands of a snapshot do and hands on each output when it is complete. */
export async function saveAccount(
  clients: AwsClients,
  regions: readonly string[],
  take: (output: SavedOutput) => void,
  progress: Progress = () => {},
): Promise<void> {
  const calls = new IamCalls(clients.iam);
  const iam = Promise.all([
    saveDetails(calls, progress).then(take),
    collect("list-instance-profiles", "instance profiles", progress, (page) =>
      readProfilePages(calls, page),
    ).then(take),
  ]);
  for (const region of regions) {
    await Promise.all(
      regionLists.map(async (list) => {
        const { command } = regionReads[list];
        const read = (page: (value: object) => void) =>
          readRegionPages(() => clients.ec2(region), list, page);
        take(await collect(`${region}/${command}`, `${region} ${command}`, progress, read));
      }),
    );
  }
  await iam;
}

const regionLists: readonly RegionList[] = ["instances", "groups", "subnets", "routeTables"];

async function saveDetails(calls: IamCalls, progress: Progress): Promise<SavedOutput> {
  const output = await collect("get-account-authorization-details", "roles", progress, (page) =>
    readDetailPages(calls, undefined, page),
  );
  if (output.value === undefined || output.gap !== undefined) return output;
  const assembly = new IamAssembly({ details: "", profiles: "" });
  assembly.addDetails(output.value);
  const more: object[] = [];
  await addMissingPolicies(calls, assembly, (detail) => more.push(detail));
  return {
    ...output,
    value: { ...output.value, Policies: [...(listOf(output.value, "Policies") ?? []), ...more] },
  };
}

async function collect(
  name: string,
  what: string,
  progress: Progress,
  read: (take: (page: object) => void) => Promise<Denied | undefined>,
): Promise<SavedOutput> {
  const merged = new Map<string, unknown>();
  let pages = 0;
  const gap = await read((page) => {
    for (const [key, value] of Object.entries(page)) {
      if (marks.has(key)) continue;
      const before = merged.get(key);
      merged.set(key, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value);
    }
    progress(what, ++pages);
  });
  if (pages === 0) return { name, value: undefined, ...(gap === undefined ? {} : { gap }) };
  // The CLI leaves the same mark where `--max-items` cut it short.
  const value = Object.fromEntries([...merged, ...(gap === undefined ? [] : [["NextToken", "truncated"]])]);
  return { name, value, ...(gap === undefined ? {} : { gap }) };
}

const marks: ReadonlySet<string> = new Set(["$metadata", "IsTruncated", "Marker", "NextToken"]);

const documents: ReadonlySet<string> = new Set(["AssumeRolePolicyDocument", "PolicyDocument", "Document"]);

/** A member of a saved output as the CLI prints it: documents decoded, times with their offset. */
export function asCliPrints(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (documents.has(key)) {
    const read = readJson(value);
    return read.ok ? read.value : value;
  }
  return /(Date|Time)$/.test(key) ? value.replace(/\.000Z$/, "+00:00") : value;
}
