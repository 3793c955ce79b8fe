import type { FactsPort } from "../../lib/gather/port.ts";
import type { Facts, IamFacts, RegionFacts, RoleFacts } from "../../lib/model/facts.ts";
import { evidenceDigest, findingId } from "../../lib/model/finding-id.ts";
import type { Resource, Result } from "../../lib/model/result.ts";
import type { Scope } from "../../lib/model/scope.ts";
import { absent, denied, found, type Seen } from "../../lib/model/seen.ts";

export const account = "731984205316";
export const region = "eu-west-1";
export const policyArn = `arn:aws:iam::${account}:policy/shared`;
export const roleNames = ["alpha", "beta", "gamma"] as const;
export const instanceIds = ["i-1", "i-2"] as const;
export type RoleName = (typeof roleNames)[number];
export type InstanceId = (typeof instanceIds)[number];

/** `ok`; `x…` lets strangers in; `u…` cannot be decided. */
export type Trust = "ok" | "x1" | "x2" | "u1";
/** `ok`; `m…` lacks something. */
export type Permissions = "ok" | "m1" | "m2";

/** What the account really is at one time. */
export interface Truth {
  readonly roles: Readonly<
    Record<RoleName, { there: boolean; trust: Trust; shares: boolean; denied: boolean }>
  >;
  readonly policy: Permissions;
  readonly instances: Readonly<Record<InstanceId, { there: boolean; tagged: boolean }>>;
}

export const calm: Truth = {
  roles: {
    alpha: { there: true, trust: "ok", shares: true, denied: false },
    beta: { there: true, trust: "ok", shares: true, denied: false },
    gamma: { there: true, trust: "ok", shares: false, denied: false },
  },
  policy: "ok",
  instances: { "i-1": { there: true, tagged: true }, "i-2": { there: true, tagged: true } },
};

/** The account as reads show it; `at` gives the truth that a read happens to see. */
export function truthPort(at: () => Truth): FactsPort {
  const iam = (names: readonly string[]): IamFacts => {
    const truth = at();
    const roles = roleNames.filter((name) => names.includes(name) && truth.roles[name].there);
    return {
      roles: { items: roles.map((name) => roleOf(name, truth)) },
      policies: { items: [{ arn: policyArn, name: "shared", defaultVersion: "v1", document: truth.policy }] },
      profiles: { items: [] },
      users: { items: [] },
    };
  };
  return {
    identity: async () => ({ account, partition: "aws" }),
    account: async () => iam(roleNames),
    role: async (name) => iam([name]),
    user: async () => iam([]),
    profile: async () => iam([]),
    rolesWithPolicy: async () => {
      const { roles } = at();
      return found(roleNames.filter((name) => roles[name].there && roles[name].shares));
    },
    region: async (): Promise<RegionFacts> => {
      const { instances } = at();
      const items = instanceIds
        .filter((id) => instances[id].there)
        .map((id) => ({
          id,
          state: "running",
          groups: [],
          tags: new Map(instances[id].tagged ? [["kubernetes.io/cluster/c", "owned"]] : []),
        }));
      return {
        region,
        instances: { items },
        groups: { items: [] },
        subnets: { items: [] },
        routeTables: { items: [] },
      };
    },
  };
}

function roleOf(name: RoleName, truth: Truth): RoleFacts {
  const role = truth.roles[name];
  const part = <T>(value: T): Seen<T> => (role.denied ? denied("iam:GetRole", "AccessDenied") : found(value));
  return {
    arn: `arn:aws:iam::${account}:role/${name}`,
    name,
    path: "/",
    id: `AROA${name}`,
    trust: part(role.trust),
    inline: part([]),
    attached: part(role.shares ? [{ arn: policyArn, name: "shared" }] : []),
    boundary: absent,
    profiles: found([]),
    tags: found(new Map()),
  };
}

/** Three controls, enough to open and resolve findings of every kind. */
export function judgeTruth(facts: Facts, { scope }: { scope: Scope }): readonly Result[] {
  if (scope.kind === "region") return facts.regions.flatMap((one) => one.instances.items.map(taggedResult));
  const names: readonly string[] =
    scope.kind === "role" ? roleNames.filter((name) => name === scope.name) : roleNames;
  return names.flatMap((name) => {
    const role = facts.iam.roles.items.find((one) => one.name === name);
    const there = role === undefined ? "failed" : "passed";
    const exists = result(roleResource(name), "role-exists", { verdict: there, actual: there });
    return role === undefined ? [exists] : [exists, trustResult(role), permissionsResult(role, facts)];
  });
}

const roleResource = (name: string): Resource => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  type: "role",
  account,
  region: "global",
});
const witness = { action: "sts:AssumeRole", resource: "*", context: {} };

function trustResult(role: RoleFacts): Result {
  const resource = roleResource(role.name);
  if (role.trust.at !== "found") return unavailable(resource, "role-trust");
  const actual = textOf(role.trust.value);
  if (actual === "ok") return result(resource, "role-trust", { verdict: "passed", actual });
  if (actual.startsWith("u"))
    return result(resource, "role-trust", { verdict: "undecided", actual, reason: "hard" });
  return result(resource, "role-trust", {
    verdict: "failed",
    actual,
    differences: [{ direction: "excess", witness, latent: false }],
  });
}

function permissionsResult(role: RoleFacts, facts: Facts): Result {
  const resource = roleResource(role.name);
  if (role.attached.at !== "found") return unavailable(resource, "role-permissions");
  const [attached] = role.attached.value;
  const policy = facts.iam.policies.items.find((one) => one.arn === attached?.arn);
  const actual = attached === undefined ? "m0" : textOf(policy?.document);
  return result(resource, "role-permissions", {
    verdict: actual === "ok" ? "passed" : "failed",
    actual,
    differences: actual === "ok" ? [] : [{ direction: "missing", witness, latent: false }],
  });
}

function taggedResult(instance: { readonly id: string; readonly tags: ReadonlyMap<string, string> }): Result {
  const resource: Resource = {
    arn: `arn:aws:ec2:${region}:${account}:instance/${instance.id}`,
    type: "instance",
    account,
    region,
  };
  const actual = instance.tags.size > 0 ? "tagged" : "untagged";
  return result(resource, "node-tagged", { verdict: actual === "tagged" ? "passed" : "failed", actual });
}

const textOf = (document: unknown): string => (typeof document === "string" ? document : "?");

const unavailable = (resource: Resource, control: string): Result =>
  result(resource, control, { verdict: "unavailable", actual: null, reason: "iam:GetRole: AccessDenied" });

function result(resource: Resource, control: string, more: Partial<Result>): Result {
  return {
    id: findingId(account, "p", control, resource.arn),
    digest: evidenceDigest([control, more.actual]),
    control,
    platform: "p",
    baseline: "p/b@1",
    resource,
    verdict: "passed",
    severity: "high",
    title: control,
    detail: `${control} is ${String(more.actual)}`,
    expected: "ok",
    actual: "ok",
    differences: [],
    remediation: [],
    ...more,
  };
}
