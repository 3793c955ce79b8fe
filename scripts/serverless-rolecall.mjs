import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { buildSync } from "esbuild";

/**
 * The stack's own part of packaging: checks the parameters, compiles and checks the configuration, makes the
 * EventBridge rules from the table of events, grants the parameters that the configuration names, writes down
 * the digest of each function's code, refuses a deployment that would tell nobody, says after one whom it
 * does not reach yet, and empties the bucket of reports before the stack is removed.
 */
// biome-ignore lint/style/noDefaultExport: the framework asks for it
export default class Rolecall {
  constructor(serverless, options, { log }) {
    this.serverless = serverless;
    this.options = options;
    this.log = log;
    this.hooks = {
      initialize: () => this.prepare(),
      "before:package:compileFunctions": () => this.writeDownCode(),
      "after:deploy:deploy": () => this.sayWhoIsNotReached(),
      "before:remove:remove": () => this.emptyReports(),
    };
  }

  async prepare() {
    const command = this.serverless.processedInput.commands.join(" ");
    if (!["package", "deploy", "deploy function", "invoke local", "print"].includes(command)) return;
    const inputs = await loadInputs(this.serverless.serviceDir);
    this.inputs = inputs;
    this.checkParams(inputs);
    const config = this.compile(inputs);
    this.serverless.service.custom.compiledConfig = config;
    this.serverless.service.custom.local = command === "invoke local";
    this.grantParameters(inputs, config);
    this.grantSlack(inputs);
    this.addRules(inputs);
    this.watchOwnRoles();
    this.serverless.service.custom.watchedStack = inputs.watchedTemplate(this.template());
    if (command === "deploy") this.requireReceiver();
    // What `invoke local` left there would be packed as well.
    if (command !== "invoke local") rmSync(join(this.serverless.serviceDir, ".esbuild"), forced);
    if (command === "invoke local") this.useNothingOfTheStack();
    if (command === "package" || command === "deploy") this.sayWhatDoesNotArrive(inputs, config);
  }

  get params() {
    return this.serverless.service.custom.rolecall;
  }

  get resources() {
    return this.serverless.service.resources;
  }

  /** What AWS would refuse after minutes, or take in silence, fails here. */
  checkParams({ wrongParams, tooLong }) {
    const given = [this.serverless.processedInput.options.param ?? []].flat();
    const roles = Object.entries(this.resources.Resources).flatMap(([id, { Type }]) =>
      Type === "AWS::IAM::Role" ? [id] : [],
    );
    const long = tooLong(this.serverless.getProvider("aws").naming.getStackName(), roles);
    const wrong = [
      ...wrongParams(
        this.params,
        given.map((each) => each.split("=", 1)[0]),
      ),
      ...(long === undefined ? [] : [long]),
    ];
    if (wrong.length > 0) throw new this.serverless.classes.Error(`--param, --stage:\n${wrong.join("\n")}`);
  }

  /** A bad configuration fails here, with its places. */
  compile({ loadConfig }) {
    const compiled = loadConfig(this.configFile());
    if (compiled.ok) return compiled.config;
    const lines = compiled.errors.map(
      (error) => `${error.file}:${error.line}:${error.column}: ${error.message}`,
    );
    throw new this.serverless.classes.Error(`the configuration cannot be used:\n${lines.join("\n")}`);
  }

  /** In a fresh clone nobody has written what to watch yet. */
  configFile() {
    const { config } = this.params;
    if (config !== usualConfig || existsSync(join(this.serverless.serviceDir, config))) return config;
    this.log.warning(
      `there is no ${usualConfig}, so ${configToBeginWith} is taken: roles of the names that the platforms' documents ` +
        "give. `npx rolecall init` writes one from what your account holds.",
    );
    return configToBeginWith;
  }

