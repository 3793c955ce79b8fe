import { IAMClient } from "@aws-sdk/client-iam";
import type { FactsPort } from "../gather/port.ts";
import { patient } from "./client-settings.ts";
import { createRegionFacts } from "./ec2-facts.ts";
import { createIamFacts } from "./iam-facts.ts";

/** Facts of the account that the function is in. EC2's client is loaded when a region is first read. */
export function deployedFacts(): Omit<FactsPort, "identity"> {
  const iam = new IAMClient(patient);
  return {
    ...createIamFacts(async () => iam),
    region: createRegionFacts(async (region) => {
      const { EC2Client } = await import("./ec2-sdk.ts");
      return new EC2Client({ ...patient, region });
    }),
  };
}
