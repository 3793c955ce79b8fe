import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import { lookUp } from "../../lib/model/seen.ts";
import { sampleAccount, saveAccount } from "../support/sample-account.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const details = "get-account-authorization-details";
let made = 0;
const fresh = (pageSize?: number) =>
  saveAccount(join(folder, String(++made)), sampleAccount, pageSize === undefined ? {} : { pageSize });
type Details = Record<string, Record<string, unknown>[]>;
const put = (account: string, change: (whole: Details) => void) => {
  const whole = structuredClone(sampleAccount.details) as unknown as Details;
  change(whole);
  writeFileSync(join(account, `${details}.json`), JSON.stringify(whole));
  return openSnapshot(account).account();
};
const gone = (account: string, name: string) => rmSync(join(account, `${name}.json`));

describe("the pages of a snapshot", () => {
  test("are whole when each that is marked has its next", async () => {
    const { roles } = await openSnapshot(fresh(1)).account();
    expect(roles.gap).toBeUndefined();
    expect(roles.items).toHaveLength(4);
  });

  test("are not whole when the last is marked, or one in between is gone", async () => {
    for (const lost of [`${details}-4`, `${details}-2`]) {
      const account = fresh(1);
      gone(account, lost);
      const { roles, policies, users } = await openSnapshot(account).account();
      for (const roster of [roles, policies, users])
        expect(roster.gap).toMatchObject({ reason: expect.stringContaining(`${lost}.json is not there`) });
      expect(roles.items.length).toBeGreaterThan(0);
    }
  });

  test("without the first are none", async () => {
    const account = fresh(1);
    gone(account, details);
    const { roles } = await openSnapshot(account).account();
    expect(roles).toMatchObject({ items: [], gap: { action: `${details}.json` } });
  });

  test("that stand twice count once, and a file of another name is left alone", async () => {
    const account = fresh();
    renameSync(join(account, `${details}.json`), join(account, `${details}-2.json`));
    saveAccount(account, sampleAccount);
    for (const name of [
      `${details}-old.json`,
      `${details}-1.json`,
      `${details}-02.json`,
      `${details}.json.bak`,
    ])
      writeFileSync(join(account, name), "not read");
    const { roles } = await openSnapshot(account).account();
    expect(roles.gap).toBeUndefined();
    expect(roles.items).toHaveLength(4);
  });
});

describe("a file that was saved with a filter", () => {
  test("shows by what it lacks", async () => {
    const onlyRoles = await put(fresh(), (whole) =>
      Object.assign(whole, { Policies: [], UserDetailList: [], GroupDetailList: [] }),
    );
    expect(onlyRoles.roles.gap).toBeUndefined();
    const attached = lookUp(onlyRoles.policies, ({ name }) => name === "own");
    expect(attached).toMatchObject({ at: "denied", action: `${details}.json` });

    const onlyPolicies = await put(fresh(), (whole) =>
      Object.assign(whole, { RoleDetailList: [], UserDetailList: [], GroupDetailList: [] }),
    );
    for (const roster of [onlyPolicies.roles, onlyPolicies.users])
      expect(roster.gap).toMatchObject({ reason: expect.stringContaining("without `--filter`") });
  });

  test("is not suspected where all that is attached is accounted for", async () => {
    const noUsers = await put(fresh(), (whole) => Object.assign(whole, { UserDetailList: [] }));
    expect(noUsers.users).toEqual({ items: [] });
    const nothing = await put(fresh(), (whole) => {
      Object.assign(whole, { UserDetailList: [], RoleDetailList: [], Policies: [], GroupDetailList: [] });
    });
    expect(nothing.roles).toEqual({ items: [] });
  });
});

