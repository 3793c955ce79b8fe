import type { DocumentSource } from "../../model/facts.ts";
import { arnOf, type Deployed, resolveIntrinsics } from "./intrinsics.ts";
import type { PartKind, PartPolicy, PartProperties } from "./model.ts";
import { list, type Properties, record, type Settings, settingsOf, text } from "./settings.ts";
import type { TemplateResource, WatchedTemplate } from "./template.ts";

/** A part of the deployed stack, and what its template wants of it. */
export interface ExpectedPart {
  readonly kind: PartKind;
  readonly name: string;
  /** The name, URL, UUID or ARN that CloudFormation knows it by. */
  readonly physical: string;
  readonly arn: string;
  readonly properties: PartProperties;
}

export interface ExpectedSubscription {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export interface Expected {
  readonly parts: readonly ExpectedPart[];
  readonly subscriptions: readonly ExpectedSubscription[];
  /** Why a part cannot be held against anything: a reference that leads nowhere. */
  readonly unclear: readonly string[];
}

const kinds: Readonly<Record<string, PartKind>> = {
  "AWS::Events::Rule": "rule",
  "AWS::Scheduler::Schedule": "schedule",
  "AWS::SQS::Queue": "queue",
  "AWS::SNS::Topic": "topic",
  "AWS::IAM::Role": "role",
  "AWS::Lambda::EventSourceMapping": "reader",
  "AWS::Lambda::Function": "function",
  "AWS::CloudWatch::Alarm": "alarm",
  "AWS::Logs::LogGroup": "log",
  "AWS::DynamoDB::Table": "ledger",
};

/** What the account must hold, part by part, if the stack is as it was deployed. Pure. */
export function expectedParts({ resources }: WatchedTemplate, deployed: Deployed): Expected {
  const parts: ExpectedPart[] = [];
  const subscriptions: ExpectedSubscription[] = [];
  const unclear: string[] = [];
  const policies = policiesByOwner(resources);
  for (const [name, resource] of Object.entries(resources)) {
    try {
      const kind = kinds[resource.type];
      const properties = resolveIntrinsics(resource.properties, deployed) as Properties;
      if (resource.type === "AWS::SNS::Subscription") {
        const { TopicArn, Protocol, Endpoint } = properties;
        subscriptions.push({ topic: text(TopicArn), protocol: text(Protocol), endpoint: text(Endpoint) });
      }
      if (kind === undefined) continue;
      const physical = deployed.parts.get(name)?.physical;
      if (physical === undefined) throw new TypeError(`the stack has no part ${name}`);
      const document = resolveIntrinsics(policies.get(name), deployed) as DocumentSource | undefined;
      parts.push({
        kind,
        name,
        physical,
        arn: arnOf(resource.type, physical, deployed),
        properties: {
          settings: { ...settingsOf[kind](properties), ...codeOf(kind, name, physical, deployed) },
          policies: policiesOf(kind, properties, document),
        },
      });
    } catch (error) {
      unclear.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { parts, subscriptions, unclear };
}

/** What only the deployed stack says of a function: its code's digest, and where its log is. */
function codeOf(kind: PartKind, name: string, physical: string, { code }: Deployed): Settings {
  if (kind !== "function") return {};
  const digest = code.get(name);
  if (digest === undefined) throw new TypeError(`the stack does not say which code ${name} has`);
  return { code: digest, log: `Text /aws/lambda/${physical}` };
}

function policiesOf(
  kind: PartKind,
  properties: Properties,
  document: DocumentSource | undefined,
): Readonly<Record<string, PartPolicy>> {
  if (kind === "role") {
    const inline = list(properties["Policies"]).map((policy) => record(record(policy)["PolicyDocument"]));
    return {
      trust: { kind: "trust", documents: [record(properties["AssumeRolePolicyDocument"])] },
      permissions: { kind: "identity", documents: inline },
    };
  }
  return document === undefined ? {} : { policy: { kind: "resource", documents: [document] } };
}

/** Policies of queues, topics and functions are resources of their own, that name their owners. */
function policiesByOwner(resources: WatchedTemplate["resources"]): ReadonlyMap<string, unknown> {
  const owned = ({ type, properties }: TemplateResource): readonly (readonly [string, unknown])[] => {
    const owners =
      type === "AWS::SQS::QueuePolicy"
        ? properties["Queues"]
        : type === "AWS::SNS::TopicPolicy"
          ? properties["Topics"]
          : [];
    return list(owners).map((owner) => [text(record(owner)["Ref"]), properties["PolicyDocument"]] as const);
  };
  const calls = new Map<string, unknown[]>();
  for (const { type, properties } of Object.values(resources)) {
    if (type !== "AWS::Lambda::Permission") continue;
    const owner = ownerOf(properties["FunctionName"]);
    calls.set(owner, [...(calls.get(owner) ?? []), permitted(properties)]);
  }
  const functions = [...calls].map(
    ([owner, Statement]) => [owner, { Version: "2012-10-17", Statement }] as const,
  );
  return new Map([...Object.values(resources).flatMap(owned), ...functions]);
}

/** The logical id that a reference leads to, whichever way it is written. */
function ownerOf(reference: unknown): string {
  const { Ref, "Fn::GetAtt": attribute } = record(reference);
  return text(Ref ?? (Array.isArray(attribute) ? attribute[0] : text(attribute).split(".")[0]));
}

/** The statement that Lambda makes of a permission. */
const permitted = ({ FunctionName, Action, Principal, SourceArn, SourceAccount }: Properties): unknown => ({
  Effect: "Allow",
  Principal: { Service: Principal },
  Action,
  Resource: { "Fn::GetAtt": [ownerOf(FunctionName), "Arn"] },
  Condition: {
    ...(SourceAccount === undefined ? {} : { StringEquals: { "AWS:SourceAccount": SourceAccount } }),
    ...(SourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": SourceArn } }),
  },
});
