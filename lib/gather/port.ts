import type { AccountIdentity, IamFacts, RegionFacts } from "../model/facts.ts";
import type { Seen } from "../model/seen.ts";

/** Told while a long read goes on: what is being read and how many items have come so far. */
export type Progress = (what: string, count: number) => void;

/**
 * The narrow port through which an account is seen. Two adapters (live, snapshot) and one contract
 * suite: both give equal facts. A read that was denied, throttled out or cut short is a `Denied` or a
 * roster's gap, never an exception and never an empty answer; only a defect throws.
 */
export interface FactsPort {
  identity(): Promise<AccountIdentity>;
  /** All of IAM that is judged, in as few calls as AWS allows. */
  account(progress?: Progress): Promise<IamFacts>;
  /**
   * One role, its policies (boundary included) and the profiles that hold it, read by name. The
   * rosters hold only these; a role that does not exist leaves an empty roster without a gap.
   */
  role(name: string): Promise<IamFacts>;
  /** One legacy user, read by name. */
  user(name: string): Promise<IamFacts>;
  /** One instance profile and the role in it, read by name. */
  profile(name: string): Promise<IamFacts>;
  /** Names of the roles that a managed policy is attached to or bounds. */
  rolesWithPolicy(arn: string): Promise<Seen<readonly string[]>>;
  /** Everything of one region that cluster tags are judged on. */
  region(region: string, progress?: Progress): Promise<RegionFacts>;
}
