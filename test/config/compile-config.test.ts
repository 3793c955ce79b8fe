import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { selfControlIds } from "../../lib/controls/self/judge-self.ts";
import type { Compiled, ResolvedConfig } from "../../lib/model/config.ts";

const compile = (text: string | Uint8Array, files: Readonly<Record<string, string>> = {}): Compiled =>
  compileConfig(
    { file: "rolecall.yml", bytes: typeof text === "string" ? Buffer.from(text) : text },
    {
      catalogue,
      controls: controlIds,
      selfControls: selfControlIds,
      read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    },
  );

/** `line:column: message` of each error. */
function faults(text: string | Uint8Array, files?: Readonly<Record<string, string>>): readonly string[] {
  const compiled = compile(text, files);
  return compiled.ok ? [] : compiled.errors.map((e) => `${e.file}:${e.line}:${e.column}: ${e.message}`);
}

function good(text: string, files?: Readonly<Record<string, string>>): ResolvedConfig {
  const compiled = compile(text, files);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.config;
}

describe("a configuration that is wrong", () => {
  test("is told all its faults at once, each with its place and the nearest right word", () => {
    const text = `version: 1
platfroms: {}
platforms:
  docker-clod:
    - role: x
  docker-cloud:
    - role: arn:aws:iam::123456789012:role/dockercloud-role
      externalID: foo
      region: west
    - role: dockercloud-role
  rancher:
    - cluster: c1
      roles: { controlplan: foo }
    - role: a
      node: wroker
  ecs:
    - role: [1]
      s3ReadOnly: yes
severities: { trust-exces: high, trust-excess: hgh }
suppressions:
  - finding: rc-1@2
    owner: me
    until: 2027-02-31
`;
    expect(faults(text)).toEqual([
      "rolecall.yml:2:1: unknown key `platfroms`, did you mean `platforms`?",
      "rolecall.yml:4:3: unknown key `docker-clod`, did you mean `docker-cloud`?",
      "rolecall.yml:7:13: expected the name, not the ARN: `dockercloud-role`",
      "rolecall.yml:8:7: unknown key `externalID`, did you mean `externalId`?",
      "rolecall.yml:9:15: expected a region such as `eu-west-1`",
      "rolecall.yml:10:7: missing `externalId`: The Docker Cloud user or organization name, which the trust policy asks for as sts:ExternalId.",
      "rolecall.yml:13:16: unknown key `controlplan`, did you mean `controlplane`?",
      "rolecall.yml:15:13: unknown value `wroker`, did you mean `worker`?",
      "rolecall.yml:17:13: expected a text, found a list",
      "rolecall.yml:18:19: unknown value `yes`: expected `forbidden`, `allowed` or `required`",
      "rolecall.yml:19:15: unknown control `trust-exces`, did you mean `trust-excess`?",
      "rolecall.yml:19:48: unknown value `hgh`, did you mean `high`?",
      "rolecall.yml:21:5: missing `reason`: expected a text",
      "rolecall.yml:21:14: expected a finding as reports quote it: `rc-` and 32 hex digits, `@`, 32 hex digits",
    ]);
  });

  test.each([
    ["two entries for one role", "ecs: [{ role: a }, { role: a }]", "4:22: `a` is already watched in line 4"],
    [
      "a cluster's key on a role",
      "ecs: [{ role: a, tags: [] }]",
      "4:20: unknown key `tags`, did you mean `tag`?",
    ],
    ["an entry about nothing", "ecs: [{ profile: any }]", "4:9: missing `role`: which role this is about"],
    [
      "an entry about both",
      "rancher: [{ role: a, node: worker, cluster: c }]",
      "4:21: expected `role` or `cluster`, not both: name its roles under `roles`",
    ],
    [
      "an ARN of a profile",
      'ecs: [{ role: a, profile: "arn:aws:iam::123456789012:instance-profile/x/p" }]',
      "4:29: expected the name, not the ARN: `p`",
    ],
    [
      "a reference of an unknown kind",
      'docker-cloud: [{ role: a, externalId: "${vault:x}" }]',
      "4:41: unknown reference: expected `${env:NAME}` or `${ssm:/name}`",
    ],
    ["a cluster without an id", 'rancher: [{ cluster: "" }]', "4:24: expected a text that is not empty"],
    [
      "an account as a number",
      "kommander: [{ role: a, trustedAccount: 123456789012 }]",
      "4:42: expected an account id of twelve digits, in quotes, found a number",
    ],
  ])("%s", (_, entry, fault) => {
    expect(faults(`version: 1\n\nplatforms:\n  ${entry}\n`)).toContain(`rolecall.yml:${fault}`);
  });

  test("names a control on Rolecall itself for one role, or none that there is", () => {
    const entry = "platforms: { ecs: [{ role: a, severities: { self-rule: low } }] }";
    expect(faults(`version: 1\n${entry}\nseverities: { self-rul: low }\n`)).toEqual([
      expect.stringContaining("2:45: unknown control `self-rule`"),
      "rolecall.yml:3:15: unknown control `self-rul`, did you mean `self-rule`?",
    ]);
  });

  test("never shows an ExternalId that is not fit to be one", () => {
    const all = faults("version: 1\nplatforms: { docker-cloud: [{ role: a, externalId: 'se cret' }] }\n");
    expect(all).toHaveLength(1);
    expect(all.join()).not.toContain("se cret");
  });

  test("is told where its own documents are wrong", () => {
    const text = `version: 1
roles:
  - role: ci
    trust: ./ci-trust.json
    permissions:
      exactly: ./nope.json
  - role: other
    permissions: { atMost: { Version: "2012-10-17", Statement: [{ Effect: Alow, Action: "s3:*", Resource: "*" }] } }
  - role: third
    permissions: { exactly: [], atLeast: [] }
`;
    const trust = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": { "AWS": "arn:aws:iam::{{acount}}:root" },
    "Action": "sts:AssumeRole"
  }]
}`;
    const all = faults(text, { "./ci-trust.json": trust });
    expect(all.join("\n")).toContain("./ci-trust.json:5:27: unknown name `acount`, did you mean `account`?");
    expect(all).toContain(
      "rolecall.yml:6:16: expected a file that can be read, relative to this one: `./nope.json`",
    );
    expect(all.some((e) => e.startsWith("rolecall.yml:8:") && e.includes("neither `Allow` nor `Deny`"))).toBe(
      true,
    );
    expect(all).toContain("rolecall.yml:10:18: expected one of `exactly`, `atMost` and `atLeast`");
  });
});

describe("a document as the AWS CLI prints it", () => {
  const text = `version: 1
platforms:
  ecs:
    - role: ecsInstanceRole
      allowed: ./agent.json
`;
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }],
  };

  test.each([
    ["get-policy-version", { PolicyVersion: { Document: document, VersionId: "v2" } }],
    ["get-role-policy", { RoleName: "a", PolicyName: "p", PolicyDocument: document }],
    ["neither", document],
  ])("is taken from what stands around it: %s", (_, printed) => {
    expect(faults(text, { "./agent.json": JSON.stringify(printed) })).toEqual([]);
  });

  test("is told where it is wrong within that", () => {
    const printed = { PolicyVersion: { Document: { ...document, Statment: [] } } };
    expect(faults(text, { "./agent.json": JSON.stringify(printed, null, 2) })).toEqual([
      "./agent.json:12:19: /Statment: unknown element",
    ]);
  });

  test("is asked for where the policy's ARN is given", () => {
    const arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    expect(faults(text.replace("./agent.json", arn))).toEqual([
      `rolecall.yml:5:16: expected a document or the path of a file with one, not an ARN: \`aws iam get-policy-version\` prints the document of \`${arn}\``,
    ]);
  });
});

