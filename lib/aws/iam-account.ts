import { IamAssembly } from "../gather/assemble-iam.ts";
import type { Progress } from "../gather/port.ts";
import type { IamFacts } from "../model/facts.ts";
import { denied } from "../model/seen.ts";
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
  const [details, profiles] = actions;
  const assembly = new IamAssembly({ details, profiles });
  const [unseen, unlisted] = await Promise.all([
    calls.pages(
      details,
      (client, sdk, Marker) =>
        client.send(
          new sdk.GetAccountAuthorizationDetailsCommand({
            Filter: ["Role", "User", "LocalManagedPolicy", "AWSManagedPolicy"],
            MaxItems: pageSize,
            Marker,
          }),
        ),
      (page) => {
        assembly.addDetails(page);
        progress("roles", assembly.roles.size);
      },
    ),
    calls.pages(
      profiles,
      (client, sdk, Marker) =>
        client.send(new sdk.ListInstanceProfilesCommand({ MaxItems: pageSize, Marker })),
      (page) => assembly.addProfiles(page),
    ),
  ]);
  if (unseen !== undefined)
    for (const of of ["roles", "policies", "users"] as const)
      assembly.gap(of, unseen.at === "denied" ? unseen : vanished(details));
  if (unlisted !== undefined)
    assembly.gap("profiles", unlisted.at === "denied" ? unlisted : vanished(profiles));
  if (unseen === undefined) await addMissingPolicies(calls, assembly);
  return assembly.finish();
}

/** AWS leaves out none that is attached; one that is only a boundary, or an emulator's, may be. */
async function addMissingPolicies(calls: IamCalls, assembly: IamAssembly): Promise<void> {
  const missing = assembly.missingPolicies();
  for (const arn of missing.slice(0, maxFetched)) {
    const policy = await calls.policy(arn);
    if (policy.at === "found") assembly.policies.set(arn, policy.value);
    else assembly.gap("policies", policy);
  }
  if (missing.length > maxFetched)
    assembly.gap("policies", denied(actions[0], `it left out ${missing.length} policies that roles carry`));
}
