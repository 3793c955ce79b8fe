import type { Consequence, Place, PolicyTemplate, Retirement } from "../model/config.ts";
import type { Severity } from "../model/severity.ts";

/** What an entry of `rolecall.yml` may say of a platform's role, besides what every entry may. */
export interface Parameter {
  readonly kind: "secret" | "region" | "account" | "role" | "flag" | "choice";
  /** Of a choice. */
  readonly values?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
  readonly says: string;
}

/** A parameter's value, or whether it is given at all. */
export type When = Readonly<Record<string, string | boolean>>;

export interface PolicyUse {
  readonly policy: string;
  readonly when?: When | undefined;
}

interface CataloguePolicy {
  /** Which document says so, and where in it. */
  readonly source: string;
  /** ISO 8601 date of that document. */
  readonly date: string;
  /** Of a policy that AWS owns: its ARN and the version that the document is. */
  readonly arn?: string | undefined;
  readonly version?: string | undefined;
  readonly document: PolicyTemplate;
}

export interface CatalogueEntry {
  readonly entry: string;
  readonly title: string;
  readonly version: number;
  readonly source: string;
  readonly date: string;
  /** Parameters that choose this entry; the first entry whose `when` holds is taken. */
  readonly when?: When | undefined;
  /** Names that the platform's documents give. */
  readonly names?: readonly string[] | undefined;
  /** The first whose `when` holds. */
  readonly trust?: readonly PolicyUse[] | undefined;
  readonly permissions?:
    | {
        readonly mode: "exactly" | "atMost" | "atLeast";
        readonly passRoleByName?: boolean | undefined;
        readonly example?: boolean | undefined;
        /** All whose `when` holds. */
        readonly required: readonly PolicyUse[];
        readonly allowed?: readonly PolicyUse[] | undefined;
      }
    | undefined;
  readonly profile: {
    readonly rule: "required" | "none" | "any";
    readonly usual?: readonly string[] | undefined;
  };
  readonly retired?: Retirement | undefined;
  readonly severities?: Readonly<Record<string, Severity>> | undefined;
}

interface ForeignAccountEntry {
  readonly account: string;
  readonly says: string;
  /** Where in the baseline it stands. */
  readonly place?: Place;
}

interface LegacyUserEntry {
  readonly name: string;
  readonly says: string;
  readonly place?: Place;
}

export interface Platform {
  readonly platform: string;
  readonly title: string;
  /** Whether the tags of its clusters can be watched. */
  readonly clusters?: boolean | undefined;
  /** The parameter that a cluster's `roles` is keyed by. */
  readonly rolesBy?: string | undefined;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly foreignAccounts?: readonly ForeignAccountEntry[] | undefined;
  readonly legacyUsers?: readonly LegacyUserEntry[] | undefined;
  readonly policies: Readonly<Record<string, CataloguePolicy>>;
  readonly consequences: readonly Consequence[];
  readonly entries: readonly CatalogueEntry[];
}

/** The baselines that are shipped, a platform each. */
export type Catalogue = readonly Platform[];

/** Whether what a person configured is what the `when` of a baseline asks for. */
export function holds(when: When | undefined, given: ReadonlyMap<string, unknown>): boolean {
  return Object.entries(when ?? {}).every(([name, wanted]) => {
    const value = given.get(name);
    if (wanted === "set") return value !== undefined;
    if (wanted === "unset") return value === undefined;
    return wanted === false ? value === undefined || value === false : value === wanted;
  });
}
