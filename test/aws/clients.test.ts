import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClients, homeRegion } from "../../lib/aws/clients.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-clients-"));
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const profiles = (): void =>
  writeFileSync(
    join(folder, "config"),
    "[default]\nregion = eu-central-1\n[profile china]\nregion = cn-north-1\n[profile bare]\noutput = json\n",
  );

describe("the region that nobody named", () => {
  it.each([
    ["AWS_REGION before all else", { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-1"],
    ["AWS_DEFAULT_REGION before the profile", { AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-2"],
    ["an empty AWS_REGION is none", { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-2"],
    ["the default profile", {}, "eu-central-1"],
    ["the profile of AWS_PROFILE", { AWS_PROFILE: "china" }, "cn-north-1"],
    ["a profile without a region", { AWS_PROFILE: "bare" }, "us-east-1"],
  ])("%s", async (_, env, region) => {
    profiles();
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(await homeRegion(process.env)).toBe(region);
  });

  it("is us-east-1 without any configuration", async () => {
    expect(await homeRegion(process.env)).toBe("us-east-1");
  });

  it("is where IAM and STS are asked", async () => {
    profiles();
    vi.stubEnv("AWS_PROFILE", "china");
    const clients = createClients();
    expect(await (await clients.iam()).config.region()).toBe("cn-north-1");
    expect(await (await clients.sts()).config.region()).toBe("cn-north-1");
    clients.close();
  });
});
