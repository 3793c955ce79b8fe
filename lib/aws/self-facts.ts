import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  type Subscription,
} from "@aws-sdk/client-sns";
import { type Expected, type ExpectedPart, expectedParts } from "../controls/self/expected.ts";
import type { PartFacts, SelfFacts, SubscriptionFacts } from "../controls/self/model.ts";
import type { WatchedTemplate } from "../controls/self/template.ts";
import type { LedgerPort } from "../ledger/port.ts";
import type { AccountIdentity } from "../model/facts.ts";
import { scopeKey } from "../model/scope.ts";
import { absent, type Denied, denied, found, type Roster, type Seen } from "../model/seen.ts";
import { inTurn } from "../watch/in-turn.ts";
import { brisk } from "./client-settings.ts";
import { read, readPages } from "./read.ts";
import type { PartSeen } from "./self-part.ts";
import { selfParts } from "./self-parts.ts";
import { shortenEndpoint } from "./shorten-endpoint.ts";
import { readTrails } from "./trails.ts";

/** IAM actions on the stack and its topics. @public */
export const actions = [
  "cloudformation:DescribeStacks",
  "cloudformation:ListStackResources",
  "sns:GetSubscriptionAttributes",
  "sns:ListSubscriptionsByTopic",
] as const;

/** Parts that are read at a time. */
const abreast = 4;

export interface SelfPlace {
  readonly identity: AccountIdentity;
  readonly region: string;
  readonly stack: string;
}

/** Looks at everything that Rolecall consists of. Never throws for what AWS refuses. */
export function selfFacts(
  template: WatchedTemplate,
  ledger: Pick<LedgerPort, "load" | "pending">,
): (place: SelfPlace, at: string) => Promise<SelfFacts> {
  const stacks = new CloudFormationClient(brisk);
  const sns = new SNSClient(brisk);
  const readPart = selfParts();
  return async (place, at) => {
    const names = await namesOf(stacks, place);
    // Names that are not all known make no expectation: what would be missing is only not seen.
    const known = names.gap === undefined ? template : { resources: {} };
    const expected = expectedParts(known, { ...place, parts: new Map(names.items), code: names.code });
    const seen = await inTurn(expected.parts, abreast, async (part) => ({ part, ...(await readPart(part)) }));
    const topics = expected.parts.filter(({ kind }) => kind === "topic").map(({ physical }) => physical);
    return {
      ...place,
      at,
      parts: {
        items: seen.map(({ part, actual }) => factsOf(part, actual)),
        ...gapOf(names.gap, expected),
      },
      trails: await readTrails(),
      subscriptions: await subscriptionsOf(sns, topics, expected, names.gap),
      deadLetters: seen.flatMap((one) => deadLetters(one, expected)),
      oldestPending: await oldestPending(ledger),
      lastAudit: await lastAudit(ledger, place.identity.account),
    };
  };
}

const factsOf = ({ kind, name, arn, properties }: ExpectedPart, actual: PartFacts["actual"]): PartFacts => ({
  kind,
  name,
  arn,
  expected: properties,
  actual,
});

type Names = Roster<readonly [string, { readonly type: string; readonly physical: string }]> & {
  readonly code: ReadonlyMap<string, string>;
};

/** What the outputs are called that hold the digests of the functions' code: `OnChangeCode`. */
const codeOutput = "Code";

async function namesOf(client: CloudFormationClient, { stack }: SelfPlace): Promise<Names> {
  const items: Names["items"][number][] = [];
  const status = await read("cloudformation:DescribeStacks", () =>
    client.send(new DescribeStacksCommand({ StackName: stack })),
  );
  if (status.at === "denied") return { items, code: new Map(), gap: status };
  const stackNow = status.at === "found" ? status.value.Stacks?.[0] : undefined;
  const state = stackNow?.StackStatus;
  const code = new Map(
    (stackNow?.Outputs ?? []).flatMap(({ OutputKey = "", OutputValue = "" }) =>
      OutputKey.endsWith(codeOutput)
        ? [[`${OutputKey.slice(0, -codeOutput.length)}LambdaFunction`, OutputValue] as const]
        : [],
    ),
  );
  // While it is deployed, some parts are as they were and others as they will be.
  if (state?.endsWith("_IN_PROGRESS") === true)
    return { items, code, gap: denied("cloudformation:DescribeStacks", "the stack is being deployed") };
  const action = "cloudformation:ListStackResources";
  const end = await readPages(
    action,
    (NextToken) => client.send(new ListStackResourcesCommand({ StackName: stack, NextToken })),
    (page) => ({ more: page.NextToken !== undefined && page.NextToken !== "", token: page.NextToken }),
    (page) => {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of page.StackResourceSummaries ?? [])
        if (LogicalResourceId !== undefined && PhysicalResourceId !== undefined && ResourceType !== undefined)
          items.push([LogicalResourceId, { type: ResourceType, physical: PhysicalResourceId }]);
    },
  );
  if (end === undefined) return { items, code };
  return { items, code, gap: end.at === "denied" ? end : denied(action, `there is no stack ${stack}`) };
}

