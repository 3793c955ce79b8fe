import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../lib/cli/main.ts";
import type { Report } from "../../lib/model/report.ts";
import { fakeIo } from "../support/fake-io.ts";
import { sampleAccount, saveAccount } from "../support/sample-account.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const details = "get-account-authorization-details.json";
let made = 0;

/** The sample account in a folder of its own, with some files put in place of its own. */
function accountWith(files: Readonly<Record<string, string | Buffer | undefined>>): string {
  const account = saveAccount(join(folder, `account-${++made}`), sampleAccount);
  for (const [name, content] of Object.entries(files)) {
    const path = join(account, name);
    rmSync(path, { force: true });
    if (content === undefined) continue;
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
  }
  return account;
}

type Entry = Record<string, unknown>;
/** The account's details, changed. */
function detailsWith(change: (roles: Entry[], whole: Record<string, unknown>) => void): string {
  const whole = structuredClone(sampleAccount.details) as unknown as Record<string, Entry[]>;
  change(whole["RoleDetailList"] ?? [], whole);
  return JSON.stringify(whole);
}
const named = (roles: readonly Entry[], name: string): Entry =>
  roles.find((role) => role["RoleName"] === name) ?? {};

const config = `version: 1
platforms:
  ecs:
    - role: ecsInstanceRole
  rancher:
    - cluster: c1
      region: eu-west-1
roles:
  - role: bare
    trust: ./ec2.json
    profile: any
  - role: inline
    path: /team/
    trust: ./ec2.json
    profile: any
`;

beforeAll(() => {
  writeFileSync(join(folder, "rolecall.yml"), config);
  writeFileSync(
    join(folder, "ec2.json"),
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
  );
});

async function audit(
  account: string,
  ...argv: string[]
): Promise<{ code: number; err: string; out: string }> {
  const io = fakeIo({ cwd: folder });
  const code = await run(["audit", "--snapshot", account, ...argv], io);
  return { code, ...io.said };
}

async function report(account: string, ...argv: string[]): Promise<Report & { code: number }> {
  const { code, out, err } = await audit(account, "--format", "json", ...argv);
  if (out === "") throw new Error(err);
  return { ...(JSON.parse(out) as Report), code };
}

const verdictsOf = ({ results }: Report, role: string): ReadonlySet<string> =>
  new Set(results.filter(({ resource }) => resource.arn.endsWith(`/${role}`)).map(({ verdict }) => verdict));

const reasons = ({ results }: Report): string =>
  results.map(({ reason, detail }) => `${reason ?? ""} ${detail}`).join("\n");

