import type { Context } from "aws-lambda";
import type { AccountIdentity } from "../../lib/model/facts.ts";

const onlyDeployed = "this part is there only when it is deployed";

/** A variable that the stack sets; a function without it was not deployed by this stack. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** A function's ARN names its account: no call is needed to learn which one is watched. */
export function identityOf({ invokedFunctionArn }: Partial<Context>): AccountIdentity {
  if (invokedFunctionArn === undefined) throw new Error(onlyDeployed);
  const [, partition = "aws", , , account = ""] = invokedFunctionArn.split(":");
  return { account, partition };
}

export const regionOf = ({ invokedFunctionArn }: Partial<Context>): string =>
  // `serverless invoke local` gives no ARN.
  invokedFunctionArn?.split(":")[3] ?? process.env["AWS_REGION"] ?? "";

/** Builds at once where the stack runs, and never locally. */
export function deployed<T>(build: () => T): () => T {
  const built = process.env["IS_LOCAL"] === "true" ? undefined : build();
  return () => {
    if (built === undefined) throw new Error(onlyDeployed);
    return built;
  };
}
