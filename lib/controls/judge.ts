import type { ResolvedConfig, WatchedRole } from "../model/config.ts";
import type { Facts, RoleFacts } from "../model/facts.ts";
import { lazily } from "../model/lazily.ts";
import type { Resource, Result } from "../model/result.ts";
import type { Scope } from "../model/scope.ts";
import type { ExistingActions } from "../policy/actions/existing-actions.ts";
import { createRole } from "../remediation/create-role.ts";
import { removeRole } from "../remediation/remove-role.ts";
import { removeUser } from "../remediation/remove-user.ts";
import { withCommands, withSteps } from "../remediation/role-steps.ts";
import { foreignTrust, judgeForeignTrust, noForeignTrust } from "./account/foreign-trust.ts";
import { judgeLegacyUser, legacyUser } from "./account/legacy-user.ts";
import { judgeSuppression, markSuppressed, suppressionCurrent } from "./account/suppressions.ts";
import { allowingOthers, entriesByName, type NamedEntries } from "./beside.ts";
import { judgeClusters } from "./cluster/judge-clusters.ts";
import { type Compare, comparing } from "./compare-policies.ts";
import { type RoleContext, unseen } from "./control.ts";
import { expectedOf } from "./expected.ts";
import { buildLookups, type Lookups } from "./lookups.ts";
import { isPattern } from "./name-pattern.ts";
import { analysePermissions } from "./permissions/analyse-permissions.ts";
import { readRolePolicies } from "./permissions/role-policies.ts";
import { roleControls } from "./registry.ts";
import { resultOf, type Subject } from "./result-of.ts";
import { roleChangeable, whyFixed } from "./role/role-changeable.ts";
import { judgeAbsent, judgeExists, roleAbsent, roleExists } from "./role/role-exists.ts";
import { analyseTrust } from "./trust/analyse-trust.ts";
import { matchRoles, type Watch } from "./watched-roles.ts";
import { withoutExternalId } from "./without-external-id.ts";

export interface JudgeOptions {
  readonly now: Date;
  /**
   * What the facts are about; the whole account when undefined. Only what lies in it is judged: a
   * configured role that was not looked for is not missed.
   */
  readonly scope?: Scope;
  /**
   * False at a first look, seconds after a change: unique ids in a trust policy may still turn back into
   * ARNs, so they are not told yet.
   */
  readonly settled?: boolean;
  /** Names of roles that were looked for besides the scope's own. */
  readonly lookedFor?: readonly string[];
  /** Whether what is watched was recognised in these facts, not written down by somebody. */
  readonly recognised?: boolean;
  /** The actions that exist today: without them requests that prove a difference are made up. */
  readonly actions?: ExistingActions;
}

/**
 * Every control on everything in scope that is watched: roles, profiles and users first, then clusters.
 * Pure. A finding of the scope that is not among the results is about something that is gone.
 */
export function judge(facts: Facts, config: ResolvedConfig, options: JudgeOptions): readonly Result[] {
  const { account, partition } = facts.identity;
  const { scope } = options;
  const whole = scope === undefined || scope.kind === "account";
  const lookups = buildLookups(facts);
  const compare = comparing(options.actions);
  const watches = matchRoles(config.roles, lookups);
  const resource = (type: Resource["type"], rest: string): Resource => ({
    arn: type === "rolecall" ? rest : `arn:${partition}:iam::${account}:${rest}`,
    type,
    account,
    region: "global",
  });
  const named = entriesByName(config.roles);
  const results: Result[] = [];
  for (const watch of watches) {
    const { watched } = watch;
    const subject = subjectOf(watched, config);
    const presence = { ...subject, resource: resource("role", arnPart(watch)) };
    if (watched.expect === "absent") {
      if (inView(watched, scope) || watch.roles.length > 0)
        results.push(
          resultOf(
            roleAbsent,
            presence,
            withSteps(judgeAbsent(watch, facts.iam.roles.gap), () =>
              watch.roles.map((role) => removeRole(facts.identity, role)),
            ),
          ),
        );
      continue;
    }
    if (inView(watched, scope))
      results.push(
        resultOf(
          roleExists,
          presence,
          withSteps(judgeExists(watch, facts.iam.roles.gap), () =>
            createRole(facts.identity, facts.iam, watched),
          ),
        ),
      );
    for (const role of watch.roles)
      results.push(
        ...judgeRole(role, watched, subject, { facts, config, options, lookups, whole, compare, named }),
      );
  }
  for (const result of judgeForeign(facts, config, watches, scope, resource)) results.push(result);
  for (const legacy of config.legacyUsers) {
    const asked = whole || (scope.kind === "user" && scope.name === legacy.name);
    if (asked)
      results.push(
        resultOf(
          legacyUser,
          { ...legacy, severities: [legacy.severities], resource: resource("user", `user/${legacy.name}`) },
          withSteps(judgeLegacyUser(legacy, facts.iam.users), () =>
            facts.iam.users.items
              .filter(({ name }) => name === legacy.name)
              .map((user) => removeUser(facts.identity, user)),
          ),
        ),
      );
  }
  for (const result of clustersOf(facts, config, options)) results.push(result);
  const marked = markSuppressed(results, config.suppressions, options.now);
  if (!whole) return marked;
  const current = config.suppressions.map((suppression) =>
    resultOf(
      suppressionCurrent,
      {
        platform: "rolecall",
        baseline: "rolecall/suppression@1",
        severities: [config.severities],
        resource: resource("rolecall", `rolecall:suppression/${suppression.id}@${suppression.digest}`),
        place: suppression.place,
      },
      judgeSuppression(suppression, marked, options.now),
    ),
  );
  return [...marked, ...current];
}

const subjectOf = (watched: WatchedRole, config: ResolvedConfig): Omit<Subject, "resource"> => ({
  platform: watched.platform,
  baseline: watched.baseline,
  severities: [watched.severities, config.severities],
  place: watched.place,
});

/** The role's own ARN where one is meant and seen, else what the configuration says of it. */
function arnPart({ watched, roles }: Watch): string {
  const { name, path } = watched.select;
  // The name alone makes it one role, except in a file that says otherwise.
  const [only] = [...roles].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  if (name !== undefined && !isPattern(name) && only !== undefined) return `role${only.path}${only.name}`;
  const under = path === undefined || !path.endsWith("/") ? "/" : path;
  return `role${under}${name ?? "*"}`;
}

/** Whether all roles that an entry is about were looked for. */
function inView({ select: { name } }: WatchedRole, scope: Scope | undefined): boolean {
  if (scope === undefined || scope.kind === "account") return true;
  return scope.kind === "role" && name === scope.name;
}

interface Asked {
  readonly facts: Facts;
  readonly config: ResolvedConfig;
  readonly options: JudgeOptions;
  readonly lookups: Lookups;
  readonly compare: Compare;
  readonly whole: boolean;
  readonly named: NamedEntries;
}

function judgeRole(
  role: RoleFacts,
  watched: WatchedRole,
  subject: Omit<Subject, "resource">,
  { facts, config, options, lookups, whole, compare, named }: Asked,
): readonly Result[] {
  const { account, partition } = facts.identity;
  const about: Subject = {
    ...subject,
    resource: { arn: role.arn, type: "role", account, region: "global" },
  };
  const expected = expectedOf(watched, facts.identity);
  const context: RoleContext = {
    facts,
    config,
    watched,
    role,
    lookups,
    whole: whole || options.lookedFor?.includes(watched.assumedBy ?? "") === true,
    compare,
    settled: options.settled ?? true,
    trust: lazily(() => analyseTrust(role, watched, expected.trust(), partition, compare)),
    permissions: lazily(() => {
      const read = readRolePolicies(role, facts, lookups);
      const isOwn = watched.platform === "custom";
      const others = isOwn ? [] : (named.get(role.name) ?? []).filter((each) => each !== watched);
      return analysePermissions(
        read,
        allowingOthers(expected.permissions(), others, read, facts.identity),
        compare,
      );
    }),
  };
  if (whyFixed(role.path) !== undefined) {
    const outcome = roleChangeable.evaluate(context);
    return outcome === undefined ? [] : [resultOf(roleChangeable, about, outcome)];
  }
  return roleControls.flatMap((control) => {
    const outcome = control.evaluate(context);
    return outcome === undefined
      ? []
      : [
          resultOf(
            control,
            about,
            withoutExternalId(withCommands(control.id, context, outcome), context.watched.externalId?.value),
          ),
        ];
  });
}

/** Trust in accounts that no role should trust, of roles that are configured nowhere. */
function judgeForeign(
  facts: Facts,
  config: ResolvedConfig,
  watches: readonly Watch[],
  scope: Scope | undefined,
  resource: (type: Resource["type"], rest: string) => Resource,
): readonly Result[] {
  const whole = scope === undefined || scope.kind === "account";
  if (!whole && scope.kind !== "role") return [];
  const { account, partition } = facts.identity;
  return config.foreignAccounts.flatMap((foreign) => {
    const configured = new Set(
      watches
        .filter(({ watched }) => watched.platform === foreign.platform || watched.trust !== undefined)
        .flatMap(({ roles }) => roles.map(({ arn }) => arn)),
    );
    const subject = { ...foreign, severities: [foreign.severities] };
    const results = facts.iam.roles.items.flatMap((role) => {
      if (configured.has(role.arn) || whyFixed(role.path) !== undefined) return [];
      const outcome =
        judgeForeignTrust(role, foreign, partition) ?? (whole ? undefined : noForeignTrust(foreign.account));
      if (outcome === undefined) return [];
      const about: Resource = { arn: role.arn, type: "role", account, region: "global" };
      const steps = () => [removeRole(facts.identity, role)];
      return [resultOf(foreignTrust, { ...subject, resource: about }, withSteps(outcome, steps))];
    });
    const { gap } = facts.iam.roles;
    if (!whole || (results.length > 0 && gap === undefined)) return results;
    const outcome =
      gap === undefined
        ? noForeignTrust(foreign.account)
        : unseen(`whether another role trusts ${foreign.account}`, gap.action, gap.reason);
    const about = resource("account", "root");
    return [...results, resultOf(foreignTrust, { ...subject, resource: about }, outcome)];
  });
}

function clustersOf(
  facts: Facts,
  config: ResolvedConfig,
  { now, scope, recognised = false }: JudgeOptions,
): readonly Result[] {
  if (scope !== undefined && scope.kind !== "account" && scope.kind !== "region") return [];
  const watched =
    scope?.kind === "region"
      ? config.clusters.filter(({ region }) => region === "*" || region === scope.region)
      : config.clusters;
  return judgeClusters({
    identity: facts.identity,
    iam: facts.iam,
    regions: facts.regions,
    watched,
    recognised,
    now,
    severities: config.severities,
  });
}
