import { policyArnsOf } from "../gather/assemble-iam.ts";
import { merge } from "../gather/narrow-iam.ts";
import type { FactsPort } from "../gather/port.ts";
import {
  readAttached,
  readBoundary,
  readNamedDocument,
  readProfile,
  readTrust,
  readUser,
} from "../gather/read-iam.ts";
import { defined, instantOf, tagsOf } from "../gather/read-value.ts";
import type { IamFacts, ManagedPolicyFacts, NamedDocument, RoleFacts } from "../model/facts.ts";
import { denied, found, type Roster, type Seen } from "../model/seen.ts";
import type { IamCalls } from "./iam-calls.ts";
import { vanished } from "./read.ts";

/** The IAM actions of reading by name. */
export const actions = [
  "iam:GetRole",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "iam:GetRolePolicy",
  "iam:ListInstanceProfilesForRole",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetUser",
  "iam:GetInstanceProfile",
  "iam:ListEntitiesForPolicy",
] as const;

/** Reads one thing and what hangs on it. Each part is seen for itself: one denial hides nothing else. */
export class IamByName implements Pick<FactsPort, "role" | "user" | "profile" | "rolesWithPolicy"> {
  readonly #calls: IamCalls;

  constructor(calls: IamCalls) {
    this.#calls = calls;
  }

  async role(name: string): Promise<IamFacts> {
    const action = "iam:GetRole";
    const answer = await this.#calls.one(action, (client, sdk) =>
      client.send(new sdk.GetRoleCommand({ RoleName: name })),
    );
    if (answer.at === "absent") return nothing;
    if (answer.at === "denied") return { ...nothing, roles: { items: [], gap: answer } };
    const role = answer.value.Role;
    if (role?.Arn === undefined || role.RoleName === undefined)
      return { ...nothing, roles: { items: [], gap: denied(action, "the reply cannot be read") } };
    const [attached, inline, profiles] = await Promise.all([
      this.#attached(name),
      this.#inline(name),
      this.#profiles(name),
    ]);
    const facts: RoleFacts = {
      arn: role.Arn,
      name: role.RoleName,
      path: role.Path ?? "/",
      id: role.RoleId ?? "",
      ...defined<Pick<RoleFacts, "createdAt">>({ createdAt: instantOf(role, "CreateDate") }),
      trust: readTrust(role, action),
      inline,
      attached,
      boundary: readBoundary(role, action),
      profiles: profiles.gap ?? found(profiles.items.map((profile) => profile.name)),
      tags: found(tagsOf(role)),
    };
    return {
      roles: { items: [facts] },
      policies: await this.#policies(policyArnsOf(facts)),
      profiles,
      users: { items: [] },
    };
  }

  async user(name: string): Promise<IamFacts> {
    const action = "iam:GetUser";
    const answer = await this.#calls.one(action, (client, sdk) =>
      client.send(new sdk.GetUserCommand({ UserName: name })),
    );
    return { ...nothing, users: rosterOf(action, answer, (value) => readUser(value.User)) };
  }

  async profile(name: string): Promise<IamFacts> {
    const action = "iam:GetInstanceProfile";
    const answer = await this.#calls.one(action, (client, sdk) =>
      client.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName: name })),
    );
    const profiles = rosterOf(action, answer, (value) => readProfile(value.InstanceProfile));
    const parts: IamFacts[] = [];
    for (const role of profiles.items.flatMap(({ roles }) => roles)) parts.push(await this.role(role));
    return {
      roles: merge(parts.map((part) => part.roles)),
      policies: merge(parts.map((part) => part.policies)),
      profiles: merge([profiles, ...parts.map((part) => part.profiles)]),
      users: { items: [] },
    };
  }

  async rolesWithPolicy(arn: string): Promise<Seen<readonly string[]>> {
    const names: string[] = [];
    const end = await this.#calls.pages(
      "iam:ListEntitiesForPolicy",
      // Without a usage filter both attachments and boundaries are answered.
      (client, sdk, Marker) =>
        client.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn: arn, EntityFilter: "Role", Marker })),
      (page) => {
        for (const { RoleName } of page.PolicyRoles ?? []) if (RoleName !== undefined) names.push(RoleName);
      },
    );
    return end ?? found([...new Set(names)]);
  }

  #attached(role: string): Promise<RoleFacts["attached"]> {
    return this.#calls.list(
      "iam:ListAttachedRolePolicies",
      (client, sdk, Marker) =>
        client.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: role, Marker })),
      (page) => (page.AttachedPolicies ?? []).map(readAttached),
    );
  }

  async #inline(role: string): Promise<RoleFacts["inline"]> {
    const names = await this.#calls.list(
      "iam:ListRolePolicies",
      (client, sdk, Marker) => client.send(new sdk.ListRolePoliciesCommand({ RoleName: role, Marker })),
      (page) => page.PolicyNames ?? [],
    );
    if (names.at !== "found") return names;
    const action = "iam:GetRolePolicy";
    const documents: NamedDocument[] = [];
    for (const name of names.value) {
      const answer = await this.#calls.one(action, (client, sdk) =>
        client.send(new sdk.GetRolePolicyCommand({ RoleName: role, PolicyName: name })),
      );
      if (answer.at === "denied") return answer;
      const document = answer.at === "found" ? readNamedDocument(answer.value) : undefined;
      if (document === undefined) return vanished(action);
      documents.push(document);
    }
    return found(documents);
  }

  async #profiles(role: string): Promise<IamFacts["profiles"]> {
    const profiles = await this.#calls.list(
      "iam:ListInstanceProfilesForRole",
      (client, sdk, Marker) =>
        client.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName: role, Marker })),
      (page) => (page.InstanceProfiles ?? []).map(readProfile),
    );
    return profiles.at === "found" ? { items: profiles.value } : { items: [], gap: profiles };
  }

  async #policies(arns: readonly string[]): Promise<Roster<ManagedPolicyFacts>> {
    const answers = await Promise.all([...new Set(arns)].map((arn) => this.#calls.policy(arn)));
    const items = answers.flatMap((answer) => (answer.at === "found" ? [answer.value.facts] : []));
    const gap = answers.find((answer) => answer.at === "denied");
    return gap === undefined ? { items } : { items, gap };
  }
}

const nothing: IamFacts = {
  roles: { items: [] },
  policies: { items: [] },
  profiles: { items: [] },
  users: { items: [] },
};

function rosterOf<T, I>(action: string, answer: Seen<T>, item: (value: T) => I | undefined): Roster<I> {
  if (answer.at === "absent") return { items: [] };
  if (answer.at === "denied") return { items: [], gap: answer };
  const one = item(answer.value);
  return one === undefined
    ? { items: [], gap: denied(action, "the reply cannot be read") }
    : { items: [one] };
}
