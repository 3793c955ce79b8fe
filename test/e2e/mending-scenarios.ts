import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";

/** One call, made when it is given a client. */
type Command = (iam: IAMClient) => Promise<unknown>;

/** An account that something is wrong with: calls that make it so, and what is watched in it. */
export interface Scenario {
  readonly title: string;
  readonly setup: (account: string) => readonly Command[];
  /** Values of SSM parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly config: string;
  /** Controls that fail at first, each `control resource-name`; all of them pass afterwards. */
  readonly fails: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Names of the roles and policies that mending may change. */
  readonly touches: readonly string[];
  /** Of a decision's alternatives, by control: which one of the commands is run. */
  readonly choose?: Readonly<Record<string, number>>;
}

const secret = "acme-prod-7731";
const allow = (action: string | readonly string[], more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*", ...more }],
});
const trust = (principal: object, condition?: object): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: principal,
      Action: "sts:AssumeRole",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});
const ec2 = trust({ Service: "ec2.amazonaws.com" });
const docker = (id: string) =>
  trust({ AWS: "arn:aws:iam::689684103426:root" }, { StringEquals: { "sts:ExternalId": id } });
const role =
  (RoleName: string, document: object): Command =>
  (iam: IAMClient) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(document) }));
const inline =
  (RoleName: string, PolicyName: string, document: object): Command =>
  (iam: IAMClient) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }));
const policy =
  (PolicyName: string, document: object): Command =>
  (iam: IAMClient) =>
    iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(document) }));
const attach =
  (RoleName: string, PolicyArn: string): Command =>
  (iam: IAMClient) =>
    iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
const profile = (InstanceProfileName: string, RoleName?: string): readonly Command[] => [
  (iam: IAMClient) => iam.send(new CreateInstanceProfileCommand({ InstanceProfileName })),
  ...(RoleName === undefined
    ? []
    : [(iam: IAMClient) => iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }))]),
];

const own = (account: string, name: string): string => `arn:aws:iam::${account}:policy/${name}`;

const dockerConfig = (externalId: string): string => `version: 1
platforms:
  docker-cloud:
    # externalId: not-this-one
    - role: dockercloud-role
      externalId: ${externalId}
`;
const workerActions = [
  "ec2:DescribeInstances",
  "ec2:DescribeRegions",
  "ecr:GetAuthorizationToken",
  "ecr:BatchCheckLayerAvailability",
  "ecr:GetDownloadUrlForLayer",
  "ecr:GetRepositoryPolicy",
  "ecr:DescribeRepositories",
  "ecr:ListImages",
  "ecr:BatchGetImage",
];
const worker = "version: 1\nplatforms:\n  rancher:\n    - { role: rancher-worker, node: worker }\n";
const ecs = "version: 1\nplatforms:\n  ecs:\n    - role: ecsInstanceRole\n";
const ecsPolicy = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
const dockerRole = (document: object): readonly Command[] => [
  role("dockercloud-role", document),
  inline("dockercloud-role", "p", allow(["ec2:*", "iam:ListInstanceProfiles"])),
];

