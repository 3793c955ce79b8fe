import type { EC2Client } from "@aws-sdk/client-ec2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { STSClient } from "@aws-sdk/client-sts";
import { lazily } from "../model/lazily.ts";

export interface AwsSettings {
  /** Where IAM and STS are asked, and the account's own region; the home region when not given. */
  readonly region?: string;
  /** Attempts per call, the first included. */
  readonly maxAttempts?: number;
}

/** The SDK's clients, each loaded when it is first used: EC2's alone costs as much as all others. */
export interface AwsClients {
  readonly iam: () => Promise<IAMClient>;
  readonly sts: () => Promise<STSClient>;
  readonly ec2: (region: string) => Promise<EC2Client>;
  /** Closes idle connections. */
  readonly close: () => void;
}

export function createClients(settings: AwsSettings = {}): AwsClients {
  sayNothingOfNode();
  const opened: { destroy(): void }[] = [];
  const keep = <C extends { destroy(): void }>(client: C): C => {
    opened.push(client);
    return client;
  };
  const common = {
    // Throttling slows the client down as a whole, and a call is given up only after a good while.
    retryMode: "adaptive",
    maxAttempts: settings.maxAttempts ?? 8,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  } as const;
  const home = lazily(async () => settings.region ?? (await homeRegion(process.env)));
  const ec2 = new Map<string, Promise<EC2Client>>();
  return {
    iam: lazily(async () => {
      const { IAMClient } = await import("./iam-sdk.ts");
      return keep(new IAMClient({ ...common, region: await home() }));
    }),
    sts: lazily(async () => {
      const { STSClient } = await import("@aws-sdk/client-sts");
      return keep(new STSClient({ ...common, region: await home() }));
    }),
    ec2: (region) => {
      const client =
        ec2.get(region) ??
        import("./ec2-sdk.ts").then(({ EC2Client }) => keep(new EC2Client({ ...common, region })));
      ec2.set(region, client);
      return client;
    },
    close: () => {
      for (const client of opened) client.destroy();
    },
  };
}

/**
 * What the AWS CLI would read: the region of the environment, else of the profile, else us-east-1. IAM is
 * global: any region of the partition finds it. The CLI reads AWS_DEFAULT_REGION, the SDK does not.
 */
export async function homeRegion(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const named = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"];
  if (named) return named;
  sayNothingOfNode();
  const { STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({});
  try {
    return await client.config.region();
  } catch (error) {
    if (error instanceof Error && error.message === "Region is missing") return "us-east-1";
    throw error;
  } finally {
    client.destroy();
  }
}

/** Which Node runs is not for the reader of a report to mend. */
function sayNothingOfNode(): void {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
}

export async function createSsmClient(): Promise<SSMClient> {
  sayNothingOfNode();
  const { SSMClient } = await import("@aws-sdk/client-ssm");
  return new SSMClient({ region: await homeRegion(process.env) });
}
