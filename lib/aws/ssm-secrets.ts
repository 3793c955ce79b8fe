import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";

export { SSMClient };

/** IAM actions on the parameters that the configuration names. */
export const ssmSecretsActions = ["ssm:GetParameters"] as const;

/** Parameters of one GetParameters call. */
const batchSize = 10;

/** The values of the parameters that exist and can be read, by name. A failing call throws. */
export async function readParameters(
  client: SSMClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (let at = 0; at < names.length; at += batchSize) {
    const Names = names.slice(at, at + batchSize);
    const answer = await client.send(new GetParametersCommand({ Names, WithDecryption: true }));
    for (const { Name, Value } of answer.Parameters ?? []) {
      if (Name !== undefined && Value !== undefined) values.set(Name, Value);
    }
  }
  return values;
}