export const scenarios: readonly Scenario[] = [
  {
    title: "a stranger in the trust policy, the ExternalId in the environment",
    setup: () =>
      dockerRole(trust({ AWS: ["arn:aws:iam::444455556666:root", "arn:aws:iam::689684103426:root"] })),
    config: dockerConfig("${env:DOCKERCLOUD_ID}"),
    env: { DOCKERCLOUD_ID: secret },
    fails: ["trust-excess dockercloud-role", "trust-external-id dockercloud-role"],
    touches: ["dockercloud-role"],
  },
  {
    title: "another ExternalId, the right one in SSM",
    setup: () => dockerRole(docker("somebody-else")),
    parameters: { "/rolecall/dockercloud": secret },
    config: dockerConfig("${ssm:/rolecall/dockercloud}"),
    fails: ["trust-external-id dockercloud-role"],
    touches: ["dockercloud-role"],
  },
  {
    title: "no ExternalId, the right one in the configuration itself",
    setup: () => dockerRole(trust({ AWS: "arn:aws:iam::689684103426:root" })),
    config: dockerConfig(`"${secret}" # ours`),
    fails: ["trust-external-id dockercloud-role"],
    touches: ["dockercloud-role"],
  },
  {
    title: "the whole world in the trust policy, and MFA asked for",
    setup: () => [
      role("ecsInstanceRole", {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sts:AssumeRole",
            Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
          },
        ],
      }),
      attach("ecsInstanceRole", ecsPolicy),
      ...profile("ecsInstanceRole-profile", "ecsInstanceRole"),
    ],
    config: ecs,
    fails: ["trust-missing ecsInstanceRole", "trust-wildcard ecsInstanceRole"],
    touches: ["ecsInstanceRole"],
  },
  {
    title: "container instances without policy and profile",
    setup: () => [role("ecsInstanceRole", ec2)],
    config: ecs,
    fails: ["permissions-missing ecsInstanceRole", "profile-exists ecsInstanceRole"],
    touches: ["ecsInstanceRole"],
  },
  {
    title: "an administrator's policy attached beside the right one, and an empty profile",
    setup: () => [
      role("ecsInstanceRole", ec2),
      attach("ecsInstanceRole", ecsPolicy),
      attach("ecsInstanceRole", "arn:aws:iam::aws:policy/AdministratorAccess"),
      ...profile("ecsInstanceRole-profile"),
    ],
    config: ecs,
    fails: ["extra-attachment ecsInstanceRole", "profile-holds-role ecsInstanceRole"],
    touches: ["ecsInstanceRole"],
  },
  {
    title: "a worker that may write and pass roles, beside what it may",
    setup: () => [
      role("rancher-worker", ec2),
      inline("rancher-worker", "nodes", allow([...workerActions.slice(0, 5), "ec2:ModifyInstanceAttribute"])),
      inline("rancher-worker", "rest", allow(workerActions.slice(5))),
      inline("rancher-worker", "pass", allow("iam:PassRole")),
      ...profile("rancher-worker", "rancher-worker"),
    ],
    config: worker,
    fails: ["pass-role rancher-worker", "permissions-excess rancher-worker"],
    touches: ["rancher-worker"],
  },
  {
    title: "a wildcard that gave what is needed and more",
    setup: (account) => [
      role("rancher-worker", ec2),
      policy("nodes", {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: ["ec2:*", "ecr:*"], Resource: "*" },
      }),
      attach("rancher-worker", own(account, "nodes")),
      ...profile("rancher-worker", "rancher-worker"),
    ],
    config: worker,
    fails: ["permissions-excess rancher-worker"],
    touches: ["rancher-worker", "nodes"],
  },
  {
    title: "a policy that another role carries too: this role gets its own copy",
    setup: (account) => [
      role("rancher-worker", ec2),
      role("other", ec2),
      policy("nodes", allow([...workerActions, "s3:GetObject"])),
      attach("rancher-worker", own(account, "nodes")),
      attach("other", own(account, "nodes")),
      ...profile("rancher-worker", "rancher-worker"),
    ],
    config: worker,
    fails: ["permissions-excess rancher-worker"],
    touches: ["rancher-worker"],
    choose: { "permissions-excess": 0 },
  },
  {
    title: "a policy that was detached",
    setup: () => [
      role("rancher-worker", ec2),
      policy("rancher-nodes", allow(workerActions)),
      ...profile("rancher-worker", "rancher-worker"),
    ],
    config: worker,
    fails: ["permissions-missing rancher-worker"],
    touches: ["rancher-worker"],
  },
  {
    title: "five versions of a policy that lost an action",
    setup: (account) => [
      role("rancher-worker", ec2),
      policy("nodes", allow(workerActions)),
      attach("rancher-worker", own(account, "nodes")),
      ...profile("rancher-worker", "rancher-worker"),
      ...[1, 2, 3, 4].map(
        (n) => (iam: IAMClient) =>
          iam.send(
            new CreatePolicyVersionCommand({
              PolicyArn: own(account, "nodes"),
              SetAsDefault: true,
              PolicyDocument: JSON.stringify(allow(workerActions.slice(0, -n))),
            }),
          ),
      ),
    ],
    config:
      "version: 1\nplatforms:\n  rancher:\n    - role: rancher-worker\n      node: worker\n      severities: { permissions-missing: medium }\n",
    fails: ["permissions-missing rancher-worker"],
    touches: ["rancher-worker", "nodes"],
  },
  {
    title: "a Deny that takes away what is needed",
    setup: () => [
      role("rancher-worker", ec2),
      inline("rancher-worker", "nodes", allow(workerActions)),
      inline("rancher-worker", "lock", {
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Action: "ecr:BatchGetImage", Resource: "*" }],
      }),
      ...profile("rancher-worker", "rancher-worker"),
    ],
    config: worker,
    fails: ["permissions-missing rancher-worker"],
    touches: ["rancher-worker"],
  },
  {
    title: "a management cluster that may become any role",
    setup: () => [
      role("ci-target", trust({ AWS: "arn:aws:iam::500000000011:root" })),
      role("ci-manager", ec2),
      inline("ci-manager", "assume", {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: ["sts:AssumeRole", "sts:GetCallerIdentity"], Resource: "*" },
      }),
    ],
    config: "version: 1\nroles:\n  - { role: ci-target, assumedBy: ci-manager }\n",
    fails: ["management-assume-scope ci-target"],
    touches: ["ci-manager"],
  },
  {
    title: "a management cluster that may not use the role",
    setup: () => [role("ci-target", ec2), role("ci-manager", ec2)],
    config: "version: 1\nroles:\n  - { role: ci-target, assumedBy: ci-manager }\n",
    fails: ["management-assume-role ci-target"],
    touches: ["ci-manager"],
  },
  {
    title: "a role that is gone",
    setup: () => [role("bystander", ec2)],
    config: ecs,
    fails: ["role-exists ecsInstanceRole"],
    touches: ["ecsInstanceRole"],
  },
  {
    title: "a role and a user that should be gone",
    setup: () => [
      ...dockerRole(docker(secret)),
      ...profile("dockercloud-role", "dockercloud-role"),
      (iam: IAMClient) => iam.send(new CreateUserCommand({ UserName: "dockercloud-user" })),
      (iam: IAMClient) => iam.send(new CreateAccessKeyCommand({ UserName: "dockercloud-user" })),
      (iam: IAMClient) =>
        iam.send(
          new PutUserPolicyCommand({
            UserName: "dockercloud-user",
            PolicyName: "p",
            PolicyDocument: JSON.stringify(allow("ec2:*")),
          }),
        ),
      attach("dockercloud-role", "arn:aws:iam::aws:policy/AdministratorAccess"),
    ],
    config: "version: 1\nplatforms:\n  docker-cloud:\n    - { role: dockercloud-role, expect: absent }\n",
    fails: ["role-absent dockercloud-role", "legacy-user dockercloud-user"],
    touches: ["dockercloud-role", "dockercloud-user"],
  },
  {
    title: "an unknown role that trusts a service that ended",
    setup: () => [role("forgotten", docker(secret))],
    config: "version: 1\n",
    fails: ["foreign-trust forgotten"],
    touches: ["forgotten"],
  },
  {
    title: "a role of one's own: trust, attachments, no profile",
    setup: (account) => [
      policy("wanted", allow("s3:GetObject")),
      policy("unwanted", allow("s3:GetObject")),
      role("ci-deployer", ec2),
      attach("ci-deployer", own(account, "unwanted")),
      ...profile("ci-deployer", "ci-deployer"),
    ],
    config: `version: 1
roles:
  - role: ci-deployer
    trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": "{{externalId}}" } } }] }
    externalId: ${secret}
    permissions: { atMost: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] } }
    attachments: [wanted]
    profile: none
`,
    fails: [
      "trust-excess ci-deployer",
      "trust-missing ci-deployer",
      "attachments ci-deployer",
      "profile-none ci-deployer",
    ],
    touches: ["ci-deployer"],
  },
];
