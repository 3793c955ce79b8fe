import { isPattern, matchesPattern } from "../controls/name-pattern.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { Facts } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import type { Work } from "./look-at.ts";

/** IAM does not tell names apart by letter case: a call may spell one as its caller likes. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether a pattern matches a name in some letters: what the role is really called is read later. */
export const matchesInAnyCase = (pattern: string, name: string): boolean =>
  matchesPattern(pattern.toLowerCase(), name.toLowerCase());

/** The scope in the letters of the configuration, where that names what IAM takes for the same. */
export function spelledIn(config: ResolvedConfig, scope: Scope): Scope {
  if (scope.kind !== "role" && scope.kind !== "user" && scope.kind !== "profile") return scope;
  const names =
    scope.kind === "user"
      ? config.legacyUsers.map(({ name }) => name)
      : config.roles.flatMap(({ select, assumedBy, profile }) =>
          scope.kind === "role"
            ? [
                ...(select.name === undefined ? [] : [select.name]),
                ...(assumedBy === undefined ? [] : [assumedBy]),
              ]
            : profile.usual,
        );
  if (names.includes(scope.name)) return scope;
  const name = names.find((one) => !isPattern(one) && sameName(one, scope.name));
  return name === undefined ? scope : { ...scope, name };
}

/** The scope in the letters of what was read. */
export function spelledAsRead(scope: Scope, { iam }: Facts): Scope {
  if (scope.kind !== "role" && scope.kind !== "user" && scope.kind !== "profile") return scope;
  const { items } = { role: iam.roles, user: iam.users, profile: iam.profiles }[scope.kind];
  const names = items.map(({ name }) => name);
  if (names.includes(scope.name)) return scope;
  const name = names.find((one) => sameName(one, scope.name));
  return name === undefined ? scope : { ...scope, name };
}

/** The same work on a scope in other letters: its calls are about that too. */
export function respelled<W extends Pick<Work, "scope" | "causes">>(work: W, scope: Scope): W {
  if (!("name" in scope) || !("name" in work.scope) || scope.name === work.scope.name) return work;
  const about = (one: string): string => (sameName(one, scope.name) ? scope.name : one);
  return {
    ...work,
    scope,
    causes: work.causes.map((cause) => ({ ...cause, about: cause.about.map(about) })),
  };
}
