import type { AccountIdentity } from "../../model/facts.ts";

/** What a deployed stack knows and its template does not: where it is, and what its parts are called. */
export interface Deployed {
  readonly identity: AccountIdentity;
  readonly region: string;
  readonly stack: string;
  /** By logical id. */
  readonly parts: ReadonlyMap<string, { readonly type: string; readonly physical: string }>;
  /** The digest of each function's code, by logical id, as the stack's outputs say. */
  readonly code: ReadonlyMap<string, string>;
}

/** A value of a template with its references replaced; throws where one leads nowhere. */
export function resolveIntrinsics(value: unknown, deployed: Deployed): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, deployed));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ["", undefined]] = entries;
  if (entries.length === 1) {
    switch (name) {
      case "Ref":
        return reference(String(argument), deployed);
      case "Fn::GetAtt": {
        const [id = "", attribute = ""] = Array.isArray(argument)
          ? argument.map(String)
          : dotted(String(argument));
        return attributeOf(id, attribute, deployed);
      }
      case "Fn::Sub":
        return substituted(argument, deployed);
      case "Fn::Join": {
        const [separator, list] = argument as readonly [string, readonly unknown[]];
        return list.map((item) => String(resolveIntrinsics(item, deployed))).join(separator);
      }
      default:
        if (name.startsWith("Fn::")) throw new TypeError(`${name} is not followed`);
    }
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveIntrinsics(item, deployed)]));
}

function substituted(argument: unknown, deployed: Deployed): string {
  const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as unknown as readonly [
    string,
    Readonly<Record<string, unknown>>,
  ];
  return text.replace(/\$\{([^!}][^}]*)\}/gu, (_, name: string) => {
    if (Object.hasOwn(given, name)) return String(resolveIntrinsics(given[name], deployed));
    const [id = "", attribute] = dotted(name);
    return attribute === undefined ? reference(name, deployed) : attributeOf(id, attribute, deployed);
  });
}

const dotted = (name: string): readonly string[] => {
  const dot = name.indexOf(".");
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
};

function reference(name: string, deployed: Deployed): string {
  switch (name) {
    case "AWS::AccountId":
      return deployed.identity.account;
    case "AWS::Partition":
      return deployed.identity.partition;
    case "AWS::Region":
      return deployed.region;
    case "AWS::StackName":
      return deployed.stack;
    default:
      return partOf(name, deployed).physical;
  }
}

function attributeOf(id: string, attribute: string, deployed: Deployed): string {
  const { type, physical } = partOf(id, deployed);
  if (attribute === "Arn") return arnOf(type, physical, deployed);
  if (attribute === "QueueName" || attribute === "TopicName") return lastOf(physical);
  throw new TypeError(`the attribute ${attribute} of ${id} is not known`);
}

function partOf(id: string, { parts }: Deployed): { readonly type: string; readonly physical: string } {
  const part = parts.get(id);
  if (part === undefined) throw new TypeError(`the stack has no part ${id}`);
  return part;
}

const lastOf = (physical: string): string => physical.split(/[/:]/u).at(-1) ?? "";

/** The ARN of a part, from the id that CloudFormation gives it. */
export function arnOf(type: string, physical: string, { identity, region }: Deployed): string {
  if (physical.startsWith("arn:")) return physical;
  const { partition, account } = identity;
  const here = (service: string): string => `arn:${partition}:${service}:${region}:${account}:`;
  switch (type) {
    case "AWS::SQS::Queue":
      return `${here("sqs")}${lastOf(physical)}`;
    case "AWS::IAM::Role":
      return `arn:${partition}:iam::${account}:role/${physical}`;
    case "AWS::Lambda::Function":
      return `${here("lambda")}function:${physical}`;
    case "AWS::Lambda::EventSourceMapping":
      return `${here("lambda")}event-source-mapping:${physical}`;
    case "AWS::Events::Rule":
      return `${here("events")}rule/${physical}`;
    case "AWS::Scheduler::Schedule":
      return `${here("scheduler")}schedule/${physical.includes("/") ? physical : `default/${physical}`}`;
    case "AWS::DynamoDB::Table":
      return `${here("dynamodb")}table/${physical}`;
    case "AWS::CloudWatch::Alarm":
      return `${here("cloudwatch")}alarm:${physical}`;
    case "AWS::Logs::LogGroup":
      return `${here("logs")}log-group:${physical}:*`;
    case "AWS::S3::Bucket":
      return `arn:${partition}:s3:::${physical}`;
    default:
      throw new TypeError(`the ARN of ${type} is not known`);
  }
}
