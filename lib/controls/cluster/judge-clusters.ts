import type { WatchedCluster } from "../../model/config.ts";
import type { AccountIdentity, IamFacts, RegionFacts } from "../../model/facts.ts";
import type { Result } from "../../model/result.ts";
import type { Roster } from "../../model/seen.ts";
import type { Severity } from "../../model/severity.ts";
import { matchesPattern } from "../name-pattern.ts";
import { fold } from "./cluster-key.ts";
import { assignMembers, type ClusterView, clusterView, isEmpty, noMembers } from "./cluster-view.ts";
import { type ClusterControl, type Judgement, unseen } from "./control.ts";
import { found, notFound } from "./found.ts";
import type { ProfileOwner } from "./infer-cluster.ts";
import { indexRegion, profileName, type WatchedNames } from "./region-index.ts";
import { clusterControls } from "./registry.ts";
import { type Frame, mergeById, toResult } from "./to-result.ts";
import { findUnwatched, unseenClusters, unwatched } from "./unwatched.ts";

export interface ClusterInput {
  readonly identity: AccountIdentity;
  readonly iam: IamFacts;
  /** The regions that were read: a watched cluster of another region is unavailable. */
  readonly regions: readonly RegionFacts[];
  readonly watched: readonly WatchedCluster[];
  /** Whether `watched` is what was recognised in these very regions: one that was not seen may hold more. */
  readonly recognised?: boolean;
  readonly now: Date;
  /** By control id; a watched cluster's own come before these. */
  readonly severities?: Readonly<Record<string, Severity>>;
}

interface Judging extends ClusterInput, Pick<Frame, "resources"> {}

/** Every cluster control on every watched cluster, and each cluster that nobody watches, once. Pure. */
export function judgeClusters(given: ClusterInput): readonly Result[] {
  const input: Judging = { ...given, resources: new Map() };
  const results: Result[] = [];
  const rolesInProfile = new Map(input.iam.profiles.items.map(({ name, roles }) => [name, roles]));
  const regions = wholeRegions(input.regions);
  const seenAnywhere = new Set<WatchedCluster>();
  for (const facts of regions) {
    const watched = input.watched.filter(({ region }) => region === facts.region || region === "*");
    const names = namesOf(watched);
    const index = indexRegion(facts, names);
    const profileOwner = profileOwnerOf(watched, rolesInProfile);
    const members = assignMembers(index, names.ids, profileOwner);
    const shared = { index, iam: input.iam, rolesInProfile, profileOwner, now: input.now };
    for (const cluster of watched) {
      const of = members.get(cluster.cluster) ?? noMembers();
      if (!isEmpty(of)) seenAnywhere.add(cluster);
      else if (cluster.region === "*" && index.gaps.size === 0) continue;
      else if (cluster.region === "*") seenAnywhere.add(cluster);
      judgeCluster(clusterView(cluster, of, shared), input, results);
    }
    const unasked = (platform: string): Frame => ({
      ...frameOf(input, platform, `${platform}/cluster@1`, facts.region, unwatched),
      ...severityIn(input, unwatched.id),
    });
    for (const { platform, judgement } of findUnwatched(index, names))
      results.push(toResult(unasked(platform), judgement));
    const hidden = input.recognised === true ? unseenClusters(index) : undefined;
    if (hidden !== undefined) results.push(toResult(unasked("cloud-provider-aws"), hidden));
  }
  const read = new Set(regions.map(({ region }) => region));
  for (const cluster of input.watched) {
    if (cluster.without.includes(found.info.id)) continue;
    const judgement = missed(cluster, read, seenAnywhere);
    if (judgement !== undefined)
      results.push(toResult(watchedFrame(input, cluster, cluster.region, found), judgement));
  }
  return mergeById(results);
}

function judgeCluster(view: ClusterView, input: Judging, results: Result[]): void {
  const { watched, index } = view;
  const cluster = { type: "cluster", id: view.id } as const;
  const empty = isEmpty(view);
  for (const control of clusterControls) {
    if (watched.without.includes(control.info.id)) continue;
    if (control !== found && (empty || control.appliesTo?.(view) === false)) continue;
    const frame = watchedFrame(input, watched, index.region, control);
    const judgements = control.evaluate(view);
    for (const judgement of judgements) results.push(toResult(frame, judgement));
    const gaps = control.reads.flatMap((type) => {
      const gap = index.gaps.get(type);
      return gap === undefined ? [] : [unseen(type, gap)];
    });
    if (gaps.length > 0)
      results.push(
        toResult(frame, {
          resource: cluster,
          verdict: "unavailable",
          detail: `Part of cluster \`${view.id}\` was not seen.`,
          expected: null,
          actual: null,
          reason: gaps.join("; "),
        }),
      );
    else if (judgements.length === 0 && control.wellWhenSilent !== undefined)
      results.push(
        toResult(frame, {
          resource: cluster,
          verdict: "passed",
          detail: `Cluster \`${view.id}\`: ${control.wellWhenSilent}`,
          expected: control.info.title,
          actual: null,
        }),
      );
  }
}

