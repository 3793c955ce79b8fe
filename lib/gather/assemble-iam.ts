import type {
  IamFacts,
  InstanceProfileFacts,
  ManagedPolicyFacts,
  RoleFacts,
  UserFacts,
} from "../model/facts.ts";
import { type Denied, denied, found, type Roster } from "../model/seen.ts";
import { readPolicyDetail, readProfile, readRoleDetail, readUser } from "./read-iam.ts";
import { listOf } from "./read-value.ts";

/** Where the two lists come from: IAM actions, or files. */
export interface IamSources {
  readonly details: string;
  readonly profiles: string;
}

/**
 * Gathers the pages of GetAccountAuthorizationDetails and ListInstanceProfiles, in any order, into the
 * facts of an account. What was not asked for or did not come is put in as a gap.
 */
export class IamAssembly {
  readonly roles = new Map<string, RoleFacts>();
  readonly policies = new Map<string, ManagedPolicyFacts>();
  readonly profiles = new Map<string, InstanceProfileFacts>();
  readonly users = new Map<string, UserFacts>();
  readonly #gaps = new Map<keyof IamFacts, Denied>();
  readonly #sources: IamSources;

  constructor(sources: IamSources) {
    this.#sources = sources;
  }

  /** One page of GetAccountAuthorizationDetails. One marker walks all its lists: any may be empty. */
  addDetails(page: unknown): void {
    const { details } = this.#sources;
    this.#add("roles", this.roles, listOf(page, "RoleDetailList"), (role) => readRoleDetail(role, details));
    this.#add("policies", this.policies, listOf(page, "Policies"), readPolicyDetail);
    this.#add("users", this.users, listOf(page, "UserDetailList"), readUser);
    for (const role of listOf(page, "RoleDetailList") ?? []) {
      for (const entry of listOf(role, "InstanceProfileList") ?? []) {
        const profile = readProfile(entry);
        if (profile !== undefined) this.profiles.set(profile.arn, profile);
      }
    }
  }

  /** One page of ListInstanceProfiles, which alone knows the profiles without a role. */
  addProfiles(page: unknown): void {
    this.#add("profiles", this.profiles, listOf(page, "InstanceProfiles"), readProfile);
  }

  /** Says that a list is not whole. The first reason stays: later ones follow from it. */
  gap(of: keyof IamFacts, gap: Denied): void {
    if (!this.#gaps.has(of)) this.#gaps.set(of, gap);
  }

  hasGap(of: keyof IamFacts): boolean {
    return this.#gaps.has(of);
  }

  /** ARNs of policies that roles carry, as attachment or boundary, and that did not come. */
  missingPolicies(): readonly string[] {
    return [...this.#carried()].filter((arn) => !this.policies.has(arn));
  }

  #carried(): ReadonlySet<string> {
    const carried = new Set<string>();
    for (const { attached, boundary } of this.roles.values()) {
      if (attached.at === "found") for (const { arn } of attached.value) carried.add(arn);
      if (boundary.at === "found") carried.add(boundary.value);
    }
    return carried;
  }

  finish(): IamFacts {
    const profiles = this.#roster("profiles", this.profiles);
    const whole = profiles.gap === undefined;
    const carried = this.#carried();
    const holding = profilesByRole(profiles.items);
    const roles = [...this.roles.values()].map((role) =>
      whole ? withProfiles(role, holding.get(role.name) ?? []) : role,
    );
    return {
      roles: { ...this.#roster("roles", this.roles), items: roles },
      policies: {
        ...this.#roster("policies", this.policies),
        // Those of AWS that nobody carries are no part of the account: some answers list all of them.
        items: [...this.policies.values()].filter(
          ({ arn }) => !arn.includes(":iam::aws:") || carried.has(arn),
        ),
      },
      profiles,
      users: this.#roster("users", this.users),
    };
  }

  #roster<T>(of: keyof IamFacts, items: ReadonlyMap<string, T>): Roster<T> {
    const gap = this.#gaps.get(of);
    return { items: [...items.values()], ...(gap === undefined ? {} : { gap }) };
  }

  #add<T extends { readonly arn: string }>(
    of: keyof IamFacts,
    into: Map<string, T>,
    list: readonly unknown[] | undefined,
    read: (entry: unknown) => T | undefined,
  ): void {
    const source = of === "profiles" ? this.#sources.profiles : this.#sources.details;
    if (list === undefined) this.gap(of, denied(source, `it does not hold the list of ${of}`));
    for (const [index, entry] of (list ?? []).entries()) {
      const item = read(entry);
      if (item === undefined) this.gap(of, denied(source, `entry ${index + 1} of its ${of} cannot be read`));
      else into.set(item.arn, item);
    }
  }
}

/** ARNs of the managed policies that decide what a role may do. */
export function policyArnsOf(role: RoleFacts): readonly string[] {
  const attached = role.attached.at === "found" ? role.attached.value.map(({ arn }) => arn) : [];
  return role.boundary.at === "found" ? [...attached, role.boundary.value] : attached;
}

/** Names of the profiles that hold each role. */
function profilesByRole(profiles: readonly InstanceProfileFacts[]): ReadonlyMap<string, ReadonlySet<string>> {
  const holding = new Map<string, Set<string>>();
  for (const { name, roles } of profiles)
    for (const role of roles) holding.set(role, (holding.get(role) ?? new Set()).add(name));
  return holding;
}

/** A role has the profiles that name it besides its own: the two lists may be of different moments. */
function withProfiles(role: RoleFacts, holding: Iterable<string>): RoleFacts {
  const own = new Set(role.profiles.at === "found" ? role.profiles.value : []);
  const more = [...holding].filter((name) => !own.has(name));
  if (more.length === 0 && role.profiles.at !== "denied") return role;
  return { ...role, profiles: found([...own, ...more]) };
}