describe("a file that is no configuration", () => {
  test.each([
    ["nothing", "", "rolecall.yml:1:1: expected a mapping"],
    ["a list", "- 1\n", "rolecall.yml:1:1: expected a mapping, found a list"],
    ["a tab for indentation", "version: 1\nroles:\n\t- x\n", "rolecall.yml:3:1:"],
    ["a bracket that stays open", "version: [1\n", "rolecall.yml:2:1:"],
    ["the same key twice", "version: 1\nversion: 1\n", "rolecall.yml:2:1: map keys must be unique"],
    ["two documents", "version: 1\n---\nversion: 1\n", "rolecall.yml:2:1:"],
    [
      "a key with a mark that does not show",
      "version: 1\nro\u200bles: []\n",
      "rolecall.yml:2:1: unknown key `ro�les`, did you mean `roles`?",
    ],
    ["a hostile key", "version: 1\n__proto__: { roles: [] }\n", "rolecall.yml:2:1: unknown key `__proto__`"],
    ["another version", "version: 2\n", "rolecall.yml:1:10: expected `1`"],
  ])("%s", (_, text, fault) => {
    expect(faults(text).join("\n")).toContain(fault);
  });

  test("of another encoding is told so", () => {
    const wrong = "rolecall.yml:1:1: expected UTF-8 text: save the file in that encoding";
    expect(faults(Buffer.from("version: 1\n", "utf16le"))).toEqual([wrong]);
    expect(faults(Buffer.from([0x76, 0xe9, 0x0a]))).toEqual([wrong]);
  });

  test("that grows by aliases does not", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    expect(faults(lines.join("\n")).join()).toContain("alias");
  });

  test("that is nested without end is told so, and where", () => {
    expect(faults(`version: ${"[".repeat(50_000)}`)).toEqual([
      "rolecall.yml:1:110: nested more than 100 levels deep",
    ]);
    expect(faults(`version: 1\nroles:\n${"- ".repeat(5000)}x\n`)).toEqual([
      "rolecall.yml:3:1: nested more than 100 levels deep",
    ]);
  });

  test("that is larger than any is not looked into", () => {
    expect(faults(`# ${"x".repeat(1024 * 1024)}`).join()).toContain("expected at most 1048576 bytes");
  });
});

