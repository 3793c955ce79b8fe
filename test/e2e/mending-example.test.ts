import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import type { DocumentSource } from "../../lib/model/facts.ts";
import type { Result } from "../../lib/model/result.ts";
import { readJson } from "../../lib/policy/read-json.ts";
import { auditInProcess } from "../support/audit-in-process.ts";
import { pathWithAws, whyNoAwsCli } from "../support/aws-cli.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { runProcess } from "../support/run-process.ts";
import { pinnedPolicies } from "./pinned-policies.ts";

const missing = [whyNoEmulator(), whyNoAwsCli()].some((reason) => reason !== undefined);

describe.skipIf(missing)("the example account, made in emulated AWS", () => {
  let aws: Emulator;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const port = openSnapshot("examples/account");
    const { account } = await port.identity();
    const { roles, policies, profiles, users } = await port.account();
    const managed = policies.items.filter(({ arn }) => arn.startsWith("arn:aws:iam::aws:"));
    aws = await startEmulator({
      auth: false,
      managedPolicies: {
        ...pinnedPolicies(),
        ...Object.fromEntries(
          managed.map(({ arn, document }) => [arn.replace(/^.*:policy\//, ""), JSON.parse(text(document))]),
        ),
      },
    });
    folder = await mkdtemp(join(tmpdir(), "rolecall-mending-"));
    env = {
      ...aws.environment(aws.root(account)),
      PATH: await pathWithAws(folder, aws.endpoint, process.env["PATH"]),
    };
    const iam = new IAMClient({ endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) });
    for (const { arn, name, document } of policies.items)
      if (!arn.startsWith("arn:aws:iam::aws:"))
        await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: text(document) }));
    for (const { name } of users.items) await iam.send(new CreateUserCommand({ UserName: name }));
    for (const { name: RoleName, path, trust, inline, attached } of roles.items) {
      if (path.startsWith("/aws-")) continue;
      if (trust.at !== "found" || inline.at !== "found" || attached.at !== "found") throw new Error(RoleName);
      await iam.send(
        new CreateRoleCommand({ RoleName, Path: path, AssumeRolePolicyDocument: text(trust.value) }),
      );
      for (const { name, document } of inline.value)
        await iam.send(
          new PutRolePolicyCommand({ RoleName, PolicyName: name, PolicyDocument: text(document) }),
        );
      for (const { arn: PolicyArn } of attached.value)
        await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    for (const { name: InstanceProfileName, roles: held } of profiles.items) {
      await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
      for (const RoleName of held)
        await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    }
    iam.destroy();
    const config = await readFile("examples/rolecall.yml", "utf8");
    await writeFile(
      join(folder, "rolecall.yml"),
      config.replaceAll("./baselines/", `${process.cwd()}/examples/baselines/`),
    );
  });
  afterAll(async () => {
    await aws?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const failing = async (): Promise<readonly Result[]> =>
    (await auditInProcess(folder, env)).results.filter(
      ({ verdict, severity, control }) =>
        verdict === "failed" && severity !== "info" && !control.startsWith("cluster-"),
    );

  test("is all right on the side of IAM once each finding's command was run, in the order of the report", async () => {
    const first = await failing();
    expect(first.length).toBeGreaterThan(15);
    const done = new Set<string>();
    for (const { control, remediation } of first) {
      const commands = remediation.flatMap(({ command }) => command ?? []);
      expect(commands.length, control).toBeGreaterThan(0);
      for (const command of commands) {
        if (done.has(command)) continue;
        done.add(command);
        await writeFile(join(folder, "script.sh"), command);
        const ran = await runProcess("sh", ["-eu", "script.sh"], { cwd: folder, env });
        expect(ran.code, `${control}: ${command}\n${ran.err}`).toBe(0);
      }
    }
    expect(await failing()).toEqual([]);
  }, 300_000);
});

/** A policy's JSON text, as IAM takes it. */
function text(document: DocumentSource): string {
  if (typeof document !== "string") return JSON.stringify(document);
  const read = readJson(document);
  return read.ok ? JSON.stringify(read.value) : document;
}
