import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { resolveSecrets } from "../../lib/config/resolve-secrets.ts";
import { judge } from "../../lib/controls/judge.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { documentedActions } from "../../lib/init/documented-actions.ts";
import type { Facts } from "../../lib/model/facts.ts";
import type { RemediationStep } from "../../lib/model/result.ts";
import { found } from "../../lib/model/seen.ts";
import { account, accountOf, allow, ec2Trust, trusting } from "../support/account.ts";

const workerActions = [...documentedActions(catalogue, "rancher", "worker")];

/** The steps of one control's finding, in an account that `yaml` watches. */
function stepsOf(facts: Facts, yaml: string, control: string): readonly RemediationStep[] {
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: new TextEncoder().encode(`version: 1\nplatforms:\n${yaml}`) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  const filled = resolveSecrets(compiled.config, () => "s3cr3t-value");
  if (!filled.ok) throw new Error("no secrets");
  const results = judge(facts, filled.config, { now: new Date("2026-11-02T07:15:00Z") });
  const result = results.find((each) => each.control === control && each.verdict === "failed");
  if (result === undefined) throw new Error(`${control} did not fail`);
  return result.remediation;
}
const commandsOf = (steps: readonly RemediationStep[]): readonly string[] =>
  steps.flatMap(({ command }) => command ?? []);
const worker = "  rancher:\n    - { role: rancher-worker, node: worker }\n";
const documentIn = (command = ""): unknown =>
  JSON.parse(command.slice(command.indexOf("\n{"), command.lastIndexOf("}") + 1));