describe("a configuration that is right", () => {
  test("may begin with a byte order mark, and be empty but for its version", () => {
    expect(good("\ufeffversion: 1\n").roles).toEqual([]);
  });

  test("chooses the baseline by its parameters", () => {
    const { roles } = good(`version: 1
platforms:
  docker-cloud:
    - { role: a, externalId: "\${env:X}" }
    - { role: b, externalId: "\${ssm:/rolecall/x}", swarm: true }
  rancher:
    - { role: c, node: both, provider: out-of-tree }
    - { role: d, node: worker, provider: out-of-tree }
  ecs:
    - { role: e, anywhere: true }
    - { role: f, anywhere: false }
  kommander:
    - { role: g, dkp: true }
`);
    expect(roles.map(({ select, baseline }) => `${select.name} ${baseline}`).sort()).toEqual([
      "a docker-cloud/role@1",
      "b docker-cloud/swarm@1",
      "c rancher/both-out-of-tree@1",
      "d rancher/worker@1",
      "e ecs/anywhere@1",
      "f ecs/instance@1",
      "g kommander/dkp-bootstrapper@1",
    ]);
    expect(roles.flatMap(({ externalId }) => externalId ?? [])).toEqual([
      { from: "env", name: "X" },
      { from: "ssm", name: "/rolecall/x" },
    ]);
  });

  test("is plain JSON, with the place of every entry", () => {
    const config = good("version: 1\nplatforms:\n  ecs:\n    - role: a\n");
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config.roles[0]?.place).toEqual({ file: "rolecall.yml", line: 4, column: 7 });
  });

  test("makes watched roles of a cluster's nodes", () => {
    const { roles, clusters } = good(`version: 1
platforms:
  rancher:
    - cluster: c-x7k2p
      region: eu-west-1
      roles: { controlplane: cp, worker: [w1, "w2*"] }
`);
    expect(roles.map(({ select, baseline }) => `${select.name} ${baseline}`)).toEqual([
      "cp rancher/controlplane@1",
      "w1 rancher/worker@1",
      "w2* rancher/worker@1",
    ]);
    expect(clusters).toMatchObject([
      { cluster: "c-x7k2p", region: "eu-west-1", nodeRoles: ["cp", "w1", "w2*"], graceSeconds: 300 },
    ]);
  });

  test("may have two clusters whose nodes share a role, held to the same", () => {
    const two = (more: string) => `version: 1
platforms:
  rancher:
    - { cluster: c1, roles: { worker: w } }
    - { cluster: c2, roles: { worker: w }${more} }
`;
    expect(good(two("")).roles).toHaveLength(1);
    expect(faults(two(", profile: any"))).toEqual(["rolecall.yml:5:39: `w` is already watched in line 4"]);
  });

  test("may allow more than a platform's document", () => {
    const { roles } = good("version: 1\nplatforms: { ecs: [{ role: a, allowed: ./more.json }] }\n", {
      "./more.json":
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    });
    expect(roles[0]?.permissions?.allowed).toHaveLength(1);
  });

  test("needs no ExternalId for a role that should be gone", () => {
    const { roles } = good("version: 1\nplatforms: { docker-cloud: [{ role: a, expect: absent }] }\n");
    expect(roles[0]).toMatchObject({ expect: "absent" });
  });
});
