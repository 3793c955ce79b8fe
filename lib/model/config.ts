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
  /** Role name or pattern; letter case counts. Any name when undefined. */
  readonly name?: string;
  /** Path pattern, `/team/*`; undefined says that the path is not judged. */
  readonly path?: string;
  readonly tag?: { readonly key: string; readonly value?: string };
}

/** A JSON value, as it stands in a compiled configuration. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * A policy document with `{{account}}`, `{{partition}}`, `{{region}}`, `{{externalId}}`, … standing for
 * what is known only when the account is judged.
 */
export type PolicyTemplate = Readonly<Record<string, Json | undefined>>;

/** A policy that AWS owns, with the document that the baseline was written against. */
export interface PinnedPolicy {
  /** With the partition as `{{partition}}`. */
  readonly arn: string;
  /** AWS's version id at the time; for people, never compared. */
  readonly version: string;
  readonly document: PolicyTemplate;
}

export interface ExpectedPermissions {
  /** `exactly`: both ways; `atMost`: less is fine; `atLeast`: more is fine. */
  readonly mode: "exactly" | "atMost" | "atLeast";
  /** What must be allowed. */
  readonly required: readonly PolicyTemplate[];
  /** What may be allowed besides. */
  readonly allowed: readonly PolicyTemplate[];
  /** Pinned documents that `required` and `allowed` hold: a change of these is AWS's. */
  readonly pinned: readonly PinnedPolicy[];
  /** `iam:PassRole` for roles that are named one by one is a documented extra, whichever they are. */
  readonly passRoleByName: boolean;
  /** The document calls its list an example: what is missing of it is a note, as long as something is left. */
  readonly example: boolean;
}

export interface ExpectedProfile {
  /** `required`: some instance profile holds the role; `none`: no profile does; `any`: not judged. */
  readonly rule: "required" | "none" | "any";
  /** A profile of this name (a pattern) must hold it. */
  readonly name?: string;
  /** Names that the platform's documents give: an empty profile of such a name is pointed out. */
  readonly usual: readonly string[];
}

/** What stops working without an action, in the platform's words. */
export interface Consequence {
  /** Action patterns, lower case. */
  readonly actions: readonly string[];
  readonly breaks: string;
}

export interface Retirement {
  /** ISO 8601 date. */
  readonly since: string;
  readonly says: string;
}

/** One family of roles that is watched: configuration resolved against the catalogue. */
export interface WatchedRole {
  readonly platform: string;
  /** `<platform>/<entry>@<version>`, or `custom/<name>`. */
  readonly baseline: string;
  readonly select: RoleSelector;
  readonly expect: "documented" | "absent";
  /** Values for the templates' `{{name}}`, besides account and partition. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly externalId?: Secret;
  /** The trust policy; not judged when undefined. */
  readonly trust?: PolicyTemplate;
  readonly permissions?: ExpectedPermissions;
  /** Names or ARNs of the managed policies that must be attached, and no others; by meaning alone when undefined. */
  readonly attachments?: readonly string[];
  /** Name or ARN of the permissions boundary, or `none`; judged by its effect alone when undefined. */
  readonly boundary?: string;
  readonly profile: ExpectedProfile;
  readonly retired?: Retirement;
  /** Name of the role that must be allowed to assume this one. */
  readonly assumedBy?: string;
  /** The account of that role, twelve digits; this one when undefined. */
  readonly assumedFrom?: string;
  readonly consequences: readonly Consequence[];
  readonly severities: Readonly<Record<string, Severity>>;
  readonly place: Place;
}

/** An account that no role may trust unless an entry of the configuration says so. */
export interface ForeignAccount {
  readonly platform: string;
  readonly baseline: string;
  /** Twelve digits. */
  readonly account: string;
  readonly says: string;
  readonly severities: Readonly<Record<string, Severity>>;
  /** Where in the catalogue it stands. */
  readonly place?: Place;
}

/** An IAM user that a platform's documents tell to delete. */
export interface LegacyUser {
  readonly platform: string;
  readonly baseline: string;
  readonly name: string;
  readonly says: string;
  readonly severities: Readonly<Record<string, Severity>>;
  /** Where in the catalogue it stands. */
  readonly place?: Place;
}

/** A cluster whose tags are watched. */
export interface WatchedCluster {
  readonly platform: string;
  /** `<platform>/<entry>@<version>`; `<platform>/cluster@1` when undefined. */
  readonly baseline?: string;
  /** The id in the tag key. */
  readonly cluster: string;
  /** `*`: wherever it is found among the regions that were read. */
  readonly region: string;
  /** Ids of the cluster controls that are switched off for it. */
  readonly without: readonly string[];
  readonly requiredTags: readonly RequiredTag[];
  /**
   * Instance profiles its nodes may carry, as name patterns. When this and `nodeRoles` are empty any
   * profile will do, but each node has one, and a role is in it.
   */
  readonly profiles: readonly string[];
  /** Roles that a node's profile may hold, as name patterns: a node answers to either list. */
  readonly nodeRoles?: readonly string[];
  /** The cluster's name in Cluster API's own tag keys; the id in the tag key when undefined. */
  readonly capaName?: string;
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

/** How much is told, and when; what is left out has a default. */
export interface AlertSettings {
  /** Nothing below it is told. */
  readonly atLeast?: Severity;
  /** Hours of the day in which only what is critical is told; `from` may be after `to`. */
  readonly quietHours?: {
    readonly from: number;
    readonly to: number;
    /** `+01:00`; UTC when neither this nor `timeZone` is given. */
    readonly utcOffset?: string;
    /** `Europe/Berlin`; before `utcOffset`. */
    readonly timeZone?: string;
  };
  /** Hours between reminders of a critical finding that stands. */
  readonly remindCriticalHours?: number;
  /** When the other standing findings are listed, UTC. */
  readonly weekly?: { readonly day: (typeof weekdays)[number]; readonly hour: number };
  /** Days before its expiry on which a suppression is announced. */
  readonly suppressionNoticeDays?: number;
}

export const weekdays = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
] as const;

/**
 * What `rolecall.yml` and the catalogue come to: all that judging needs, as plain JSON. Secrets stay
 * references in it until `resolveSecrets` fills them in.
 */
export interface ResolvedConfig {
  readonly version: 1;
  readonly roles: readonly WatchedRole[];
  readonly clusters: readonly WatchedCluster[];
  readonly foreignAccounts: readonly ForeignAccount[];
  readonly legacyUsers: readonly LegacyUser[];
  readonly suppressions: readonly Suppression[];
  /** By control id, over everything else. */
  readonly severities: Readonly<Record<string, Severity>>;
  readonly alerts?: AlertSettings;
}

/** Something wrong in a file that a person wrote. */
export interface ConfigError extends Place {
  readonly message: string;
}

export type Compiled =
  | { readonly ok: true; readonly config: ResolvedConfig }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };
