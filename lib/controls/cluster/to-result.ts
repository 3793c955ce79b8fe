import type { Place } from "../../model/config.ts";
import type { ControlInfo } from "../../model/control.ts";
import type { AccountIdentity } from "../../model/facts.ts";
import { evidenceDigest, findingId } from "../../model/finding-id.ts";
import type { Resource, ResourceType, Result, Verdict } from "../../model/result.ts";
import { type Severity, severityRank } from "../../model/severity.ts";
import type { Judgement } from "./control.ts";

/** What a result says besides its judgement. */
export interface Frame {
  readonly identity: AccountIdentity;
  readonly platform: string;
  readonly baseline: string;
  readonly region: string;
  readonly control: ControlInfo;
  /** The control's severity after configuration; a judgement's own gives way to it too. */
  readonly severity?: Severity;
  /** The entry of the configuration that asked. */
  readonly place?: Place;
  /** What is judged more than once is named once: by the object that a judgement is about. */
  readonly resources: Map<object, Resource>;
}

export function toResult(frame: Frame, judgement: Judgement): Result {
  const { identity, platform, baseline, control } = frame;
  const resource = resourceOf(frame, judgement.resource);
  const result: Draft = {
    id: findingId(identity.account, platform, control.id, resource.arn),
    digest: digestOf(frame, judgement),
    control: control.id,
    platform,
    baseline,
    resource,
    verdict: judgement.verdict,
    severity: frame.severity ?? judgement.severity ?? control.severity,
    title: control.title,
    detail: judgement.detail,
    expected: judgement.expected,
    actual: judgement.actual,
    differences: none,
    remediation: judgement.remediation ?? none,
  };
  if (judgement.consequence !== undefined) result.consequence = judgement.consequence;
  if (judgement.reason !== undefined) result.reason = judgement.reason;
  if (frame.place !== undefined) result.place = frame.place;
  return result;
}

type Draft = { -readonly [K in keyof Result]: Result[K] };
const none: readonly never[] = [];

function resourceOf({ identity, region, resources }: Frame, judged: Judgement["resource"]): Resource {
  let resource = resources.get(judged);
  if (resource === undefined) {
    const arn = resourceArn(identity, region, judged);
    resource = { arn, type: judged.type, account: identity.account, region };
    resources.set(judged, resource);
  }
  return resource;
}

/** A cluster has no ARN of AWS's; its own names account, region and id in the same form. */
function resourceArn(
  { partition, account }: AccountIdentity,
  region: string,
  { type, id }: { readonly type: ResourceType; readonly id: string },
): string {
  const segment = type === "cluster" ? `kubernetes-cluster/${escaped(id)}` : `${type}/${id}`;
  return `arn:${partition}:ec2:${region}:${account}:${segment}`;
}

const escaped = (id: string): string =>
  id.replaceAll(/[^\w.@=+-]/gu, (character) => `%${character.codePointAt(0)?.toString(16)}`);

const passedDigests = new WeakMap<ControlInfo, string>();

/** What passed has no content worth telling apart, and is most of an account. */
function digestOf({ control }: Frame, { verdict, expected, actual }: Judgement): string {
  if (verdict !== "passed") return evidenceDigest({ verdict, expected, actual });
  let digest = passedDigests.get(control);
  if (digest === undefined) {
    digest = evidenceDigest({ control: control.id, verdict });
    passedDigests.set(control, digest);
  }
  return digest;
}

const worstFirst: readonly Verdict[] = ["failed", "undecided", "unavailable", "passed", "not-applicable"];

/**
 * One result for each id: a resource that several clusters of a platform use is judged for each of them,
 * and the worst verdict stands, with all that was said of it.
 */
export function mergeById(results: readonly Result[]): readonly Result[] {
  const merged = new Map<string, Result>();
  for (const result of results) {
    const known = merged.get(result.id);
    merged.set(result.id, known === undefined ? result : merge(known, result));
  }
  return merged.size === results.length ? results : [...merged.values()];
}

function merge(one: Result, two: Result): Result {
  const rank = worstFirst.indexOf(one.verdict) - worstFirst.indexOf(two.verdict);
  if (rank !== 0) return rank < 0 ? one : two;
  if (one.digest === two.digest && one.detail === two.detail) return one;
  const [first, second] = one.digest <= two.digest ? [one, two] : [two, one];
  const consequences = distinct([first.consequence, second.consequence]);
  const reasons = distinct([first.reason, second.reason]);
  const steps = new Map([...first.remediation, ...second.remediation].map((s) => [JSON.stringify(s), s]));
  const { consequence: _consequence, reason: _reason, ...rest } = first;
  return {
    ...rest,
    digest: first.digest === second.digest ? first.digest : evidenceDigest([first.digest, second.digest]),
    severity:
      severityRank(first.severity) >= severityRank(second.severity) ? first.severity : second.severity,
    detail: distinct([first.detail, second.detail]).join(" "),
    expected: same(first.expected, second.expected) ? first.expected : [first.expected, second.expected],
    actual: same(first.actual, second.actual) ? first.actual : [first.actual, second.actual],
    remediation: [...steps.values()],
    ...(consequences.length === 0 ? {} : { consequence: consequences.join("; ") }),
    ...(reasons.length === 0 ? {} : { reason: reasons.join("; ") }),
  };
}

const distinct = (texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== undefined)),
];

const same = (one: unknown, two: unknown): boolean => JSON.stringify(one) === JSON.stringify(two);
