import type { Severity } from "./severity.ts";

/** A place in a file that a person wrote; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A value that is never shown. `value` is undefined until it was resolved: from the environment at the
 * terminal, from SSM when deployed.
 */
export interface Secret {
  readonly from: "literal" | "env" | "ssm";
  /** The variable's or parameter's name; empty for a literal. */
  readonly name: string;
  readonly value?: string;
}

/** Which roles an entry is about. Patterns know `*` and `?`; all that are given must match. */
export interface RoleSelector {
  /** Role name or pattern; names ignore case in AWS's uniqueness but not here. */
  readonly name?: string;
  /** Path pattern, `/team/*`. */
  readonly path?: string;
  readonly tag?: { readonly key: string; readonly value?: string };
}

/** One family of roles that is watched: configuration resolved against the catalogue. */
export interface WatchedRole {
  readonly platform: string;
  /** `<platform>/<entry>@<version>`, or `custom/<name>`. */
  readonly baseline: string;
  readonly select: RoleSelector;
  readonly expect: "documented" | "absent";
  readonly severities: Readonly<Record<string, Severity>>;
  readonly place: Place;
}

/** A cluster whose tags are watched. */
export interface WatchedCluster {
  readonly platform: string;
  /** The id in the tag key. */
  readonly cluster: string;
  readonly region: string;
  /** Ids of the cluster controls that are switched off for it. */
  readonly without: readonly string[];
  readonly requiredTags: readonly RequiredTag[];
  /** Instance profiles its nodes may carry, as name patterns; empty: not judged. */
  readonly profiles: readonly string[];
  /** Seconds after its launch during which an instance is not judged. */
  readonly graceSeconds: number;
  readonly severities: Readonly<Record<string, Severity>>;
  readonly place: Place;
}

export interface RequiredTag {
  readonly key: string;
  /** Pattern for the value; any value when undefined. */
  readonly value?: string;
  readonly on: readonly ("instance" | "security-group" | "subnet" | "route-table")[];
}

export interface Suppression {
  readonly id: string;
  readonly digest: string;
  readonly owner: string;
  readonly reason: string;
  /** ISO 8601 date; the last day on which it holds, UTC. */
  readonly until: string;
  readonly place: Place;
}
