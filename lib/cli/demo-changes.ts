import { clusterPrefix } from "../controls/cluster/cluster-key.ts";
import type { FactsPort } from "../gather/port.ts";
import { consoleNotifier } from "../local/console-notifier.ts";
import { type Edits, editedFacts } from "../local/edited-facts.ts";
import { Rehearsal } from "../local/rehearsal.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { DocumentSource, InstanceFacts, RoleFacts } from "../model/facts.ts";
import type { Result } from "../model/result.ts";
import { portsOf } from "../watch/from-config.ts";
import { gatherScope } from "../watch/gather.ts";

/** An account that nobody has: AWS's own documents use it for strangers. */
const stranger = "999999999999";

export interface DemoChanges {
  readonly facts: FactsPort;
  readonly config: ResolvedConfig;
  /** When the demonstration begins; its minutes pass at once. */
  readonly from: Date;
  write(text: string): void;
}

/**
 * Plays three changes against an account, without touching it, through the same pipeline as deployed:
 * a trust policy that lets a stranger in, a tag taken off a node, and the repair of both. Each alert is
 * shown as its subscriber reads it.
 */
export async function demoChanges(demo: DemoChanges): Promise<void> {
  const { facts, config, from } = demo;
  const write = (text: string): void => demo.write(text);
  const edits: Edits = { trust: new Map(), untagged: new Map() };
  const changing = editedFacts(facts, edits);
  const { account } = await facts.identity();
  const role = await pickRole(demo);
  const node = await pickNode(demo);
  const rehearsal = new Rehearsal(changing, config, from);
  await rehearsal.begin(config, node?.region ?? "us-east-1");
  const notifier = consoleNotifier((text) => write(framed(text)));
  const made = (name: string, region: string, who: string, params: object): object =>
    recorded({ name, region, who, params, account, at: rehearsal.now() });

  const repairs: (() => object)[] = [];
  if (role !== undefined) {
    const before = role.trust.at === "found" ? role.trust.value : "";
    write(
      `\n${clock(rehearsal)}  mallory edits the trust policy of ${role.name}: account ${stranger} may assume it.\n\n`,
    );
    edits.trust.set(role.name, letIn(before));
    const edit = { roleName: role.name };
    await rehearsal.play([made("UpdateAssumeRolePolicy", "us-east-1", "mallory", edit)], notifier);
    repairs.push(() => {
      edits.trust.delete(role.name);
      return made("UpdateAssumeRolePolicy", "us-east-1", "alice", edit);
    });
  }

  if (node !== undefined) {
    rehearsal.pass(240);
    write(`\n${clock(rehearsal)}  A script takes the tag ${node.key} off ${node.instance.id}.\n\n`);
    edits.untagged.set(node.instance.id, node.key);
    const params = {
      resourcesSet: { items: [{ resourceId: node.instance.id }] },
      tagSet: { items: [{ key: node.key }] },
    };
    await rehearsal.play([made("DeleteTags", node.region, "cleanup-script", params)], notifier);
    repairs.push(() => {
      edits.untagged.delete(node.instance.id);
      return made("CreateTags", node.region, "alice", params);
    });
  }

  rehearsal.pass(600);
  write(`\n${clock(rehearsal)}  alice puts ${repairs.length === 2 ? "both" : "it"} back.\n\n`);
  await rehearsal.play(
    repairs.map((repair) => repair()),
    notifier,
  );
}

/** The first watched role with nothing wrong with it: its alert is about the change alone. */
async function pickRole({ facts, config, from }: DemoChanges): Promise<RoleFacts | undefined> {
  const { account } = await facts.identity();
  const scope = { kind: "account", account } as const;
  const seen = await gatherScope(scope, from.toISOString(), facts);
  const results = await portsOf(config).judge(seen, { scope, now: from.toISOString(), settled: true });
  const well = seen.iam.roles.items.filter((role) => {
    const own = results.filter((result) => result.resource.arn === role.arn);
    return own.length > 1 && own.every(isWell);
  });
  return well.toSorted((a, b) => (a.name < b.name ? -1 : 1))[0];
}

const isWell = ({ verdict }: Result): boolean => verdict === "passed" || verdict === "not-applicable";

interface Node {
  readonly region: string;
  readonly instance: InstanceFacts;
  readonly key: string;
}

/** A node of a watched cluster with its tag on it, one with nothing wrong with it before all others. */
async function pickNode({ facts, config, from }: DemoChanges): Promise<Node | undefined> {
  const { account } = await facts.identity();
  const nodes: (Node & { readonly well: boolean })[] = [];
  for (const { region, cluster } of config.clusters) {
    if (region === "*") continue;
    const key = `${clusterPrefix}${cluster}`;
    const scope = { kind: "region", account, region } as const;
    const seen = await gatherScope(scope, from.toISOString(), facts);
    const results = await portsOf(config).judge(seen, { scope, now: from.toISOString(), settled: true });
    for (const instance of seen.regions[0]?.instances.items ?? []) {
      if (!instance.tags.has(key)) continue;
      const own = results.filter((result) => result.resource.arn.endsWith(`/${instance.id}`));
      nodes.push({ region, instance, key, well: own.every(isWell) });
    }
  }
  return nodes.find(({ well }) => well) ?? nodes[0];
}

/** The same trust policy with one statement more. */
function letIn(document: DocumentSource): DocumentSource {
  const parsed: unknown = typeof document === "string" ? JSON.parse(decoded(document)) : document;
  const statements: unknown =
    typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "Statement") : undefined;
  return JSON.stringify({
    ...(typeof parsed === "object" ? parsed : {}),
    Statement: [
      ...[statements ?? []].flat(),
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${stranger}:root` }, Action: "sts:AssumeRole" },
    ],
  });
}

/** AWS percent-encodes documents; files of the CLI hold them decoded. */
const decoded = (text: string): string =>
  text.trimStart().startsWith("{") ? text : decodeURIComponent(text);

interface Recorded {
  readonly name: string;
  readonly region: string;
  readonly who: string;
  readonly params: object;
  readonly account: string;
  readonly at: string;
}

/** A change as CloudTrail records it and EventBridge delivers it. */
function recorded({ name, region, who, params, account, at }: Recorded): object {
  const service = name.endsWith("Tags") ? "ec2" : "iam";
  return {
    "detail-type": "AWS API Call via CloudTrail",
    source: `aws.${service}`,
    account,
    region,
    time: at,
    detail: {
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      eventID: `demo-${name}-${at}`,
      eventTime: at,
      awsRegion: region,
      sourceIPAddress: "203.0.113.7",
      userAgent: "aws-cli/2.31.9",
      userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/${who}`, accountId: account },
      requestParameters: params,
      recipientAccountId: account,
    },
  };
}

const clock = (rehearsal: Rehearsal): string => rehearsal.now().slice(11, 19);

const framed = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "  │\n" : `  │ ${line}\n`))
    .join("");
