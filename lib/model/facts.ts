import type { Roster, Seen } from "./seen.ts";

/**
 * A policy document as it was read: JSON text (as AWS gives it, percent-encoded or not), or the
 * parsed value of a file that held it decoded. Decoded and parsed by `lib/policy` where it is judged,
 * not where it is read: most documents of an account are never looked into.
 */
export type DocumentSource = string | Readonly<Record<string, unknown>>;

export interface NamedDocument {
  readonly name: string;
  readonly document: DocumentSource;
}

export interface AttachedPolicy {
  readonly arn: string;
  readonly name: string;
}

/** A role and what hangs on it. Each part is seen for itself: by-role reads may be denied one by one. */
export interface RoleFacts {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** `AROA…` */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  readonly trust: Seen<DocumentSource>;
  readonly inline: Seen<readonly NamedDocument[]>;
  readonly attached: Seen<readonly AttachedPolicy[]>;
  /** The ARN of the permissions boundary; absent when the role has none. */
  readonly boundary: Seen<string>;
  /** Names of the instance profiles that hold the role. */
  readonly profiles: Seen<readonly string[]>;
  readonly tags: Seen<Tags>;
}

/** Tag keys are case-sensitive and unique in AWS; a Map keeps hostile keys (`__proto__`) harmless. */
export type Tags = ReadonlyMap<string, string>;

/** A managed policy, its default version only. */
export interface ManagedPolicyFacts {
  readonly arn: string;
  readonly name: string;
  readonly defaultVersion: string;
  readonly document: DocumentSource;
  /** ISO 8601: when the policy last got a version. */
  readonly updatedAt?: string;
}

export interface InstanceProfileFacts {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** Names of the roles in it: none or one. */
  readonly roles: readonly string[];
}

export interface UserFacts {
  readonly arn: string;
  readonly name: string;
}

/**
 * The IAM side of an account, whole or (`by role`) the part that one role hangs on. Rosters without a
 * gap are whole: what is not on them is absent.
 */
export interface IamFacts {
  readonly roles: Roster<RoleFacts>;
  readonly policies: Roster<ManagedPolicyFacts>;
  readonly profiles: Roster<InstanceProfileFacts>;
  readonly users: Roster<UserFacts>;
}

export interface InstanceFacts {
  readonly id: string;
  readonly state: string;
  readonly vpc?: string;
  readonly subnet?: string;
  /**
   * Ids of its groups as EC2 gives them for the instance: those of its primary interface, which are what
   * cloud-provider-aws looks at. Further interfaces (a network plugin's, say) have groups of their own.
   */
  readonly groups: readonly string[];
  /** ARN of its instance profile. */
  readonly profile?: string;
  /** ISO 8601. */
  readonly launchedAt?: string;
  readonly tags: Tags;
}

export interface SecurityGroupFacts {
  readonly id: string;
  readonly name: string;
  readonly vpc?: string;
  readonly tags: Tags;
}

export interface SubnetFacts {
  readonly id: string;
  readonly vpc?: string;
  readonly zone?: string;
  readonly tags: Tags;
}

export interface RouteTableFacts {
  readonly id: string;
  readonly vpc?: string;
  readonly main: boolean;
  /** Ids of the subnets explicitly associated. */
  readonly subnets: readonly string[];
  /** Whether a route leads to an internet gateway: its subnets are public to the cloud provider. */
  readonly internet: boolean;
  readonly tags: Tags;
}

/** The EC2 side of one region. Terminated instances are left out by the adapters. */
export interface RegionFacts {
  readonly region: string;
  readonly instances: Roster<InstanceFacts>;
  readonly groups: Roster<SecurityGroupFacts>;
  readonly subnets: Roster<SubnetFacts>;
  readonly routeTables: Roster<RouteTableFacts>;
}

export interface AccountIdentity {
  /** Twelve digits. */
  readonly account: string;
  /** `aws`, `aws-us-gov`, `aws-cn`, … */
  readonly partition: string;
}

/** All that was seen of an account in one gathering. */
export interface Facts {
  readonly identity: AccountIdentity;
  /** When the gathering began, ISO 8601 UTC: what was seen is at least this new. */
  readonly at: string;
  readonly source: "live" | "snapshot";
  readonly iam: IamFacts;
  readonly regions: readonly RegionFacts[];
}