describe("an audit of bad input goes on with the rest", () => {
  test("the sample account itself can be seen whole", async () => {
    const seen = await report(accountWith({}));
    expect(seen.summary.unavailable).toBe(0);
    expect(verdictsOf(seen, "bare")).toEqual(new Set(["passed"]));
  });

  test.each([
    ["is missing", undefined, "missing"],
    ["is empty", "", "is empty"],
    ["is not JSON", '{\n  "RoleDetailList": [oops]\n}', "line 2, column 22"],
    ["is cut off", detailsWith(() => {}).slice(0, 2000), "it is cut off at line 1, column"],
    [
      "is the CLI's complaint",
      "\nAn error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: no\n",
      "it holds an error of the AWS CLI: An error occurred (AccessDenied)",
    ],
    [
      "holds a name that IAM would refuse",
      detailsWith((roles) =>
        Object.assign(named(roles, "ecsInstanceRole"), { RoleName: "ecsInstanceRole`|\u001b[31m" }),
      ),
      "entry 2 of its roles cannot be read",
    ],
    ["is the CLI's YAML", "RoleDetailList:\n- Arn: x\n", "is not JSON"],
    ["is of no encoding", Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d]), "neither UTF-8 nor UTF-16"],
    ["is a list", "[]", "does not hold"],
    ["is of another command", '{"Roles": []}', "does not hold"],
    [
      "is marked as truncated",
      detailsWith((_, whole) => Object.assign(whole, { RoleDetailList: [], IsTruncated: true })),
      "truncated",
    ],
    [
      "was cut short by --max-items",
      detailsWith((_, whole) => Object.assign(whole, { RoleDetailList: [], NextToken: "x" })),
      "truncated",
    ],
    [
      "was saved with a filter",
      detailsWith((_, whole) => Object.assign(whole, { RoleDetailList: [] })),
      "filter",
    ],
    ["is nested a million levels deep", `${"[".repeat(1e6)}${"]".repeat(1e6)}`, "does not hold"],
  ])("the file of the roles %s: not seen, exit 3", async (_, content, why) => {
    const seen = await report(accountWith({ [details]: content }), "--platform", "ecs");
    expect(seen.code).toBe(3);
    expect(verdictsOf(seen, "ecsInstanceRole")).toEqual(new Set(["unavailable"]));
    expect(reasons(seen)).toContain(details);
    expect(reasons(seen)).toContain(why);
  });

  test("attached policies that a filter left out are not seen; the role's trust is", async () => {
    const seen = await report(
      accountWith({ [details]: detailsWith((_, whole) => Object.assign(whole, { Policies: [] })) }),
    );
    expect(verdictsOf(seen, "ecsInstanceRole")).toContain("unavailable");
    expect(verdictsOf(seen, "ecsInstanceRole")).toContain("passed");
    expect(reasons(seen)).toContain("AWSManagedPolicy");
    expect(verdictsOf(seen, "bare")).toEqual(new Set(["passed"]));
  });

  test("without the list of instance profiles those of the roles are still known", async () => {
    const seen = await report(accountWith({ "list-instance-profiles.json": undefined }), "--platform", "ecs");
    expect(seen.results.find(({ control }) => control === "profile-exists")?.verdict).toBe("passed");
  });

  test("a region's missing or broken file leaves only its own resources unseen", async () => {
    for (const content of [undefined, "{", '{"Subnets": [], "NextToken": "x"}']) {
      const seen = await report(accountWith({ "eu-west-1/describe-subnets.json": content }));
      expect(seen.summary.unavailable, String(content)).toBeGreaterThan(0);
      expect(reasons(seen)).toContain("eu-west-1/describe-subnets.json");
      expect(verdictsOf(seen, "bare")).toEqual(new Set(["passed"]));
    }
  });

  test("clusters that nobody configured are not seen where the instances are not", async () => {
    const refused = "An error occurred (UnauthorizedOperation) when calling the DescribeInstances operation";
    const account = accountWith({
      "eu-west-1/describe-instances.json": refused,
      [details]: detailsWith((roles) => roles.splice(0, roles.length, named(roles, "bare"))),
    });
    const cwd = join(folder, "unconfigured");
    mkdirSync(cwd, { recursive: true });
    for (const [argv, code] of [
      [[], 3],
      [["--region", "eu-west-1"], 3],
      [["--platform", "rancher"], 3],
      [["--platform", "ecs"], 0],
    ] as const) {
      const io = fakeIo({ cwd });
      expect([argv, await run(["audit", "--snapshot", account, ...argv], io)]).toEqual([argv, code]);
      expect(io.said.out.includes("Could not see which clusters are in eu-west-1."), argv.join()).toBe(
        code === 3,
      );
    }
    // Whoever wrote down what is watched, and no cluster, did not ask.
    writeFileSync(join(cwd, "rolecall.yml"), "version: 1\nroles: [{ role: bare, profile: any }]\n");
    expect(await run(["audit", "--snapshot", account], fakeIo({ cwd }))).toBe(0);
  });

  test("the same file in UTF-16, with a mark, or with Windows line ends is the same account", async () => {
    const text = JSON.stringify(sampleAccount.details, undefined, 2);
    const plain = await report(accountWith({}));
    for (const content of [
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
      `\ufeff${text}`,
      text.replaceAll("\n", "\r\n"),
    ]) {
      const seen = await report(accountWith({ [details]: content }));
      expect(seen.summary).toEqual(plain.summary);
    }
  });

  const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
  test.each([
    ["that is cut off", '{"Version":"2012-10-17","Statement":[{"Effe'],
    ["that is no JSON", "oops"],
    ["that is empty", ""],
    ["that is half encoded", "%7B%22Version%22%3A"],
    ["with broken percent signs", "%7B%ZZ%7D"],
    ["of 130 KB that is cut off", `{"Version":"2012-10-17","Id":"${"x".repeat(130_000)}`],
    ["nested a hundred thousand levels deep", deep],
    ["that is a number", 17],
    ["that is missing", undefined],
    [
      "with an unknown operator",
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringSortOfEquals: { a: "b" } },
          },
        ],
      },
    ],
    [
      "with an effect that does not exist",
      { Version: "2012-10-17", Statement: [{ Effect: "Perhaps", Principal: "*", Action: "sts:AssumeRole" }] },
    ],
    [
      "with `__proto__` for a key",
      JSON.parse(
        '{"Version":"2012-10-17","__proto__":{"Statement":[]},"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","__proto__":1}]}',
      ),
    ],
  ])("a trust policy %s is never taken for compliant", async (_, document) => {
    const content = detailsWith((roles) => {
      Object.assign(named(roles, "bare"), { AssumeRolePolicyDocument: document });
    });
    const seen = await report(accountWith({ [details]: content }));
    const trust = seen.results.filter(
      ({ resource, control }) => resource.arn.endsWith("/bare") && control.startsWith("trust-"),
    );
    expect(trust.some(({ verdict }) => verdict !== "passed")).toBe(true);
    expect(
      trust
        .filter(({ control }) => ["trust-excess", "trust-missing"].includes(control))
        .every(({ verdict }) => verdict !== "passed"),
    ).toBe(true);
    expect(verdictsOf(seen, "inline")).toEqual(new Set(["passed"]));
  });

  test("entries that are no roles are told, and the others are judged", async () => {
    const content = detailsWith((roles) => {
      roles.push(null as unknown as Entry, 7 as unknown as Entry, { RoleName: "half" });
    });
    const seen = await report(accountWith({ [details]: content }));
    expect(verdictsOf(seen, "bare")).toEqual(new Set(["passed"]));
  });

  test("two roles of one name under two paths are two roles", async () => {
    const content = detailsWith((roles) => {
      roles.push({
        ...named(roles, "bare"),
        Path: "/other/",
        Arn: "arn:aws:iam::123456789012:role/other/bare",
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
        },
      });
    });
    const seen = await report(accountWith({ [details]: content }));
    const failed = seen.results.filter(
      ({ verdict, control }) => verdict === "failed" && control.startsWith("trust-"),
    );
    expect(new Set(failed.map(({ resource }) => resource.arn))).toEqual(
      new Set(["arn:aws:iam::123456789012:role/other/bare"]),
    );
  });

  test("an account with nothing in it has not the roles that are asked for", async () => {
    const content = JSON.stringify({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    });
    const seen = await report(
      accountWith({ [details]: content, "list-instance-profiles.json": '{"InstanceProfiles": []}' }),
      "--platform",
      "ecs",
    );
    expect(seen.code).toBe(1);
    expect(verdictsOf(seen, "ecsInstanceRole")).toContain("failed");
  });

  test("ten thousand tags on one instance are read in no time worth telling", async () => {
    const path = "eu-west-1/describe-instances.json";
    const reservations = structuredClone(sampleAccount.regions["eu-west-1"]?.Reservations) as {
      Instances: { Tags: unknown[] }[];
    }[];
    reservations[0]?.Instances[0]?.Tags.push(
      ...Array.from({ length: 10_000 }, (_, n) => ({
        Key: n % 2 === 0 ? `kubernetes.io/cluster/x${n}` : `k${n}`,
        Value: "v",
      })),
    );
    const seen = await report(accountWith({ [path]: JSON.stringify({ Reservations: reservations }) }));
    expect(
      seen.results.some(({ resource, verdict }) => resource.arn.endsWith("/i-0") && verdict === "failed"),
    ).toBe(true);
    expect(verdictsOf(seen, "bare")).toEqual(new Set(["passed"]));
  });

  test("escapes and markup in names neither reach the terminal nor break a report", async () => {
    const hostile = "x\u001b[2J\u202egnp.exe\u0007<script>alert(1)</script>";
    const content = detailsWith((roles) => {
      Object.assign(named(roles, "bare"), {
        RolePolicyList: [{ PolicyName: hostile, PolicyDocument: hostile }],
      });
      roles.push({
        ...named(roles, "inline"),
        RoleName: hostile,
        Arn: `arn:aws:iam::123456789012:role/${hostile}`,
      });
    });
    writeFileSync(
      join(folder, "hostile.yml"),
      `version: 1\nroles:\n  - role: "x*"\n    trust: ./ec2.json\n    permissions: { atMost: ./ec2.json }\n    profile: none\n  - role: bare\n    profile: none\n`,
    );
    const account = accountWith({ [details]: content });
    for (const format of ["table", "json", "markdown", "junit", "html", "sarif"]) {
      const { out, err, code } = await audit(account, "--config", "hostile.yml", "--format", format);
      expect([0, 1, 2, 3]).toContain(code);
      expect(`${out}${err}`.includes("\u001b"), format).toBe(false);
      expect(format === "html" && out.includes("<script>alert(1)")).toBe(false);
    }
  });
});

