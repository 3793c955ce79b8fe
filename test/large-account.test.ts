import { describe, expect, test } from "vitest";
import { catalogue } from "../lib/config/catalogue.generated.ts";
import { compileConfig } from "../lib/config/compile-config.ts";
import { judge } from "../lib/controls/judge.ts";
import { controlIds } from "../lib/controls/registry.ts";
import { IamAssembly } from "../lib/gather/assemble-iam.ts";
import { configInMemory } from "../lib/init/config-in-memory.ts";
import { recognise } from "../lib/init/recognise.ts";
import { renderConfig } from "../lib/init/render-config.ts";
import type { ResolvedConfig } from "../lib/model/config.ts";
import { withoutSecrets } from "../lib/model/redact.ts";
import { denied } from "../lib/model/seen.ts";
import type { Alert } from "../lib/notify/alert.ts";
import { chatText } from "../lib/notify/chat-text.ts";
import { superseding } from "../lib/notify/supersede.ts";
import { otherRoles, rank } from "../lib/remediation/held.ts";
import { account, accountOf, allow, ec2Trust, trusting } from "./support/account.ts";

/** Each is of a size at which time that grows with its square would be minutes. */

const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));

const dockerRoles = (count: number) =>
  many(count, (index) => ({
    name: `dockercloud-role-${index}`,
    trust: trusting(
      { AWS: "arn:aws:iam::689684103426:root" },
      { StringEquals: { "sts:ExternalId": `customer-${index}` } },
    ),
  }));

