import { isPattern, matchesPattern } from "../controls/name-pattern.ts";
import type { ResolvedConfig, WatchedRole } from "../model/config.ts";
import type { Scope } from "../model/scope.ts";

/** What hangs together by configuration, so that a look at one scope says what an audit would. */
export interface Companions {
  /** Roles that are judged along with the scope's own: a management role must be able to assume it. */
  readonly roles: readonly string[];
  /** Profiles that would be looked for if the role were in none. */
  readonly profiles: readonly string[];
  /** Scopes whose judgement a change of this one touches. */
  readonly dependents: readonly Scope[];
}

const none: Companions = { roles: [], profiles: [], dependents: [] };

/** `home` is where a cluster without a region of its own is looked for. */
export function companionsOf(config: ResolvedConfig, scope: Scope, home?: string): Companions {
  const { account } = scope;
  const scopesOf = (entries: readonly WatchedRole[]): readonly Scope[] =>
    entries.map(({ select: { name } }) =>
      name === undefined || isPattern(name) ? { kind: "account", account } : { kind: "role", account, name },
    );
  if (scope.kind === "role") {
    const { name } = scope;
    const own = config.roles.filter((entry) => mayBe(entry, name));
    const required = own.filter(({ profile }) => profile.rule === "required");
    return {
      roles: unique(own.flatMap(({ assumedBy }) => assumedBy ?? [])).filter((other) => other !== name),
      profiles:
        required.length === 0 ? [] : unique([...required.flatMap(({ profile }) => profile.usual), name]),
      dependents: scopesOf(config.roles.filter(({ assumedBy }) => assumedBy === name)),
    };
  }
  if (scope.kind === "profile") {
    const required = config.roles.filter(({ profile }) => profile.rule === "required");
    const usual = scopesOf(required.filter(({ profile }) => profile.usual.includes(scope.name)));
    const same: readonly Scope[] = required.some((entry) => mayBe(entry, scope.name))
      ? [{ kind: "role", account, name: scope.name }]
      : [];
    // Nodes are judged by the roles in their profiles too.
    const regions = unique(
      config.clusters.flatMap(({ region }) => (region === "*" ? (home ?? []) : [region])),
    );
    const clusters = regions.map((region): Scope => ({ kind: "region", account, region }));
    return { ...none, dependents: [...usual, ...same, ...clusters] };
  }
  return none;
}

/** Path and tags are not known of a name. */
const mayBe = ({ select }: WatchedRole, name: string): boolean =>
  select.name === undefined || matchesPattern(select.name, name);

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