  /** Each function that judges may read exactly the parameters that the configuration names. */
  grantParameters({ secretsOf, secretPlace }, config) {
    const names = secretsOf(config).flatMap((secret) => (secret.from === "ssm" ? [secret.name] : []));
    if (names.length === 0) return;
    const Statement = reading(names.map((name) => secretPlace(name)));
    const policy = { PolicyName: "parameters", PolicyDocument: { Version: "2012-10-17", Statement } };
    for (const role of ["OnChangeRole", "OnAuditRole", "AuditRole"])
      this.resource(role).Properties.Policies.push(policy);
  }

  /** The function for Slack may read the one parameter, or the one secret, that holds the webhook. */
  grantSlack({ secretPlace }) {
    const { slack } = this.params;
    const place = slack === "" ? { parameter: "" } : secretPlace(slack);
    if (typeof place === "string") throw new this.serverless.classes.Error(`--param="slack=…": ${place}`);
    this.serverless.service.functions.slack.environment.SLACK_PARAMETER = place.parameter;
    const policy = this.resource("SlackRole").Properties.Policies.find(
      ({ PolicyName }) => PolicyName === "webhook",
    );
    policy.PolicyDocument.Statement = reading([place]);
  }

  addRules({ eventPatterns }) {
    const arn = (id) => ({ "Fn::GetAtt": [id, "Arn"] });
    const [toQueue, toSelf] = [[], ["OwnRolesRule", "RulesRule"]];
    for (const { name, pattern } of eventPatterns()) {
      // What silences those that judge, or their queue, is not for them to tell.
      const [target, dead, ids] =
        name === "self"
          ? ["SelfLambdaFunction", "FunctionsDead", toSelf]
          : ["Changes", "ChangesDead", toQueue];
      const id = `${name.replace(/(^|-)[a-z]/g, (letter) => letter.at(-1).toUpperCase())}Rule`;
      this.resources.Resources[id] = {
        Type: "AWS::Events::Rule",
        Properties: {
          Description: `Rolecall: changes to look at (${name})`,
          State: "ENABLED",
          EventPattern: pattern,
          Targets: [
            {
              Id: name === "self" ? name : "changes",
              Arn: arn(target),
              DeadLetterConfig: { Arn: arn(dead) },
            },
          ],
        },
      };
      ids.push(id);
    }
    for (const id of toSelf)
      this.resources.Resources[`${id}MayCallSelf`] = {
        Type: "AWS::Lambda::Permission",
        Properties: {
          FunctionName: arn("SelfLambdaFunction"),
          Action: "lambda:InvokeFunction",
          Principal: "events.amazonaws.com",
          SourceArn: arn(id),
        },
      };
    for (const [policy, ids] of [
      ["ChangesPolicy", toQueue],
      ["FunctionsDeadPolicy", toSelf],
    ]) {
      const [statement] = this.resource(policy).Properties.PolicyDocument.Statement;
      statement.Condition.ArnEquals["aws:SourceArn"] = ids.map(arn);
    }
  }

  /** Whatever IAM does to a role of this stack is told to the function that looks at the stack. */
  watchOwnRoles() {
    const roles = Object.entries(this.resources.Resources).filter(
      ([, { Type }]) => Type === "AWS::IAM::Role",
    );
    const { detail } = this.resource("OwnRolesRule").Properties.EventPattern;
    // IAM takes a name in any letters.
    detail.requestParameters.roleName = roles.map(([id]) => ({ "equals-ignore-case": { Ref: id } }));
  }