describe("how a role is put back", () => {
  test("what of a policy is expected stays in it as it was written", () => {
    const facts = accountOf({
      roles: [
        {
          name: "rancher-worker",
          inline: {
            nodes: {
              Version: "2012-10-17",
              Statement: [
                {
                  Sid: "Mine",
                  Effect: "Allow",
                  Action: [...workerActions, "ec2:RunInstances"],
                  Resource: "*",
                },
                { Sid: "Theirs", Effect: "Allow", Action: "s3:*", Resource: "*" },
                { Sid: "Not", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" },
              ],
            },
          },
          profiles: ["w"],
        },
      ],
    });
    const [command] = commandsOf(stepsOf(facts, worker, "permissions-excess"));
    expect(documentIn(command)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Mine", Effect: "Allow", Action: workerActions, Resource: "*" },
        { Sid: "Not", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" },
      ],
    });
  });

  test("for a policy that other roles carry too, both ways are offered, and who they are is said", () => {
    const facts = accountOf({
      policies: { nodes: allow([...workerActions, "s3:GetObject"]) },
      roles: [
        { name: "rancher-worker", attached: ["nodes"], profiles: ["w"] },
        { name: "other", attached: ["nodes"] },
      ],
    });
    const steps = stepsOf(facts, worker, "permissions-excess");
    expect(steps.map(({ text }) => text).join("\n")).toMatch(
      /Decide, since `nodes` is also on `other`\. Either [\s\S]*\nOr /,
    );
    expect(commandsOf(steps).map((command) => command.match(/aws iam [a-z-]+/g)?.at(-1))).toEqual([
      "aws iam detach-role-policy",
      "aws iam create-policy-version",
    ]);
  });

  test("a policy that is changed is changed for users and groups too, and that is said", () => {
    const policies = { nodes: allow([...workerActions, "s3:GetObject"]) };
    const role = { name: "rancher-worker", attached: ["nodes"], profiles: ["w"] };
    for (const roles of [[role], [role, { name: "other", attached: ["nodes"] }]]) {
      const changing = stepsOf(accountOf({ policies, roles }), worker, "permissions-excess").find(
        ({ command }) => command?.includes("create-policy-version"),
      );
      expect(changing?.text).toMatch(/users and groups that carry it/i);
    }
  });

  test("copies of shared policies take no name that an inline policy has, nor each other's", () => {
    const [first = "", second = "", ...others] = workerActions;
    const facts = accountOf({
      policies: { a: allow([second, "s3:GetObject"]), b: allow([...others, "s3:PutObject"]) },
      roles: [
        {
          name: "rancher-worker",
          inline: { "rancher-worker-a": allow(first) },
          attached: ["a", "b"],
          profiles: ["w"],
        },
        { name: "other", attached: ["a", "b"] },
      ],
    });
    const copies = commandsOf(stepsOf(facts, worker, "permissions-excess")).flatMap(
      (command) => / put-role-policy .*--policy-name (\S+)/.exec(command)?.[1] ?? [],
    );
    expect(copies).toEqual(["rancher-worker-a-2", "rancher-worker-b"]);
  });

  test("leave to assume a role takes no name that an inline policy of the manager has", () => {
    const facts = accountOf({
      roles: [
        { name: "kommander-role", trust: ec2Trust },
        { name: "manager", inline: { "assume-kommander-role": allow("s3:GetObject") } },
      ],
    });
    const yaml = "  kommander:\n    - { role: kommander-role, managementRole: manager }\n";
    const [command] = commandsOf(stepsOf(facts, yaml, "management-assume-role"));
    expect(command).toContain("--policy-name assume-kommander-role-2 ");
  });

  test("an inline policy that is not there is given, and one that is there left with what is expected", () => {
    const told = (inline: object, control: string) =>
      stepsOf(
        accountOf({ roles: [{ name: "rancher-worker", inline: { ...inline }, profiles: ["w"] }] }),
        worker,
        control,
      )
        .map(({ text }) => text)
        .join(" ");
    expect(told({}, "permissions-missing")).toContain("Give the role the inline policy `rancher-worker-");
    expect(told({ nodes: allow([...workerActions, "s3:GetObject"]) }, "permissions-excess")).toContain(
      "Leave the inline policy `nodes` with what is expected.",
    );
  });

  test("of a policy of AWS's own the role keeps what is expected as a copy", () => {
    const facts = accountOf({
      policies: { AmazonNodes: allow([...workerActions, "s3:GetObject"]) },
      roles: [{ name: "rancher-worker", attached: ["AmazonNodes"], profiles: ["w"] }],
    });
    const [copy, detach] = commandsOf(stepsOf(facts, worker, "permissions-excess"));
    expect(copy).toMatch(/^aws iam put-role-policy .* --policy-name rancher-worker-AmazonNodes /);
    expect(documentIn(copy)).toEqual(allow(workerActions));
    expect(detach).toBe(
      "aws iam detach-role-policy --role-name rancher-worker --policy-arn arn:aws:iam::aws:policy/AmazonNodes",
    );
  });

  test("a policy that bounds another role is shared with it", () => {
    const facts = accountOf({
      policies: { nodes: allow([...workerActions, "s3:GetObject"]) },
      roles: [{ name: "rancher-worker", attached: ["nodes"], profiles: ["w"] }, { name: "other" }],
    });
    const [role, other] = facts.iam.roles.items;
    if (role === undefined || other === undefined) throw new Error("no roles");
    const boundary = found(`arn:aws:iam::${account}:policy/nodes`);
    const items = [role, { ...other, boundary }];
    const steps = stepsOf(
      { ...facts, iam: { ...facts.iam, roles: { items } } },
      worker,
      "permissions-excess",
    );
    expect(steps.map(({ text }) => text).join("\n")).toContain("`nodes` is also on `other`");
  });

  test("a policy that gives what is lacking and more is not taken for the one that was detached", () => {
    const policiesOf = (actions: readonly string[]) =>
      accountOf({
        policies: { lost: allow(actions) },
        roles: [{ name: "dockercloud-role", trust: trusting({ AWS: "arn:aws:iam::689684103426:root" }) }],
      });
    const docker = "  docker-cloud:\n    - { role: dockercloud-role, externalId: s3cr3t-value }\n";
    const operation = (actions: readonly string[]) =>
      commandsOf(stepsOf(policiesOf(actions), docker, "permissions-missing"))[0]?.split(" ")[2];
    const expected = ["ec2:*", "iam:ListInstanceProfiles"];
    expect(operation(expected)).toBe("attach-role-policy");
    expect(operation([...expected, "s3:GetObject"])).toBe("put-role-policy");
  });

  test("a wide leave to assume is narrowed, and what else the statement gave stays", () => {
    const facts = accountOf({
      roles: [
        { name: "kommander-role", trust: ec2Trust },
        { name: "manager", inline: { p: allow(["sts:AssumeRole", "s3:GetObject"]) } },
      ],
    });
    const yaml = "  kommander:\n    - { role: kommander-role, managementRole: manager }\n";
    const [command] = commandsOf(stepsOf(facts, yaml, "management-assume-scope"));
    expect(documentIn(command)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: `arn:aws:iam::${account}:role/kommander-role`,
        },
        { Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" },
      ],
    });
  });

  test("a boundary that takes away is a person's to decide on", () => {
    const facts = accountOf({
      policies: { edge: allow("s3:*") },
      roles: [{ name: "rancher-worker", inline: { nodes: allow(workerActions) }, profiles: ["w"] }],
    });
    const bounded: Facts = {
      ...facts,
      iam: {
        ...facts.iam,
        roles: {
          items: facts.iam.roles.items.map((role) => ({
            ...role,
            boundary: found(`arn:aws:iam::${account}:policy/edge`),
          })),
        },
      },
    };
    const steps = stepsOf(bounded, worker, "permissions-missing");
    expect(commandsOf(steps)).toEqual([
      "aws iam delete-role-permissions-boundary --role-name rancher-worker",
    ]);
    expect(steps.at(-1)?.text).toContain("widen `edge`");
  });

  test("what is put in again is not written twice", () => {
    const facts = accountOf({
      roles: [
        {
          name: "dockercloud-role",
          trust: trusting({ AWS: "arn:aws:iam::689684103426:root" }),
          inline: { p: allow(["ec2:*", "iam:*"]) },
        },
      ],
    });
    const docker = "  docker-cloud:\n    - { role: dockercloud-role, externalId: s3cr3t-value }\n";
    const [command] = commandsOf(stepsOf(facts, docker, "permissions-excess"));
    expect(documentIn(command)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ec2:*", "iam:ListInstanceProfiles"], Resource: "*" }],
    });
  });

  const dockerTrust = trusting(
    { AWS: "arn:aws:iam::689684103426:root" },
    { StringEquals: { "sts:ExternalId": "s3cr3t-value" } },
  );
  const dockerActions = ["ec2:*", "iam:ListInstanceProfiles"];
  const docker = "  docker-cloud:\n    - { role: dockercloud-role, externalId: '${env:DOCKERCLOUD_ID}' }\n";
  const denyDescribe = { Effect: "Deny", Action: "ec2:Describe*", Resource: "*" };

  test("an excess and a Deny that is in the way are mended by one set of steps, which gives nothing twice", () => {
    const facts = accountOf({
      roles: [
        {
          name: "dockercloud-role",
          trust: dockerTrust,
          inline: {
            documented: allow(dockerActions),
            more: {
              Version: "2012-10-17",
              Statement: [denyDescribe, { Effect: "Allow", Action: "s3:*", Resource: "*" }],
            },
          },
        },
      ],
    });
    const missing = stepsOf(facts, docker, "permissions-missing");
    expect(commandsOf(missing)).toEqual([
      "aws iam delete-role-policy --role-name dockercloud-role --policy-name more",
    ]);
    expect(missing.map(({ text }) => text).join()).toContain("Decide whether that Deny is meant");
    expect(commandsOf(stepsOf(facts, docker, "permissions-excess"))).toEqual(commandsOf(missing));
  });

  test("what a boundary holds back is taken out before the boundary is taken off", () => {
    const facts = accountOf({
      policies: { edge: allow("ec2:*") },
      roles: [{ name: "dockercloud-role", trust: dockerTrust, inline: { documented: allow("*") } }],
    });
    const items = facts.iam.roles.items.map((role) => ({
      ...role,
      boundary: found(`arn:aws:iam::${account}:policy/edge`),
    }));
    const steps = stepsOf(
      { ...facts, iam: { ...facts.iam, roles: { items } } },
      docker,
      "permissions-missing",
    );
    const [trim, takeOff] = commandsOf(steps);
    expect(documentIn(trim)).toEqual(allow(dockerActions));
    expect(takeOff).toContain("delete-role-permissions-boundary");
    expect(steps.map(({ text }) => text).join("\n")).toContain(
      "also holds back what the role should not be able to do",
    );
  });

  test("what a Deny holds back is taken out before the Deny", () => {
    const facts = accountOf({
      roles: [
        {
          name: "dockercloud-role",
          trust: dockerTrust,
          inline: {
            deny: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Deny", NotAction: "ec2:*", Resource: "*" }],
            },
            documented: allow(dockerActions),
            more: allow("s3:*"),
          },
        },
      ],
    });
    const commands = commandsOf(stepsOf(facts, docker, "permissions-missing"));
    expect(commands.map((command) => command.split("--policy-name ")[1])).toEqual(["more", "deny"]);
  });

  test("a policy of one's own that stands for AWS's is not joined by AWS's because of a Deny", () => {
    const ecs = catalogue.find(({ platform }) => platform === "ecs");
    const managed = ecs?.policies["AmazonEC2ContainerServiceforEC2Role"]?.document;
    const facts = accountOf({
      roles: [
        {
          name: "ecsInstanceRole",
          trust: ec2Trust,
          inline: {
            own: JSON.parse(JSON.stringify(managed).replaceAll("{{partition}}", "aws")),
            deny: { Version: "2012-10-17", Statement: [{ ...denyDescribe, Action: "logs:*" }] },
          },
          profiles: ["e"],
        },
      ],
    });
    const commands = commandsOf(
      stepsOf(facts, "  ecs:\n    - { role: ecsInstanceRole }\n", "permissions-missing"),
    );
    expect(commands.join()).not.toContain("attach-role-policy");
    expect(commands.join()).toContain("--policy-name deny");
  });

  test("taking an excess away gives nothing that the role did not have, where less than the document is fine", () => {
    const facts = accountOf({
      roles: [
        {
          name: "rancher-worker",
          inline: { nodes: allow([...workerActions.slice(2), "s3:GetObject"]) },
          profiles: ["w"],
        },
      ],
    });
    const [command] = commandsOf(stepsOf(facts, worker, "permissions-excess"));
    expect(documentIn(command)).toEqual(allow(workerActions.slice(2)));
    const [given] = commandsOf(stepsOf(facts, worker, "permissions-missing"));
    expect(JSON.stringify(documentIn(given)).toLowerCase()).toEqual(
      JSON.stringify(allow(workerActions)).toLowerCase(),
    );
  });

  test("taking an excess away gives nothing of what a role of one's own may have at most", () => {
    const facts = accountOf({ roles: [{ name: "app", inline: { p: allow(["s3:GetObject", "ec2:*"]) } }] });
    const most = JSON.stringify(allow(["s3:GetObject", "s3:PutObject"]));
    const yaml = `  ecs: []\nroles:\n  - { role: app, permissions: { atMost: ${most} } }\n`;
    const [command] = commandsOf(stepsOf(facts, yaml, "permissions-excess"));
    expect(documentIn(command)).toEqual(allow(["s3:GetObject"]));
  });

  test("a role that lost all of its documented policy gets it back, and that is no note", () => {
    const facts = accountOf({
      policies: { nodes: allow("s3:GetObject") },
      roles: [{ name: "rancher-worker", attached: ["nodes"], profiles: ["w"] }],
    });
    const [command] = commandsOf(stepsOf(facts, worker, "permissions-missing"));
    expect(command).toContain("create-policy-version");
    expect(command).not.toContain("s3:GetObject");
    expect(commandsOf(stepsOf(facts, worker, "permissions-excess"))).toEqual([command]);
  });

  test("what is given back stands in no policy that another finding tells to detach", () => {
    const facts = accountOf({
      policies: { lost: allow("s3:GetObject") },
      roles: [
        {
          name: "rancher-worker",
          inline: { some: allow(workerActions.slice(2)) },
          attached: ["lost"],
          profiles: ["w"],
        },
      ],
    });
    const operationsOf = (control: string) =>
      commandsOf(stepsOf(facts, worker, control)).map((command) => command.split(" ")[2]);
    expect(operationsOf("permissions-excess")).toEqual(["detach-role-policy"]);
    expect(operationsOf("permissions-missing")).toEqual(["put-role-policy", "detach-role-policy"]);
  });

  test("a Deny on the management cluster's role is taken out, since another Allow would change nothing", () => {
    const arn = `arn:aws:iam::${account}:role/kommander-role`;
    const deny = { Effect: "Deny", Action: "sts:*", Resource: "*" };
    const assume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: arn };
    const facts = accountOf({
      roles: [
        { name: "kommander-role", trust: ec2Trust },
        { name: "manager", inline: { p: { Version: "2012-10-17", Statement: [assume, deny] } } },
      ],
    });
    const yaml = "  kommander:\n    - { role: kommander-role, managementRole: manager }\n";
    const steps = stepsOf(facts, yaml, "management-assume-role");
    expect(commandsOf(steps)).toHaveLength(1);
    expect(steps[0]?.text).toContain("Decide whether that Deny is meant");
    expect(documentIn(steps[0]?.command)).toEqual({ Version: "2012-10-17", Statement: [assume] });
  });

  test("a boundary of the management cluster's role is told where it is in the way: another policy would change nothing", () => {
    const arn = `arn:aws:iam::${account}:role/kommander-role`;
    const facts = accountOf({
      policies: { edge: allow("ec2:*") },
      roles: [
        { name: "kommander-role", trust: ec2Trust },
        { name: "manager", inline: { p: allow("sts:AssumeRole", arn) } },
      ],
    });
    const items = facts.iam.roles.items.map((role) =>
      role.name === "manager" ? { ...role, boundary: found(`arn:aws:iam::${account}:policy/edge`) } : role,
    );
    const yaml = "  kommander:\n    - { role: kommander-role, managementRole: manager }\n";
    const steps = stepsOf(
      { ...facts, iam: { ...facts.iam, roles: { items } } },
      yaml,
      "management-assume-role",
    );
    expect(commandsOf(steps)).toEqual(["aws iam delete-role-permissions-boundary --role-name manager"]);
    expect(steps.at(-1)?.text).toContain("widen `edge`");
  });

  test("of what is denied only the statement that is in the way is taken out", () => {
    const guard = { Sid: "Guard", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };
    const facts = accountOf({
      roles: [
        {
          name: "rancher-worker",
          inline: {
            nodes: allow(workerActions),
            guards: { Version: "2012-10-17", Statement: [guard] },
            mixed: {
              Version: "2012-10-17",
              Statement: [guard, { Effect: "Deny", Action: workerActions[0], Resource: "*" }],
            },
          },
          profiles: ["w"],
        },
      ],
    });
    const steps = stepsOf(facts, worker, "permissions-missing");
    expect(commandsOf(steps)).toHaveLength(1);
    expect(steps[0]?.text).toContain("`mixed` denies some of what is needed");
    expect(documentIn(steps[0]?.command)).toEqual({ Version: "2012-10-17", Statement: [guard] });
  });

  test("a Deny on the management cluster's role that is about something else stays", () => {
    const arn = `arn:aws:iam::${account}:role/kommander-role`;
    const statement = (Effect: string, Action: string, Resource: string) => ({ Effect, Action, Resource });
    const kept = [statement("Deny", "s3:DeleteBucket", "*"), statement("Allow", "sts:AssumeRole", arn)];
    const facts = accountOf({
      roles: [
        { name: "kommander-role", trust: ec2Trust },
        {
          name: "manager",
          inline: { p: { Version: "2012-10-17", Statement: [...kept, statement("Deny", "sts:*", "*")] } },
        },
      ],
    });
    const yaml = "  kommander:\n    - { role: kommander-role, managementRole: manager }\n";
    const [command] = commandsOf(stepsOf(facts, yaml, "management-assume-role"));
    expect(documentIn(command)).toEqual({ Version: "2012-10-17", Statement: kept });
  });

  test("PassRole for a role that is named, where the document allows it, is left alone", () => {
    const named = { Effect: "Allow", Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/node` };
    const docker = trusting(
      { AWS: "arn:aws:iam::689684103426:root" },
      { StringEquals: { "sts:ExternalId": "s3cr3t-value" } },
    );
    const facts = accountOf({
      roles: [
        {
          name: "dockercloud-role",
          trust: docker,
          inline: {
            p: {
              Version: "2012-10-17",
              Statement: [
                { Effect: "Allow", Action: ["ec2:*", "iam:ListInstanceProfiles", "s3:*"], Resource: "*" },
                named,
              ],
            },
          },
        },
      ],
    });
    const yaml = "  docker-cloud:\n    - { role: dockercloud-role, externalId: '${env:DOCKERCLOUD_ID}' }\n";
    const [command] = commandsOf(stepsOf(facts, yaml, "permissions-excess"));
    expect(documentIn(command)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ec2:*", "iam:ListInstanceProfiles"], Resource: "*" }, named],
    });
  });

  test("other partitions have their own ARNs and IAM of their own", () => {
    const facts = accountOf({ roles: [{ name: "ecsInstanceRole", trust: ec2Trust, profiles: ["e"] }] });
    const gov: Facts = { ...facts, identity: { account, partition: "aws-us-gov" } };
    expect(commandsOf(stepsOf(gov, "  ecs:\n    - role: ecsInstanceRole\n", "permissions-missing"))).toEqual([
      "aws iam attach-role-policy --region us-gov-west-1 --role-name ecsInstanceRole --policy-arn arn:aws-us-gov:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
    ]);
  });

  test("a pattern names no role that could be made", () => {
    expect(
      commandsOf(stepsOf(accountOf({}), "  kommander:\n    - role: kommander-*\n", "role-exists")),
    ).toEqual([]);
  });

  test("no step holds the value of an ExternalId", () => {
    const facts = accountOf({
      roles: [{ name: "dockercloud-role", trust: trusting({ AWS: "444455556666" }) }],
    });
    const yaml = "  docker-cloud:\n    - { role: dockercloud-role, externalId: '${env:DOCKERCLOUD_ID}' }\n";
    const steps = stepsOf(facts, yaml, "trust-excess");
    expect(JSON.stringify(steps)).not.toContain("s3cr3t");
    expect(commandsOf(steps)[0]).toMatch(/^external_id=\$\{DOCKERCLOUD_ID:\?/);
  });

  test("a document made to hurt is mended within the same bounds as it is judged", () => {
    const patterns = Array.from({ length: 100 }, (_, n) => `ec2:*a*b${n}*c*`);
    const facts = accountOf({
      roles: [
        {
          name: "rancher-worker",
          inline: {
            p: {
              Version: "2012-10-17",
              Statement: patterns.map((Action) => ({
                Effect: "Allow",
                Action,
                Resource: `${Action.slice(4)}*x*y`,
              })),
            },
          },
          profiles: ["w"],
        },
      ],
    });
    const start = performance.now();
    judge(facts, compiledOf(worker), { now: new Date("2026-11-02T07:15:00Z") });
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

function compiledOf(yaml: string) {
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: new TextEncoder().encode(`version: 1\nplatforms:\n${yaml}`) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.config;
}
