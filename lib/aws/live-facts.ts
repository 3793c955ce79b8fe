import { GatherError } from "../gather/gather-error.ts";
import type { FactsPort } from "../gather/port.ts";
import type { AccountIdentity } from "../model/facts.ts";
import type { AwsClients } from "./clients.ts";
import { createRegionFacts } from "./ec2-facts.ts";
import { createIamFacts } from "./iam-facts.ts";
import { read } from "./read.ts";

interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

export interface LiveFacts extends FactsPort {
  /** Whose credentials these are. */
  caller(): Promise<Caller>;
}

/** The account that the credentials belong to, as it is now. */
export function createLiveFacts(clients: AwsClients): LiveFacts {
  return {
    caller: () => readCaller(clients),
    identity: async (): Promise<AccountIdentity> => {
      const { account, arn } = await readCaller(clients);
      return { account, partition: /^arn:([a-z-]+):/.exec(arn)?.[1] ?? "aws" };
    },
    ...createIamFacts(clients.iam),
    region: createRegionFacts(clients.ec2),
  };
}

async function readCaller(clients: AwsClients): Promise<Caller> {
  // No permission can be taken away for this call: when it fails there are no valid credentials, or no way to AWS.
  const answer = await read("sts:GetCallerIdentity", async () => {
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    return (await clients.sts()).send(new GetCallerIdentityCommand({}));
  });
  if (answer.at !== "found") throw new GatherError(whyUnknown(answer.at === "denied" ? answer.reason : ""));
  const { Account: account, Arn: arn = "", UserId: userId = "" } = answer.value;
  if (account === undefined) throw new GatherError("cannot tell which account to read: the reply names none");
  return { account, arn, userId };
}

/** What the SDK says of a profile or a session that expired names the remedy; of no credentials at all it names none. */
function whyUnknown(reason: string): string {
  const [, why] = /^CredentialsProviderError(?:: (.*))?$/s.exec(reason) ?? [];
  if (!reason.startsWith("CredentialsProviderError")) return `cannot tell which account to read: ${reason}`;
  const more = why === undefined || why.includes("from any providers") ? "" : ` (${why})`;
  return `no AWS credentials were found${more}: sign in as for the AWS CLI, or audit what it saved with --snapshot DIR`;
}
