import { evidenceDigest, findingId } from "../../lib/model/finding-id.ts";
import type { Report } from "../../lib/model/report.ts";
import type { Resource, ResourceType, Result } from "../../lib/model/result.ts";

const account = "210987654321";

/** What nobody should call a role, a tag or a group; each must stay text wherever it is shown. */
export const hostileNames = [
  `"><script>document.title='owned'</script>`,
  `</script><img src=x onerror="document.title='owned'">`,
  "`${process.exit()}` | cell [link](javascript:alert(1)) @everyone #1 ]]> <!-- -->",
  "\u001b[2J\u202Egnp.exe\u0000\u0007\n## heading",
  "__proto__",
] as const;

const resource = (type: ResourceType, name: string): Resource => {
  const ec2: readonly ResourceType[] = ["instance", "security-group", "subnet", "route-table"];
  return ec2.includes(type)
    ? { arn: `arn:aws:ec2:eu-west-1:${account}:${type}/${name}`, type, account, region: "eu-west-1" }
    : { arn: `arn:aws:iam::${account}:${type}/${name}`, type, account, region: "global" };
};

type Given = Partial<Result> &
  Pick<Result, "control" | "platform" | "resource" | "verdict" | "severity" | "title">;

function result(given: Given): Result {
  const whole = {
    baseline: `${given.platform}/role@1`,
    detail: given.title,
    expected: null,
    actual: null,
    differences: [],
    remediation: [],
    ...given,
  };
  return {
    id: findingId(account, given.platform, given.control, given.resource.arn),
    digest: evidenceDigest(whole.actual),
    ...whole,
  };
}

const trust = (principal: string | readonly string[], condition?: object): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: principal },
      Action: "sts:AssumeRole",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});

const failures: readonly Result[] = [
  result({
    control: "role-trust-excess",
    platform: "docker-cloud",
    resource: resource("role", "dockercloud-role"),
    verdict: "failed",
    severity: "critical",
    title: "Nobody but Docker Cloud may assume the role",
    detail:
      "Account 444455556666 may assume the role. It is not among the principals that Docker Cloud's document names, and no ExternalId is asked of it.",
    expected: trust("arn:aws:iam::689684103426:root", {
      StringEquals: { "sts:ExternalId": "(configured, not shown)" },
    }),
    actual: trust(["arn:aws:iam::444455556666:root", "arn:aws:iam::689684103426:root"]),
    differences: [
      {
        direction: "excess",
        latent: false,
        witness: {
          principal: { AWS: "arn:aws:iam::444455556666:root" },
          action: "sts:AssumeRole",
          resource: "",
          context: {},
        },
      },
    ],
    consequence: "Whoever controls that account can run, stop and read every EC2 instance of yours.",
    remediation: [
      {
        text: "Put the documented trust policy back.",
        command: [
          `external_id=\${DOCKERCLOUD_ID:?set it to your Docker Cloud user or organization} &&`,
          "aws iam update-assume-role-policy --role-name dockercloud-role \\",
          "  --policy-document file:///dev/stdin <<JSON",
          `{"Version":"2012-10-17","Statement":[…]}`,
          "JSON",
        ].join("\n"),
      },
    ],
    place: { file: "rolecall.yml", line: 4, column: 7 },
  }),
  result({
    control: "role-permissions-excess",
    platform: "rancher",
    resource: resource("role", "team/rancher-worker"),
    verdict: "failed",
    severity: "high",
    title: "The role allows nothing beyond Rancher's etcd and worker policy",
    detail: "The role may change instances and pass roles, which an etcd or worker node has no use for.",
    baseline: "rancher/worker@1",
    expected: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: [
            "ec2:DescribeInstances",
            "ec2:DescribeRegions",
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:GetRepositoryPolicy",
            "ecr:DescribeRepositories",
            "ecr:ListImages",
            "ecr:BatchGetImage",
          ],
          Resource: "*",
        },
      ],
    },
    actual: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "iam:PassRole", Resource: "*" },
        {
          Effect: "Allow",
          Action: [
            "ec2:Describe*",
            "ec2:ModifyInstanceAttribute",
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:GetRepositoryPolicy",
            "ecr:DescribeRepositories",
            "ecr:ListImages",
          ],
          Resource: ["*"],
        },
      ],
    },
    differences: [
      {
        direction: "excess",
        latent: false,
        witness: {
          action: "iam:PassRole",
          resource: `arn:aws:iam::${account}:role/admin`,
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
      },
      {
        direction: "excess",
        latent: false,
        witness: {
          action: "ec2:ModifyInstanceAttribute",
          resource: `arn:aws:ec2:eu-west-1:${account}:instance/i-0a1b2c3d4e5f60718`,
          context: { "aws:PrincipalTag/team": ["a", "b"] },
        },
      },
    ],
    consequence: "A container that reaches the instance metadata can take over other instances.",
    remediation: [
      {
        text: "Take the extra statement out of the inline policy.",
        command: "aws iam put-role-policy --role-name rancher-worker …",
      },
    ],
    place: { file: "config/rolecall.yml", line: 12, column: 5 },
  }),
  result({
    control: "role-permissions-missing",
    platform: "rancher",
    resource: resource("role", "team/rancher-worker"),
    verdict: "failed",
    severity: "medium",
    title: "The role allows all that Rancher's etcd and worker policy names",
    detail: "`ecr:BatchGetImage` is not allowed.",
    baseline: "rancher/worker@1",
    differences: [
      {
        direction: "missing",
        latent: false,
        witness: { action: "ecr:BatchGetImage", resource: "*", context: {} },
      },
    ],
    consequence: "Worker nodes cannot pull images from ECR.",
    expected: ["ecr:BatchGetImage"],
    actual: [],
    place: { file: "config/rolecall.yml", line: 12, column: 5 },
  }),
  result({
    control: "cluster-security-groups",
    platform: "rancher",
    baseline: "rancher/cluster@1",
    resource: resource("instance", "i-0a1b2c3d4e5f60718"),
    verdict: "failed",
    severity: "high",
    title: "One of the groups attached to each node carries the cluster's tag",
    detail: "Two tagged groups are attached: sg-01 and sg-02.",
    consequence:
      "A `LoadBalancer` service fails to reconcile: multiple tagged security groups found for instance i-0a1b2c3d4e5f60718.",
    expected: { tagged: 1 },
    actual: { tagged: ["sg-01", "sg-02"] },
    remediation: [
      {
        text: "Decide which group stays tagged. Either keep sg-02:",
        command:
          'aws ec2 delete-tags --region eu-west-1 --resources sg-01 --tags \'[{"Key":"kubernetes.io/cluster/c-x7k2p"}]\'',
      },
      {
        text: "or keep sg-01:",
        command:
          'aws ec2 delete-tags --region eu-west-1 --resources sg-02 --tags \'[{"Key":"kubernetes.io/cluster/c-x7k2p"}]\'',
      },
    ],
  }),
  result({
    control: "role-retired",
    platform: "docker-cloud",
    resource: resource("role", "dockercloud-role"),
    verdict: "failed",
    severity: "info",
    title: "No role is kept for a service that has ended",
    detail: "Docker Cloud's runtime ended on 21 May 2018.",
  }),
  ...hostileNames.map((name) =>
    result({
      control: "role-profile",
      platform: "ecs",
      resource: resource("role", name),
      verdict: "failed",
      severity: "low",
      title: "An instance profile holds the role",
      detail: `No instance profile holds ${name}.`,
      expected: { [name]: name },
      actual: { [name]: [] },
      consequence: `Instances cannot join as ${name}.`,
      remediation: [
        { text: `Make a profile for ${name}.`, command: `aws iam create-instance-profile # ${name}` },
      ],
    }),
  ),
];

