import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AwsClients, createClients } from "../../lib/aws/clients.ts";
import { actions as regionActions } from "../../lib/aws/ec2-facts.ts";
import { actions as iamActions } from "../../lib/aws/iam-facts.ts";
import { createLiveFacts } from "../../lib/aws/live-facts.ts";
import { run } from "../../lib/cli/main.ts";
import { narrowToProfile, narrowToRole, narrowToUser } from "../../lib/gather/narrow-iam.ts";
import type { FactsPort } from "../../lib/gather/port.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import { found } from "../../lib/model/seen.ts";
import { readJson } from "../../lib/policy/read-json.ts";
import { type ServedAccount, type ServeOptions, serveAccount } from "../support/aws-server/serve-account.ts";
import { fakeIo } from "../support/fake-io.ts";
import { sampleAccount, saveAccount } from "../support/sample-account.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const plain = openSnapshot(saveAccount(join(folder, "plain"), sampleAccount));

/** Facts with documents decoded, maps as entries and lists in one order: what has to be equal. */
const comparable = (value: unknown): unknown => {
  if (value instanceof Map) return comparable([...value]);
  if (Array.isArray(value))
    return value.map(comparable).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value === "string" && value.startsWith("%7B")) {
    const read = readJson(value);
    return comparable(read.ok ? read.value : value);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
};

function factsContract(name: string, open: () => Promise<FactsPort> | FactsPort): void {
  describe(`facts ${name}`, () => {
    let port: FactsPort;
    beforeAll(async () => {
      port = await open();
    });

    test("know whose account it is", async () => {
      expect(await port.identity()).toEqual({ account: "123456789012", partition: "aws" });
    });

    test("hold all of IAM, whole", async () => {
      const facts = await port.account();
      const names = (items: readonly { readonly name: string }[]) =>
        items.map((item) => item.name).toSorted();
      expect(names(facts.roles.items)).toEqual(["AWSServiceRoleForECS", "bare", "ecsInstanceRole", "inline"]);
      expect(names(facts.profiles.items)).toEqual(["ecs-nodes", "ecs-spare", "empty"]);
      expect(names(facts.users.items)).toEqual(["dockercloud-user", "jane"]);
      const versions = facts.policies.items.map((each) => `${each.name} ${each.defaultVersion}`);
      expect(versions.toSorted()).toEqual(["AmazonEC2ContainerServiceforEC2Role v1", "limits v1", "own v2"]);
      for (const roster of Object.values(facts)) expect(roster.gap).toBeUndefined();
      expect(comparable(facts)).toEqual(comparable(await plain.account()));
    });

    test("hold the same of one role, read by name", async () => {
      const whole = await plain.account();
      for (const { name } of whole.roles.items) {
        expect(comparable(await port.role(name))).toEqual(comparable(narrowToRole(whole, name)));
      }
      const { roles } = await port.role("ecsInstanceRole");
      expect(roles.items[0]?.boundary).toEqual(found("arn:aws:iam::123456789012:policy/limits"));
      expect(roles.items[0]?.tags).toEqual(
        found(
          new Map([
            ["team", "plattform-équipe"],
            ["__proto__", "x & <y>"],
          ]),
        ),
      );
    });

    test("hold the same of one user and of one profile, read by name", async () => {
      const whole = await plain.account();
      expect(comparable(await port.user("jane"))).toEqual(comparable(narrowToUser(whole, "jane")));
      for (const { name } of whole.profiles.items)
        expect(comparable(await port.profile(name))).toEqual(comparable(narrowToProfile(whole, name)));
    });

    test("what does not exist is an empty roster without a gap", async () => {
      for (const facts of [
        await port.role("nobody"),
        await port.user("nobody"),
        await port.profile("nobody"),
      ])
        expect(facts).toEqual({
          roles: { items: [] },
          policies: { items: [] },
          profiles: { items: [] },
          users: { items: [] },
        });
      expect(await port.rolesWithPolicy("arn:aws:iam::123456789012:policy/none")).toEqual({ at: "absent" });
    });

    test("know the roles that a policy is attached to or bounds", async () => {
      const own = await port.rolesWithPolicy("arn:aws:iam::123456789012:policy/team/own");
      expect(own).toEqual(found(["ecsInstanceRole"]));
      expect(await port.rolesWithPolicy("arn:aws:iam::123456789012:policy/limits")).toEqual(
        found(["ecsInstanceRole"]),
      );
    });

    test("hold a region without the instances that are gone, and an empty one", async () => {
      const region = await port.region("eu-west-1");
      expect(region.instances.items.map(({ id }) => id)).toEqual(["i-0", "i-1"]);
      expect(region.instances.items[0]).toMatchObject({ groups: ["sg-1"], vpc: "vpc-1" });
      expect(
        region.routeTables.items.map(({ main, internet, subnets }) => ({ main, internet, subnets })),
      ).toEqual([
        { main: true, internet: false, subnets: [] },
        { main: false, internet: true, subnets: ["subnet-1"] },
      ]);
      expect(comparable(region)).toEqual(comparable(await plain.region("eu-west-1")));
      const empty = { items: [] };
      expect(await port.region("us-east-1")).toEqual({
        region: "us-east-1",
        instances: empty,
        groups: empty,
        subnets: empty,
        routeTables: empty,
      });
    });
  });
}

