import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetAccountAuthorizationDetailsCommand,
  GetRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import type { Report } from "../../lib/model/report.ts";
import type { Result } from "../../lib/model/result.ts";
import { decideBoundary, restoreBoundary } from "../../lib/remediation/restore-boundary.ts";
import { accountOf, allow, ec2Trust } from "../support/account.ts";
import { auditInProcess } from "../support/audit-in-process.ts";
import { pathWithAws, whyNoAwsCli } from "../support/aws-cli.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { runProcess } from "../support/run-process.ts";
import { type Scenario, scenarios } from "./mending-scenarios.ts";
import { pinnedPolicies } from "./pinned-policies.ts";

const secret = "acme-prod-7731";
const missing = [whyNoEmulator(), whyNoAwsCli()].some((reason) => reason !== undefined);

describe.skipIf(missing)("the commands of a finding, run by a shell, put it back", () => {
  let aws: Emulator;
  let folder: string;
  let path: string;

  beforeAll(async () => {
    aws = await startEmulator({ auth: false, managedPolicies: pinnedPolicies() });
    folder = await mkdtemp(join(tmpdir(), "rolecall-mending-"));
    path = await pathWithAws(folder, aws.endpoint, process.env["PATH"]);
  });
  afterAll(async () => {
    await aws?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [index, scenario] of scenarios.entries()) {
    test(`${scenario.title}`, async () => {
      const account = String(500_000_000_000 + index);
      const cwd = await mkdtemp(join(folder, "work-"));
      const env = { ...aws.environment(aws.root(account)), ...scenario.env, PATH: path, ACCOUNT: account };
      const shell = async (script: string) => {
        await writeFile(join(cwd, "script.sh"), script);
        return runProcess("sh", ["-eu", "script.sh"], { cwd, env });
      };
      const audit = async (): Promise<Report> => {
        const report = await auditInProcess(cwd, env);
        expect(JSON.stringify(report)).not.toContain(secret);
        return report;
      };
      const config = { endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) };
      const iam = new IAMClient(config);
      for (const command of scenario.setup(account)) await command(iam);
      iam.destroy();
      const ssm = new SSMClient(config);
      for (const [Name, Value] of Object.entries(scenario.parameters ?? {}))
        await ssm.send(new PutParameterCommand({ Name, Value, Type: "SecureString" }));
      ssm.destroy();
      await writeFile(join(cwd, "rolecall.yml"), scenario.config);

      const before = await stateOf(aws, account, scenario);
      const first = await audit();
      expect(failing(first)).toEqual([...scenario.fails].sort());
      for (const result of first.results.filter(isWrong)) {
        for (const command of chosen(result, scenario)) {
          const ran = await shell(command);
          // A policy that two findings tell to detach is gone the second time.
          expect(ran.code === 0 || /NoSuchEntity/.test(ran.err), `${command}\n${ran.err}`).toBe(true);
          expect(`${command}${ran.out}${ran.err}`).not.toContain(secret);
        }
      }
      const second = await audit();
      expect(failing(second)).toEqual([]);
      expect(second.summary.undecided + second.summary.unavailable).toBe(0);
      expect(await stateOf(aws, account, scenario)).toEqual(before);
      expect((await readdir(cwd)).sort()).toEqual(["rolecall.yml", "script.sh"]);
    });
  }

  // The emulator's account-wide answer holds no boundaries, so that these two are looked at by role.
  test("a boundary is put on and taken off", async () => {
    const account = "500000000999";
    const iam = new IAMClient({ endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) });
    const document = JSON.stringify(allow("s3:*"));
    await iam.send(new CreatePolicyCommand({ PolicyName: "edge", PolicyDocument: document }));
    await iam.send(
      new CreateRoleCommand({ RoleName: "ci-deployer", AssumeRolePolicyDocument: JSON.stringify(ec2Trust) }),
    );
    const { iam: facts, identity } = accountOf({ roles: [{ name: "ci-deployer" }] });
    const [role] = facts.roles.items;
    const compiled = compileConfig(
      {
        file: "rolecall.yml",
        bytes: new TextEncoder().encode("version: 1\nroles: [{ role: ci-deployer, boundary: edge }]"),
      },
      { catalogue, controls: controlIds, read: () => undefined },
    );
    const watched = compiled.ok ? compiled.config.roles[0] : undefined;
    if (role === undefined || watched === undefined) throw new Error("nothing to mend");
    const mending = { identity: { ...identity, account }, iam: facts, role, watched };
    const run = async (command = ""): Promise<string | undefined> => {
      const env = { ...aws.environment(aws.root(account)), PATH: path };
      const ran = await runProcess("sh", ["-euc", command], { cwd: folder, env });
      expect(ran.code, `${command}\n${ran.err}`).toBe(0);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: "ci-deployer" }));
      return Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    };
    expect(await run(restoreBoundary(mending)[0]?.command)).toBe(`arn:aws:iam::${account}:policy/edge`);
    expect(await run(decideBoundary(mending)[0]?.command)).toBeUndefined();
    iam.destroy();
  });
});

/** Notes need nobody to act. */
const isWrong = (result: Result): boolean => result.verdict === "failed" && result.control !== "role-retired";

const failing = (report: Report): readonly string[] =>
  report.results
    .filter(isWrong)
    .map(({ control, resource }) => `${control} ${resource.arn.slice(resource.arn.lastIndexOf("/") + 1)}`)
    .sort();

function chosen({ control, remediation }: Result, { choose = {} }: Scenario): readonly string[] {
  const commands = remediation.flatMap(({ command }) => command ?? []);
  expect(commands.length, control).toBeGreaterThan(0);
  const only = choose[control];
  return only === undefined ? commands : commands.slice(only, only + 1);
}

/** Everything of IAM but what mending is meant to change. */
async function stateOf(aws: Emulator, account: string, { touches }: Scenario): Promise<unknown> {
  const iam = new IAMClient({ endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) });
  const all = await iam.send(
    new GetAccountAuthorizationDetailsCommand({ Filter: ["Role", "User", "LocalManagedPolicy"] }),
  );
  iam.destroy();
  const kept = <T>(items: readonly T[] | undefined, name: (item: T) => string | undefined): readonly T[] =>
    (items ?? []).filter((item) => !touches.includes(name(item) ?? ""));
  return {
    roles: kept(all.RoleDetailList, ({ RoleName }) => RoleName),
    users: kept(all.UserDetailList, ({ UserName }) => UserName),
    policies: kept(all.Policies, ({ PolicyName }) => PolicyName).map(
      ({ AttachmentCount, PermissionsBoundaryUsageCount, ...policy }) => {
        void [AttachmentCount, PermissionsBoundaryUsageCount];
        return policy;
      },
    ),
  };
}