describe("an account of any size is worked through", () => {
  test("profiles find the roles that they hold", () => {
    const size = 60_000;
    const assembly = new IamAssembly({ details: "details", profiles: "profiles" });
    assembly.addDetails({
      RoleDetailList: many(size, (index) => ({
        Arn: `arn:aws:iam::${account}:role/r${index}`,
        RoleName: `r${index}`,
        InstanceProfileList: [],
      })),
      Policies: [],
      UserDetailList: [],
    });
    assembly.addProfiles({
      InstanceProfiles: many(size, (index) => ({
        Arn: `arn:aws:iam::${account}:instance-profile/p${index}`,
        InstanceProfileName: `p${index}`,
        Roles: [{ RoleName: `r${index}` }],
      })),
    });
    const { roles } = assembly.finish();
    expect(roles.items.map(({ profiles }) => profiles)).toEqual(
      many(size, (index) => ({ at: "found", value: [`p${index}`] })),
    );
  });

  test("each of thousands of ExternalIds has its own variable", () => {
    const { externalIds } = recognise(accountOf({ roles: dockerRoles(20_000) }), catalogue);
    expect(externalIds.get("DOCKERCLOUD_ID_20000")).toBe("customer-19999");
  });

  test("thousands of roles that may all assume one are its management roles", () => {
    const manager = allow(
      "sts:AssumeRole",
      many(30, (n) => `arn:aws:iam::${account}:role/kommander-${n}`),
    );
    const roles = many(12_000, (index) => ({
      name: `kommander-${index}`,
      trust: trusting({ Service: "ec2.amazonaws.com", AWS: `arn:aws:iam::${account}:root` }),
      inline: { manager },
    }));
    const facts = accountOf({ roles });
    const recognised = recognise(facts, catalogue);
    expect(recognised.roles.filter(({ notes }) => notes.length > 0)).toHaveLength(30);
    const text = renderConfig(recognised, facts, catalogue).replaceAll(/\n +# /g, " ");
    expect(text.match(/kommander-5 and 11994 more may assume it/g)).toHaveLength(5);
  });

  test("whoever tags may make up clusters: a few are told, the others counted", () => {
    const instances = many(1500, (index) => ({
      id: `i-${index}`,
      tags: Object.fromEntries(many(50, (n) => [`kubernetes.io/cluster/c${index}-${n}`, "owned"])),
    }));
    const facts = accountOf({ instances });
    const recognised = recognise(facts, catalogue);
    expect(recognised.others).toHaveLength(75_000);
    const text = renderConfig(recognised, facts, catalogue);
    expect(text).toContain("# … and 74900 more.");
    expect(text.length).toBeLessThan(20_000);
  });

  test("an audit without a configuration makes one of more than anybody would write", () => {
    const facts = accountOf({ roles: dockerRoles(4000) });
    const config = configInMemory(facts, { catalogue, controls: controlIds, env: {} });
    expect(config.roles).toHaveLength(4000);
  });

  test("a long reason is broken into lines, but for what stands between backticks", () => {
    const facts = accountOf({});
    const reason = "`a b` c ".repeat(60_000);
    const iam = { ...facts.iam, roles: { items: [], gap: denied("details.json", reason) } };
    const text = renderConfig(recognise(facts, catalogue), { ...facts, iam }, catalogue);
    expect(text.match(/`a b`/g)).toHaveLength(60_000);
  });

  test("a policy knows who else has it", () => {
    const size = 30_000;
    const roles = many(size, (index) => ({ name: `r${index}`, attached: ["shared"] }));
    const { iam } = accountOf({ roles });
    const arn = `arn:aws:iam::${account}:policy/shared`;
    const watched = { select: {} } as ResolvedConfig["roles"][number];
    const ranks = iam.roles.items.map((role) =>
      rank(
        { name: "shared", arn, written: undefined },
        { identity: { account, partition: "aws" }, iam, role, watched },
      ),
    );
    expect(new Set(ranks)).toEqual(new Set([2]));
    const [role] = iam.roles.items;
    expect(role && otherRoles(arn, { iam, role })).toEqual({ count: size - 1, few: ["r1", "r2", "r3"] });
  });

  test("more results of a cluster than a call may have arguments", () => {
    const instances = many(130_000, (index) => ({
      id: `i-${index}`,
      tags: { "kubernetes.io/cluster/c1": "owned" },
    }));
    const config = configOf("  rancher:\n    - { cluster: c1, region: eu-west-1 }\n");
    const results = judge(accountOf({ instances }), config, { now: new Date("2026-11-02T07:15:00Z") });
    expect(results.length).toBeGreaterThan(130_000);
  });
});

test("changes that waited for long are told as one, with as many calls as a pass keeps", () => {
  const size = 6000;
  const alerts = many(size, (index) => ({
    finding: "rc-1",
    id: `rc-1.${index}`,
    sequence: index,
    transition: index === 0 ? "opened" : "changed",
    causes: many(20, (n) => ({
      event: `${index}-${n}`,
      action: "iam:UpdateAssumeRolePolicy",
      at: `2026-11-02T07:15:${n}Z`,
      actor: { kind: "user", who: "eve" },
      about: [],
    })),
    causesOmitted: 0,
  })) as unknown as readonly Alert[];
  const [told, ...more] = superseding(alerts);
  expect(more).toEqual([]);
  expect(told?.ids).toHaveLength(size);
  expect(told?.alert.causes).toHaveLength(20);
  expect(told?.alert.causesOmitted).toBe(20 * (size - 1));
});

test("a document that is nested deeper than can be written again names nobody, and mends nothing", () => {
  const depth = 20_000;
  const deep = JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`) as object;
  const facts = accountOf({
    roles: [{ name: "other", trust: deep }, { name: "rancher-worker" }],
    policies: { deep },
  });
  const config = configOf("  rancher:\n    - { role: rancher-worker, node: worker }\n");
  const results = judge(facts, config, { now: new Date("2026-11-02T07:15:00Z") });
  expect(results.find(({ control }) => control === "foreign-trust")?.verdict).toBe("passed");
  expect(results.find(({ control }) => control === "permissions-missing")?.remediation).toHaveLength(1);
});

describe("a text of any size is worked through", () => {
  test("what begins like a token again and again and is none", () => {
    const text = "-eyJ".repeat(250_000);
    expect(withoutSecrets(text)).toBe(text);
    expect(withoutSecrets(`${text}abcdefgh.abcdefgh`)).toBe("-<hidden token>");
  });

  test("a long word with a mark at its end, or none", () => {
    const word = "a".repeat(400_000);
    expect(chatText(word, 500_000)).toBe(word);
    expect(chatText(`${word}*.`, 500_000)).toBe(`\`${word}*\`.`);
  });

  test("what stands in the place of an account's number is no expression", () => {
    const condition = { ArnLike: { "aws:SourceArn": `arn:aws:ssm:eu-west-1:${"a".repeat(40)}b:*` } };
    const facts = accountOf({
      roles: [
        { name: "ecsAnywhereRole", trust: trusting({ Service: "ssm.amazonaws.com" }, condition) },
        { name: "other", trust: ec2Trust },
      ],
    });
    const odd = ["((a+)+)+c", "("].map((number) => ({
      ...facts,
      iam: {
        ...facts.iam,
        roles: {
          items: facts.iam.roles.items.map((role) => ({ ...role, arn: role.arn.replace(account, number) })),
        },
      },
    }));
    const config = configOf("  ecs:\n    - { role: ecsAnywhereRole, anywhere: true }\n");
    for (const one of odd)
      expect(
        judge(one, config, { now: new Date("2026-11-02T07:15:00Z") }).find(
          ({ control }) => control === "trust-missing",
        )?.verdict,
      ).toBe("failed");
  });
});

test("a role's name that is longer than IAM's is none", () => {
  const assembly = new IamAssembly({ details: "details", profiles: "profiles" });
  const RoleName = ".dkp".repeat(17);
  assembly.addDetails({
    RoleDetailList: [{ Arn: `arn:aws:iam::${account}:role/${RoleName}`, RoleName, RolePolicyList: [] }],
    Policies: [],
    UserDetailList: [],
  });
  const { roles } = assembly.finish();
  expect(roles.items).toEqual([]);
  expect(roles.gap?.reason).toBe("entry 1 of its roles cannot be read");
});

function configOf(platforms: string): ResolvedConfig {
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: new TextEncoder().encode(`version: 1\nplatforms:\n${platforms}`) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.config;
}