/** A cluster whose region was not read, or that may be anywhere and is nowhere. */
function missed(
  cluster: WatchedCluster,
  read: ReadonlySet<string>,
  seenAnywhere: ReadonlySet<WatchedCluster>,
): Judgement | undefined {
  if (cluster.region === "*" && read.size > 0)
    return seenAnywhere.has(cluster) ? undefined : notFound(cluster.cluster, "any region");
  if (read.has(cluster.region)) return undefined;
  return {
    resource: { type: "cluster", id: cluster.cluster },
    verdict: "unavailable",
    detail: `Cluster \`${cluster.cluster}\` was not looked for.`,
    expected: `kubernetes.io/cluster/${cluster.cluster}`,
    actual: null,
    reason: cluster.region === "*" ? "no region was read" : `region ${cluster.region} was not read`,
  };
}

const frameOf = (
  { identity, resources }: Judging,
  platform: string,
  baseline: string,
  region: string,
  control: ClusterControl["info"],
): Frame => ({ identity, platform, baseline, region, control, resources });

function watchedFrame(
  input: Judging,
  { platform, baseline, severities, place }: WatchedCluster,
  region: string,
  { info }: ClusterControl,
): Frame {
  const own = Object.hasOwn(severities, info.id) ? severities[info.id] : undefined;
  return {
    ...frameOf(input, platform, baseline ?? `${platform}/cluster@1`, region, info),
    ...(own === undefined ? severityIn(input, info.id) : { severity: own }),
    place,
  };
}

function severityIn({ severities = {} }: ClusterInput, id: string): { readonly severity?: Severity } {
  const severity = Object.hasOwn(severities, id) ? severities[id] : undefined;
  return severity === undefined ? {} : { severity };
}

/** Each region once, though its facts may have come in parts. */
function wholeRegions(parts: readonly RegionFacts[]): readonly RegionFacts[] {
  const regions = new Map<string, RegionFacts>();
  for (const part of parts) {
    const known = regions.get(part.region);
    regions.set(
      part.region,
      known === undefined
        ? part
        : {
            region: part.region,
            instances: joined(known.instances, part.instances),
            groups: joined(known.groups, part.groups),
            subnets: joined(known.subnets, part.subnets),
            routeTables: joined(known.routeTables, part.routeTables),
          },
    );
  }
  return [...regions.values()];
}

const joined = <T>(one: Roster<T>, two: Roster<T>): Roster<T> => {
  const gap = one.gap ?? two.gap;
  return { items: [...one.items, ...two.items], ...(gap === undefined ? {} : { gap }) };
};

function namesOf(watched: readonly WatchedCluster[]): WatchedNames {
  const ids = new Set(watched.map(({ cluster }) => cluster));
  const folded = new Map<string, string>();
  const capa = new Map<string, string>();
  for (const { cluster, capaName } of watched) {
    folded.set(fold(cluster), cluster);
    if (capaName !== undefined) capa.set(capaName, cluster);
  }
  return { ids, folded, capa };
}

function profileOwnerOf(
  watched: readonly WatchedCluster[],
  rolesInProfile: ReadonlyMap<string, readonly string[]>,
): ProfileOwner {
  const patterned = watched.filter(({ profiles, nodeRoles = [] }) => profiles.length + nodeRoles.length > 0);
  const known = new Map<string, string | undefined>();
  const find = (name: string): string | undefined => {
    const roles = rolesInProfile.get(name) ?? [];
    const owners = new Set<string>();
    for (const { cluster, profiles, nodeRoles = [] } of patterned)
      if (
        profiles.some((pattern) => tells(pattern) && matchesPattern(pattern, name)) ||
        nodeRoles.some((pattern) => tells(pattern) && roles.some((role) => matchesPattern(pattern, role)))
      )
        owners.add(cluster);
    const [owner, ...others] = owners;
    return others.length === 0 ? owner : undefined;
  };
  return (arn) => {
    const name = profileName(arn);
    if (!known.has(name)) known.set(name, find(name));
    return known.get(name);
  };
}

/** A pattern of wildcards alone names no profile. */
const tells = (pattern: string): boolean => /[^*?]/.test(pattern);