const others: readonly Result[] = [
  result({
    control: "role-permissions-excess",
    platform: "kommander",
    resource: resource("role", "kommander-role"),
    verdict: "undecided",
    severity: "high",
    title: "The role allows nothing beyond Kommander's minimal policy",
    detail: "The policy differs from the document and could not be compared whole.",
    reason: "the policy variable `${aws:PrincipalTag/a}` stands in 40 patterns",
  }),
  result({
    control: "role-trust-excess",
    platform: "kommander",
    resource: resource("role", "kommander-mgmt"),
    verdict: "unavailable",
    severity: "high",
    title: "Nobody but EC2 and the account may assume the role",
    detail: "The role could not be read.",
    reason: "iam:GetRole was denied",
  }),
  result({
    control: "role-attachments",
    platform: "ecs",
    resource: resource("role", "ecsInstanceRole"),
    verdict: "failed",
    severity: "medium",
    title: "No policy is attached beyond the documented ones",
    detail: "AdministratorAccess is attached.",
    expected: ["AmazonEC2ContainerServiceforEC2Role"],
    actual: ["AdministratorAccess", "AmazonEC2ContainerServiceforEC2Role"],
    suppression: {
      owner: "platform-team@example.com",
      reason: "migration, ticket OPS-812",
      until: "2027-01-31",
    },
  }),
  result({
    control: "role-profile",
    platform: "docker-cloud",
    resource: resource("role", "dockercloud-role"),
    verdict: "not-applicable",
    severity: "low",
    title: "An instance profile holds the role",
    detail: "Docker Cloud's role is assumed from outside.",
    reason: "the platform's role is not carried by instances",
  }),
  ...["docker-cloud", "rancher", "ecs", "kommander"].flatMap((platform, p) =>
    Array.from({ length: 4 + 3 * p }, (_, n) =>
      result({
        control: ["role-exists", "role-boundary", "role-path"][n % 3] ?? "",
        platform,
        resource: resource("role", `${platform}-node-${Math.floor(n / 3)}`),
        verdict: "passed",
        severity: "medium",
        title:
          [
            "The role exists",
            "No boundary takes away what the platform needs",
            "The role is where the platform looks",
          ][n % 3] ?? "",
      }),
    ),
  ),
];

/** An account with something of everything; made up, and the same every time. */
export const richReport = (): Report => reportOf([...others, ...failures]);

export function reportOf(results: readonly Result[]): Report {
  const of = (verdict: Result["verdict"]): number => results.filter((r) => r.verdict === verdict).length;
  return {
    schema: "rolecall.report.v1",
    account,
    at: "2026-11-02T07:15:00Z",
    source: "snapshot",
    summary: {
      passed: of("passed"),
      failed: of("failed"),
      undecided: of("undecided"),
      unavailable: of("unavailable"),
      notApplicable: of("not-applicable"),
      suppressed: results.filter((r) => r.suppression !== undefined).length,
    },
    results,
  };
}
