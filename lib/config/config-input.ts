import type { AlertSettings, PolicyTemplate } from "../model/config.ts";
import type { Severity } from "../model/severity.ts";

/** What `configSchema` lets through: the words of `rolecall.yml` itself. */
export interface ConfigInput {
  readonly platforms?: Readonly<Record<string, readonly PlatformEntryInput[]>>;
  readonly roles?: readonly OwnRoleInput[];
  readonly severities?: Readonly<Record<string, Severity>>;
  readonly suppressions?: readonly SuppressionInput[];
  readonly alerts?: AlertSettings;
}

export interface RoleInput {
  readonly role?: string;
  readonly path?: string;
  readonly tag?: { readonly key: string; readonly value?: string };
  readonly expect?: "documented" | "absent";
  readonly attachments?: readonly string[];
  readonly boundary?: string;
  readonly profile?: string;
  readonly severities?: Readonly<Record<string, Severity>>;
}

export interface PlatformEntryInput extends RoleInput {
  readonly cluster?: string;
  readonly region?: string;
  readonly roles?: Readonly<Record<string, string | readonly string[]>>;
  readonly without?: readonly string[];
  readonly requiredTags?: readonly {
    readonly key: string;
    readonly value?: string;
    readonly on?: readonly ("instance" | "security-group" | "subnet" | "route-table")[];
  }[];
  readonly profiles?: readonly string[];
  readonly capaName?: string;
  readonly allowed?: DocumentInput | readonly DocumentInput[];
  readonly graceSeconds?: number;
  /** The platform's own parameters. */
  readonly [parameter: string]: unknown;
}

export type DocumentInput = string | PolicyTemplate;

export interface OwnRoleInput extends RoleInput {
  readonly name?: string;
  readonly trust?: DocumentInput;
  readonly permissions?: Readonly<
    Partial<Record<"exactly" | "atMost" | "atLeast" | "allowed", DocumentInput | readonly DocumentInput[]>>
  >;
  readonly externalId?: string;
  readonly assumedBy?: string;
}

export interface SuppressionInput {
  readonly finding: string;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}
