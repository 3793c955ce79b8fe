import type { IAMClient } from "@aws-sdk/client-iam";
import type { FactsPort } from "../gather/port.ts";
import { actions as accountActions, readIamAccount } from "./iam-account.ts";
import { IamByName, actions as nameActions } from "./iam-by-name.ts";
import { IamCalls } from "./iam-calls.ts";

/** The IAM actions that reading IAM uses, account-wide and by name. */
export const actions: readonly string[] = [...new Set<string>([...accountActions, ...nameActions])];

export type IamFactsPort = Pick<FactsPort, "account" | "role" | "user" | "profile" | "rolesWithPolicy">;

/** IAM as it is now. Documents stay as they came: percent-encoded text. */
export function createIamFacts(client: () => Promise<IAMClient>): IamFactsPort {
  const calls = new IamCalls(client);
  const byName = new IamByName(calls);
  return {
    account: (progress) => readIamAccount(calls, progress),
    role: (name) => byName.role(name),
    user: (name) => byName.user(name),
    profile: (name) => byName.profile(name),
    rolesWithPolicy: (arn) => byName.rolesWithPolicy(arn),
  };
}
