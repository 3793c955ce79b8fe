import type { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import type { FactsPort } from "../gather/port.ts";
import { patient } from "./client-settings.ts";
import { createRegionFacts } from "./ec2-facts.ts";
import { createIamFacts } from "./iam-facts.ts";

/** Facts of the account that the function is in. EC2's client is loaded when a region is first read. */
export function deployedFacts(): Omit<FactsPort, "identity"> {
  const iam = new IAMClient(patient);
  const regions = new Map<string, Promise<EC2Client>>();
  return {
    ...createIamFacts(async () => iam),
    region: createRegionFacts((region) => {
      const client =
        regions.get(region) ??
        import("./ec2-sdk.ts").then(({ EC2Client }) => new EC2Client({ ...patient, region }));
      regions.set(region, client);
      return client;
    }),
  };
}
