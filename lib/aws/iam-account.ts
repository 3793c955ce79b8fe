import type { EntityType } from "@aws-sdk/client-iam";
import { IamAssembly } from "../gather/assemble-iam.ts";
import type { Progress } from "../gather/port.ts";
import type { IamFacts } from "../model/facts.ts";
import { type Denied, denied } from "../model/seen.ts";
import type { IamCalls } from "./iam-calls.ts";
import { vanished } from "./read.ts";

/** The IAM actions of account-wide reading. */
export const actions = [
  "iam:GetAccountAuthorizationDetails",
  "iam:ListInstanceProfiles",
  // Only for policies that the account's details leave out.
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
] as const;

/** The most that IAM gives; it may give less and say that more follows. */
const pageSize = 1000;
/** What the details leave out is fetched one by one, within reason. */
const maxFetched = 100;

/** All of IAM that is judged: two lists side by side, so that the calls do not grow with the roles. */
export async function readIamAccount(calls: IamCalls, progress: Progress = () => {}): Promise<IamFacts> {
  const assembly = new IamAssembly({ details: actions[0], profiles: actions[1] });
  const [unseen, unlisted] = await Promise.all([
    readDetailPages(calls, ["Role", "User", "LocalManagedPolicy", "AWSManagedPolicy"], (page) => {
      assembly.addDetails(page);
      progress("roles", assembly.roles.size);
    }),
    readProfilePages(calls, (page) => assembly.addProfiles(page)),
  ]);
  if (unseen !== undefined)
    for (const of of ["roles", "policies", "users"] as const) assembly.gap(of, unseen);
  if (unlisted !== undefined) assembly.gap("profiles", unlisted);
  if (unseen === undefined) await addMissingPolicies(calls, assembly);
  return assembly.finish();
}

/** Hands on the pages of the account's details, limited to a filter; what comes back is why they are not all. */
export async function readDetailPages(
  calls: IamCalls,
  filter: readonly EntityType[] | undefined,
  take: (page: object) => void,
): Promise<Denied | undefined> {
  const end = await calls.pages(
    actions[0],
    (client, sdk, Marker) =>
      client.send(
        new sdk.GetAccountAuthorizationDetailsCommand({
          ...(filter === undefined ? {} : { Filter: [...filter] }),
          MaxItems: pageSize,
          Marker,
        }),
      ),
    take,
  );
  return end?.at === "absent" ? vanished(actions[0]) : end;
}

export async function readProfilePages(
  calls: IamCalls,
  take: (page: object) => void,
): Promise<Denied | undefined> {
  const end = await calls.pages(
    actions[1],
    (client, sdk, Marker) => client.send(new sdk.ListInstanceProfilesCommand({ MaxItems: pageSize, Marker })),
    take,
  );
  return end?.at === "absent" ? vanished(actions[1]) : end;
}

/**
 * The policies that roles carry and the details leave out. AWS leaves out none that is attached; one that
 * is only a boundary, or an emulator's, may be.
 */
export async function addMissingPolicies(
  calls: IamCalls,
  assembly: IamAssembly,
  take: (detail: object) => void = () => {},
): Promise<void> {
  const missing = assembly.missingPolicies();
  for (const arn of missing.slice(0, maxFetched)) {
    const policy = await calls.policy(arn);
    if (policy.at === "found") {
      assembly.policies.set(arn, policy.value.facts);
      take(policy.value.detail);
    } else assembly.gap("policies", policy);
  }
  if (missing.length > maxFetched)
    assembly.gap("policies", denied(actions[0], `it left out ${missing.length} policies that roles carry`));
}