describe("a role's part that is not in the file", () => {
  test("is denied for itself", async () => {
    const { roles } = await put(fresh(), (whole) => {
      const bare = whole["RoleDetailList"]?.find((role) => role["RoleName"] === "bare");
      delete bare?.["RolePolicyList"];
      delete bare?.["AssumeRolePolicyDocument"];
    });
    const bare = lookUp(roles, ({ name }) => name === "bare");
    expect(bare).toMatchObject({
      at: "found",
      value: {
        trust: { at: "denied" },
        inline: { at: "denied" },
        attached: { at: "found" },
        boundary: { at: "absent" },
      },
    });
  });

  test("has a boundary that was not seen where which one it is does not stand there", async () => {
    const boundaryOf = async (PermissionsBoundary: unknown) => {
      const { roles } = await put(fresh(), (whole) => {
        const [role] = whole["RoleDetailList"] ?? [];
        if (role !== undefined) role["PermissionsBoundary"] = PermissionsBoundary;
      });
      return roles.items[0]?.boundary.at;
    };
    expect(await boundaryOf({ PermissionsBoundaryType: "Policy" })).toBe("denied");
    expect(await boundaryOf(null)).toBe("absent");
  });

  test("is denied throughout when it is the output of list-roles", async () => {
    const { roles } = await put(fresh(), (whole) => {
      for (const role of whole["RoleDetailList"] ?? [])
        for (const key of ["RolePolicyList", "AttachedManagedPolicies", "InstanceProfileList", "Tags"])
          delete role[key];
    });
    const [role] = roles.items;
    expect(role?.trust.at).toBe("found");
    for (const part of ["inline", "attached", "boundary", "tags"] as const)
      expect(role?.[part].at, part).toBe("denied");
    // The other file knows which profiles hold it.
    expect(role?.profiles.at).toBe("found");
  });

  test("is completed by the list of instance profiles, which may have been saved later", async () => {
    const { roles } = await put(fresh(), (whole) => {
      for (const role of whole["RoleDetailList"] ?? []) role["InstanceProfileList"] = [];
    });
    const held = lookUp(roles, ({ name }) => name === "ecsInstanceRole");
    expect(held).toMatchObject({
      at: "found",
      value: { profiles: { at: "found", value: ["ecs-nodes", "ecs-spare"] } },
    });
  });
});

describe("the account of a snapshot", () => {
  test("is one: files of two accounts are refused, with both named", async () => {
    const account = fresh();
    writeFileSync(
      join(account, "get-caller-identity.json"),
      JSON.stringify({ Account: "999988887777", Arn: "arn:aws:iam::999988887777:user/x", UserId: "x" }),
    );
    await expect(openSnapshot(account).account()).rejects.toThrow(
      /get-caller-identity\.json is of 999988887777, .* holds arn:aws:iam::\d+:role\//,
    );
  });
});

describe("the regions of a snapshot", () => {
  test("have route tables that are public by any route to an internet gateway, and by no other", async () => {
    const account = fresh();
    const table = (id: string, route: object) => ({ RouteTableId: id, Routes: [route], Associations: [] });
    const tables = [
      table("rtb-v4", { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" }),
      table("rtb-v6", { DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1" }),
      table("rtb-list", { DestinationPrefixListId: "pl-1", GatewayId: "igw-1" }),
      table("rtb-halves", { DestinationCidrBlock: "0.0.0.0/1", GatewayId: "igw-1" }),
      table("rtb-out", { DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1" }),
      table("rtb-nat", { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" }),
      table("rtb-vpn", { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "vgw-1" }),
    ];
    const file = join(account, "eu-west-1", "describe-route-tables.json");
    writeFileSync(file, JSON.stringify({ RouteTables: tables }));
    const { routeTables } = await openSnapshot(account).region("eu-west-1");
    const open = routeTables.items.filter(({ internet }) => internet).map(({ id }) => id);
    expect(open).toEqual(["rtb-v4", "rtb-v6", "rtb-list", "rtb-halves"]);
  });

  test("are its folders that are named as regions are; another one is unseen, not empty", async () => {
    const account = fresh();
    for (const name of ["notes", "us-gov-west-1", "old_files"]) mkdirSync(join(account, name));
    const snapshot = openSnapshot(account);
    expect(snapshot.regions).toEqual(["eu-west-1", "us-east-1", "us-gov-west-1"]);
    const { instances, groups } = await snapshot.region("ap-south-1");
    expect(instances).toMatchObject({ items: [], gap: { action: "ap-south-1/describe-instances.json" } });
    expect(groups.gap?.reason).toContain("aws ec2 describe-security-groups --region ap-south-1");
  });
});