const opened: { served: ServedAccount; clients: AwsClients }[] = [];
afterAll(async () => {
  for (const { served, clients } of opened) {
    clients.close();
    await served.close();
  }
});

/** Clients that talk to a served account, as any of AWS's own tools would: through the environment. */
async function live(options: ServeOptions): Promise<{ served: ServedAccount; clients: AwsClients }> {
  const served = await serveAccount(sampleAccount, options);
  process.env["AWS_ENDPOINT_URL"] = served.url;
  process.env["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
  process.env["AWS_REGION"] = "eu-west-1";
  const clients = createClients({ maxAttempts: 1 });
  // The clients read the environment when they are made.
  await Promise.all([clients.iam(), clients.sts(), clients.ec2("eu-west-1"), clients.ec2("us-east-1")]);
  opened.push({ served, clients });
  return { served, clients };
}

factsContract("of a snapshot", () => plain);
factsContract("of a snapshot with encoded documents and a page per entry", () =>
  openSnapshot(saveAccount(join(folder, "paged"), sampleAccount, { encoded: true, pageSize: 1 })),
);
factsContract("of AWS in pages of one", async () => createLiveFacts((await live({ pageSize: 1 })).clients));
factsContract("of AWS in pages of three", async () => createLiveFacts((await live({ pageSize: 3 })).clients));
factsContract("of AWS in whole pages", async () => createLiveFacts((await live({})).clients));
factsContract("of a snapshot that `rolecall snapshot` wrote", async () => {
  await live({ pageSize: 2 });
  const io = fakeIo({ cwd: folder, env: { AWS_REGION: "eu-west-1" } });
  const code = await run(["snapshot", "written", "--region", "eu-west-1", "us-east-1"], io);
  if (code !== 0 || io.said.out !== "") throw new Error(io.said.err);
  return openSnapshot(join(folder, "written"));
});

describe("a written snapshot", () => {
  test("holds what the CLI prints, readable by its owner only", () => {
    const written = join(folder, "written");
    expect(statSync(written).mode & 0o777).toBe(0o700);
    for (const name of ["get-account-authorization-details.json", "eu-west-1/describe-subnets.json"])
      expect(statSync(join(written, name)).mode & 0o777).toBe(0o600);
    const read = (name: string) => JSON.parse(readFileSync(join(written, name), "utf8"));
    const plainOf = (name: string) => JSON.parse(readFileSync(join(folder, "plain", name), "utf8"));
    for (const name of [
      "get-caller-identity.json",
      "list-instance-profiles.json",
      "eu-west-1/describe-subnets.json",
    ])
      expect(comparable(read(name))).toEqual(comparable(plainOf(name)));
    expect(comparable(read("get-account-authorization-details.json").RoleDetailList)).toEqual(
      comparable(plainOf("get-account-authorization-details.json").RoleDetailList),
    );
  });
});

describe("a live account of which not all can be seen", () => {
  test("names the action that was denied, throttled or cut, and goes on with the rest", async () => {
    const { served, clients } = await live({ pageSize: 2 });
    const port = createLiveFacts(clients);
    served.faults.set("ListInstanceProfiles", "AccessDenied");
    served.faults.set("DescribeSubnets", "AccessDenied");
    served.faults.set("DescribeInstances", "Throttling");
    served.faults.set("DescribeRouteTables", "cut");
    const iam = await port.account();
    expect(iam.roles.gap).toBeUndefined();
    expect(iam.profiles).toMatchObject({
      items: [{ name: "ecs-nodes" }, { name: "ecs-spare" }],
      gap: { at: "denied", action: "iam:ListInstanceProfiles" },
    });
    const region = await port.region("eu-west-1");
    expect(region.groups.gap).toBeUndefined();
    expect(region.subnets.gap).toMatchObject({ action: "ec2:DescribeSubnets" });
    expect(region.instances.gap).toMatchObject({
      action: "ec2:DescribeInstances",
      reason: expect.stringContaining("throttled"),
    });
    expect(region.routeTables.gap).toMatchObject({ action: "ec2:DescribeRouteTables" });

    served.faults.set("GetAccountAuthorizationDetails", "cut");
    const cut = await port.account();
    for (const of of ["roles", "policies", "users"] as const)
      expect(cut[of].gap).toMatchObject({ action: "iam:GetAccountAuthorizationDetails" });
  });

  test("throttling that ends in time is waited out", async () => {
    const { served } = await live({});
    const clients = createClients({ maxAttempts: 4 });
    served.faults.set("GetAccountAuthorizationDetails", "Throttling");
    const reading = createLiveFacts(clients).account();
    await expect
      .poll(() => served.calls.filter((call) => call.startsWith("GetAccountA")).length, { timeout: 20_000 })
      .toBeGreaterThan(1);
    served.faults.clear();
    const { roles } = await reading;
    clients.close();
    expect(roles.gap).toBeUndefined();
    expect(roles.items).toHaveLength(4);
  });

  test("a role read by name is unseen only in the part that was denied", async () => {
    const { served, clients } = await live({});
    const port = createLiveFacts(clients);
    for (const [action, part] of [
      ["ListAttachedRolePolicies", "attached"],
      ["ListRolePolicies", "inline"],
      ["GetRolePolicy", "inline"],
      ["ListInstanceProfilesForRole", "profiles"],
    ] as const) {
      served.faults.clear();
      served.faults.set(action, "AccessDenied");
      const [role] = (await port.role(part === "inline" ? "inline" : "ecsInstanceRole")).roles.items;
      expect(role?.[part]).toMatchObject({ at: "denied", action: `iam:${action}` });
      expect(role?.trust.at).toBe("found");
    }
    served.faults.clear();
    served.faults.set("GetPolicyVersion", "AccessDenied");
    const { roles, policies } = await port.role("ecsInstanceRole");
    expect(roles.gap).toBeUndefined();
    expect(policies).toMatchObject({ items: [], gap: { action: "iam:GetPolicyVersion" } });
    served.faults.set("GetRole", "AccessDenied");
    expect((await port.role("ecsInstanceRole")).roles).toMatchObject({
      items: [],
      gap: { action: "iam:GetRole" },
    });
  });
});

test("the adapters call what they declare, which is what a deployed role is given, and nothing else", () => {
  const called = new Set(opened.flatMap(({ served }) => served.calls));
  called.delete("GetCallerIdentity");
  const actions = [...called].map((call) => `${call.startsWith("Describe") ? "ec2" : "iam"}:${call}`);
  expect(actions.toSorted()).toEqual([...iamActions, ...regionActions].toSorted());
});
