import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

export { SSMClient };

/** IAM actions on the parameters that the configuration names. @public */
export const actions = ["ssm:GetParameter"] as const;

/**
 * The values of the parameters that can be read, by name; `unread` is told of the others. One by one:
 * a refusal of one hides no other.
 */
export async function readParameters(
  client: SSMClient,
  names: readonly string[],
  unread: (name: string, reason: string) => void = () => {},
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  await Promise.all(
    names.map(async (name) => {
      try {
        const answer = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
        const value = answer.Parameter?.Value;
        if (value === undefined) unread(name, "it has no value");
        else values.set(name, value);
      } catch (error) {
        unread(name, error instanceof Error ? error.name : String(error));
      }
    }),
  );
  return values;
}