function gapOf(gap: Denied | undefined, { unclear }: Expected): { readonly gap?: Denied } {
  if (gap !== undefined) return { gap };
  const [first] = unclear;
  return first === undefined ? {} : { gap: denied("cloudformation:ListStackResources", first) };
}

/** A queue that another hands its failures to. */
function deadLetters(
  { part, waiting }: PartSeen & { readonly part: ExpectedPart },
  { parts }: Expected,
): SelfFacts["deadLetters"] {
  if (part.kind !== "queue" || waiting === undefined) return [];
  const fed = parts.some(
    ({ kind, properties: { settings } }) => kind === "queue" && settings["undelivered"] === part.arn,
  );
  return fed || part.name.endsWith("Dead") ? [{ arn: part.arn, waiting, fed }] : [];
}

async function subscriptionsOf(
  client: SNSClient,
  topics: readonly string[],
  expected: Expected,
  unnamed: Denied | undefined,
): Promise<Roster<SubscriptionFacts>> {
  const action = "sns:ListSubscriptionsByTopic";
  const items: SubscriptionFacts[] = [];
  const there = new Set<string>();
  const deployed = new Set(
    expected.subscriptions.map(({ topic, protocol, endpoint }) => key(topic, protocol, endpoint)),
  );
  const listed: (readonly [string, Subscription])[] = [];
  let gap = unnamed;
  for (const topic of topics) {
    const end = await readPages(
      action,
      (NextToken) => client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken })),
      (page) => ({ more: page.NextToken !== undefined && page.NextToken !== "", token: page.NextToken }),
      (page) => listed.push(...(page.Subscriptions ?? []).map((one) => [topic, one] as const)),
    );
    if (end?.at === "denied") gap = end;
  }
  for (const [topic, { Protocol = "", Endpoint = "", SubscriptionArn = "" }] of listed) {
    const own = key(topic, Protocol, Endpoint);
    there.add(own);
    const confirmed = SubscriptionArn.startsWith("arn:");
    const filtered = confirmed && deployed.has(own) ? await isFiltered(client, SubscriptionArn) : false;
    if (typeof filtered !== "boolean") gap = filtered;
    items.push({
      topic,
      protocol: Protocol,
      endpoint: shortenEndpoint(Protocol, Endpoint),
      confirmed,
      ...(filtered === true ? { filtered } : {}),
    });
  }
  if (gap !== undefined) return { items, gap };
  for (const { topic, protocol, endpoint } of expected.subscriptions) {
    if (there.has(key(topic, protocol, endpoint))) continue;
    items.push({
      topic,
      protocol,
      endpoint: shortenEndpoint(protocol, endpoint),
      confirmed: false,
      gone: true,
    });
  }
  return { items };
}

const key = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Whether a subscription is given only a part; none of the stack's own is deployed so. */
async function isFiltered(client: SNSClient, SubscriptionArn: string): Promise<boolean | Denied> {
  const seen = await read("sns:GetSubscriptionAttributes", () =>
    client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })),
  );
  // Gone since it was listed: the call that did it asks for another look.
  if (seen.at === "absent") return false;
  return seen.at === "denied" ? seen : !["", "{}"].includes(seen.value.Attributes?.["FilterPolicy"] ?? "");
}

const noTable = denied("dynamodb:Query", "the ledger's table is gone");

async function oldestPending(ledger: Pick<LedgerPort, "pending">): Promise<Seen<string>> {
  const pending = await read("dynamodb:Query", () => ledger.pending(1));
  if (pending.at !== "found") return pending.at === "denied" ? pending : noTable;
  const [oldest] = pending.value;
  return oldest === undefined ? absent : found(oldest.pendingSince);
}

async function lastAudit(ledger: Pick<LedgerPort, "load">, account: string): Promise<Seen<string>> {
  const state = await read("dynamodb:Query", () => ledger.load(scopeKey({ kind: "account", account })));
  if (state.at !== "found") return state.at === "denied" ? state : noTable;
  const { observation } = state.value;
  return observation === undefined ? absent : found(observation.observedAt);
}