  /** What CloudFormation will be given, but for what the framework adds to functions and their logs. */
  template() {
    const { provider, functions } = this.serverless.service;
    const made = {};
    for (const [key, given] of Object.entries(functions)) {
      const name = `${key[0].toUpperCase()}${key.slice(1)}`;
      made[`${name}LambdaFunction`] = {
        Type: "AWS::Lambda::Function",
        Properties: {
          Role: { "Fn::GetAtt": [given.role, "Arn"] },
          Handler: given.handler,
          Runtime: given.runtime ?? provider.runtime,
          Layers: given.layers,
          OnFailure: given.destinations?.onFailure?.arn ?? given.destinations?.onFailure,
          Retries: given.maximumRetryAttempts,
          EventAge: given.maximumEventAge,
          Timeout: given.timeout,
          MemorySize: given.memorySize ?? provider.memorySize,
          ReservedConcurrentExecutions: given.reservedConcurrency,
          Environment: { Variables: { ...provider.environment, ...given.environment } },
        },
      };
      made[`${name}LogGroup`] = { Type: "AWS::Logs::LogGroup", Properties: {} };
      for (const { sqs } of given.events ?? []) {
        if (sqs === undefined) continue;
        const [queue] = sqs.arn["Fn::GetAtt"];
        made[`${name}EventSourceMappingSQS${queue}`] = {
          Type: "AWS::Lambda::EventSourceMapping",
          Properties: {
            FunctionName: { "Fn::GetAtt": [`${name}LambdaFunction`, "Arn"] },
            EventSourceArn: sqs.arn,
            Enabled: sqs.enabled ?? true,
            BatchSize: sqs.batchSize,
            FunctionResponseTypes: sqs.functionResponseType === undefined ? [] : [sqs.functionResponseType],
            FilterCriteria: { Filters: (sqs.filterPatterns ?? []).map((Pattern) => ({ Pattern })) },
          },
        };
      }
    }
    return { Resources: { ...this.resources.Resources, ...made }, Conditions: this.resources.Conditions };
  }

  /**
   * The digest of each function's code, where nobody who can only change functions can change it: among the
   * stack's outputs. Lambda calls it CodeSha256: of the zip's bytes, in base64.
   */
  writeDownCode() {
    this.resources.Outputs ??= {};
    for (const [key, given] of Object.entries(this.serverless.service.functions)) {
      const { artifact } = given.package ?? {};
      if (artifact === undefined) throw new Error(`${key} was not packed`);
      this.resources.Outputs[`${key[0].toUpperCase()}${key.slice(1)}Code`] = {
        Description: `The digest of the code of ${key}.`,
        Value: createHash("sha256")
          .update(readFileSync(join(this.serverless.serviceDir, artifact)))
          .digest("base64"),
      };
    }
  }

  /** A subscription that nobody confirmed looks like a route. That this cannot be seen stops no deployment. */
  async sayWhoIsNotReached() {
    const provider = this.serverless.getProvider("aws");
    try {
      const config = await provider.getAwsSdkV3Config();
      const outputs = await outputsOf(config, provider.naming.getStackName());
      const { topicRoutes, unreached } = this.inputs;
      const sns = new SNSClient(config);
      const topics = {
        findings: outputs.get("AlertsTopic"),
        "what is wrong with Rolecall": outputs.get("OperatorTopic"),
      };
      for (const [about, topic] of Object.entries(topics)) {
        if (topic === undefined) throw new Error("the stack does not name its topics");
        for (const line of unreached(about, await topicRoutes(sns, topic))) this.log.warning(line);
      }
    } catch (error) {
      this.log.warning(
        `whether the e-mail subscriptions are confirmed could not be seen (${error.message}): ` +
          "look whether a message `AWS Notification - Subscription Confirmation` waits, and follow its link.",
      );
    }
  }

  requireReceiver() {
    if (this.params.email !== "") return;
    throw new this.serverless.classes.Error(
      'nobody would be told: say where alerts go, for instance `npx serverless deploy --param="email=you@example.com"`',
    );
  }

  /** Locally the functions run on a snapshot and a file: nothing of the stack is asked for, nor needs to exist. */
  useNothingOfTheStack() {
    const { provider, functions } = this.serverless.service;
    for (const { environment } of [provider, ...Object.values(functions)]) {
      for (const [name, value] of Object.entries(environment ?? {}))
        if (typeof value === "object") environment[name] = "local";
    }
  }