describe("a snapshot that tells nothing", () => {
  test.each([
    ["that does not exist", ["--snapshot", "nowhere"], "nowhere"],
    ["that is a file", ["--snapshot", "ec2.json"], "ec2.json"],
    ["that holds no file of a snapshot", ["--snapshot", "."], "holds no snapshot"],
  ])("a folder %s is wrong usage", async (_, argv, why) => {
    mkdirSync(join(folder, "empty"), { recursive: true });
    const io = fakeIo({ cwd: why === "holds no snapshot" ? join(folder, "empty") : folder });
    expect(await run(["audit", ...argv], io)).toBe(2);
    expect(io.said.out).toBe("");
    expect(io.said.err).toContain(why);
  });

  test("without get-caller-identity.json the account is known by its roles", async () => {
    const seen = await report(accountWith({ "get-caller-identity.json": undefined }));
    expect(seen.account).toBe("123456789012");
    const bare = accountWith({
      "get-caller-identity.json": "{",
      [details]: undefined,
      "list-instance-profiles.json": undefined,
    });
    const { code, err } = await audit(bare);
    expect(code).toBe(2);
    expect(err).toContain("get-caller-identity.json cannot be used");
  });
});

describe("a configuration that is wrong", () => {
  test.each([
    ["with an unknown key", "version: 1\nplatfroms: {}\n", "bad.yml:2:1", "platforms"],
    ["that is no YAML", "version: [1\n", "bad.yml:", ""],
    ["that is binary", Buffer.from([0xff, 0x00, 0x80]), "bad.yml", ""],
    ["that is not there", undefined, "bad.yml", "cannot be read"],
  ])("%s is told by file and place before anything is read", async (_, content, place, why) => {
    const path = join(folder, "bad.yml");
    rmSync(path, { force: true });
    if (content !== undefined) writeFileSync(path, content);
    const { code, err, out } = await audit("nowhere", "--config", "bad.yml");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(place);
    expect(err).toContain(why);
  });

  test("all errors are told at once", async () => {
    writeFileSync(join(folder, "bad.yml"), "version: 2\nplatfroms: {}\nroles:\n  - roel: x\n");
    const { err } = await audit("nowhere", "--config", "bad.yml");
    expect(err.match(/bad\.yml:\d+:\d+/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test("a variable that the environment does not hold is named with its place", async () => {
    writeFileSync(
      join(folder, "env.yml"),
      "version: 1\nplatforms:\n  docker-cloud:\n    - role: d\n      externalId: ${env:NOT_SET}\n",
    );
    const { code, err } = await audit(accountWith({}), "--config", "env.yml");
    expect(code).toBe(2);
    expect(err).toContain("NOT_SET");
    expect(err).toContain("env.yml:4");
  });
});