  sayWhatDoesNotArrive({ secretsOf }, config) {
    const region = this.serverless.getProvider("aws").getRegion();
    const home = homeRegion(region);
    if (region !== home)
      this.log.warning(
        `IAM's events arrive in ${home} only, not in ${region}: deploy in ${home} (\`--region ${home}\`) and ` +
          "forward the EC2 events of this region with forwarder.yml. Here only the schedule would find what " +
          "happens to a role.",
      );
    for (const { from, name, place } of secretsOf(config).filter((secret) => secret.from === "env"))
      this.log.warning(
        `${place === undefined ? "" : `${place}: `}\`\${env:${name}}\` (${from}) is for the terminal: deployed, the ` +
          `roles that need it cannot be judged. Keep the value in SSM and write \`\${ssm:/rolecall/${name.toLowerCase()}}\`.`,
      );
  }

  /** CloudFormation deletes no bucket that holds something. */
  async emptyReports() {
    const provider = this.serverless.getProvider("aws");
    const config = await provider.getAwsSdkV3Config();
    const Bucket = await reportsBucket(config, provider.naming.getStackName());
    if (Bucket !== undefined) await emptyBucket(new S3Client(config), Bucket);
  }

  resource(id) {
    const resource = this.resources.Resources[id];
    if (resource === undefined) throw new Error(`the stack has no resource ${id}`);
    return resource;
  }
}

/** Throws for an object that stays: asking again would never end. */
export async function emptyBucket(s3, Bucket) {
  for (;;) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket }));
    const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first !== undefined)
      throw new Error(
        `\`${first.Key}\` in the bucket ${Bucket} cannot be deleted: ${first.Message ?? first.Code}`,
      );
  }
}

/**
 * What reading these places takes. Parameter Store reads Secrets Manager with the caller's own permission; a
 * secret's ARN ends in six letters that AWS adds to its name.
 */
function reading(places) {
  const here = (service) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
  const secrets = places.flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
  const parameters = places.map(({ parameter }) => ({
    "Fn::Sub": `${here("ssm")}:parameter/${parameter.replace(/^\//, "")}`,
  }));
  const parameter = { Sid: "Parameters", Effect: "Allow", Action: "ssm:GetParameter", Resource: parameters };
  if (secrets.length === 0) return [parameter];
  const Resource = secrets.map((secret) => ({
    "Fn::Sub": `${here("secretsmanager")}:secret:${secret}-??????`,
  }));
  return [parameter, { Sid: "Secrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource }];
}

/** The bucket's physical name; undefined where the stack, or the bucket, is not there. */
async function reportsBucket(config, StackName) {
  const { CloudFormationClient, DescribeStackResourceCommand } = cloudFormation();
  const command = new DescribeStackResourceCommand({ StackName, LogicalResourceId: "Reports" });
  try {
    const answer = await new CloudFormationClient(config).send(command);
    return answer.StackResourceDetail?.PhysicalResourceId;
  } catch (error) {
    if (error instanceof Error && error.name === "ValidationError") return undefined;
    throw error;
  }
}

async function outputsOf(config, StackName) {
  const { CloudFormationClient, DescribeStacksCommand } = cloudFormation();
  const { Stacks } = await new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName }));
  return new Map(Stacks[0].Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/** The framework's own client, of the version that it deploys with. */
function cloudFormation() {
  const ofFramework = createRequire(createRequire(import.meta.url).resolve("serverless/package.json"));
  return ofFramework("@aws-sdk/client-cloudformation");
}

const usualConfig = "rolecall.yml";
const configToBeginWith = "examples/documented-names.yml";

const forced = { force: true, recursive: true };

/** Where a partition's IAM events arrive. */
const homeRegion = (region) => {
  if (region.startsWith("cn-")) return "cn-north-1";
  if (region.startsWith("us-gov-")) return "us-gov-west-1";
  return "us-east-1";
};

async function loadInputs(serviceDir) {
  const outfile = join(serviceDir, ".cache", `stack-inputs-${process.pid}.mjs`);
  mkdirSync(join(serviceDir, ".cache"), { recursive: true });
  buildSync({
    entryPoints: [join(serviceDir, "scripts", "stack-inputs.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, forced);
  }
}
