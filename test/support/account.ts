import type { DocumentSource, Facts, InstanceFacts, RoleFacts } from "../../lib/model/facts.ts";
import { absent, found } from "../../lib/model/seen.ts";

export const account = "210987654321";

export interface RoleInput {
  readonly name: string;
  readonly path?: string;
  readonly trust?: object | string;
  readonly inline?: Readonly<Record<string, object | string>>;
  /** Names of AWS's policies with path, or of own ones. */
  readonly attached?: readonly string[];
  readonly profiles?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export const allow = (
  action: string | readonly string[],
  resource: unknown = "*",
  condition?: object,
): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: action,
      Resource: resource,
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});

export const trusting = (principal: object, condition?: object): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: principal,
      Action: "sts:AssumeRole",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});

export const ec2Trust = trusting({ Service: "ec2.amazonaws.com" });

function role(input: RoleInput): RoleFacts {
  const path = input.path ?? "/";
  return {
    arn: `arn:aws:iam::${account}:role${path}${input.name}`,
    name: input.name,
    path,
    id: `AROA${input.name.toUpperCase()}`,
    trust: found((input.trust ?? ec2Trust) as DocumentSource),
    inline: found(
      Object.entries(input.inline ?? {}).map(([name, document]) => ({
        name,
        document: document as DocumentSource,
      })),
    ),
    attached: found(
      (input.attached ?? []).map((name) => ({ name: name.replace(/^.*\//, ""), arn: policyArn(name) })),
    ),
    boundary: absent,
    profiles: found(input.profiles ?? []),
    tags: found(new Map(Object.entries(input.tags ?? {}))),
  };
}

const policyArn = (name: string): string =>
  /^(service-role\/)?Amazon|^AdministratorAccess/.test(name)
    ? `arn:aws:iam::aws:policy/${name}`
    : `arn:aws:iam::${account}:policy/${name}`;

export interface AccountInput {
  readonly roles?: readonly RoleInput[];
  readonly policies?: Readonly<Record<string, object>>;
  readonly instances?: readonly {
    readonly id: string;
    readonly profile?: string;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly subnets?: readonly { readonly id: string; readonly tags: Readonly<Record<string, string>> }[];
}

/** An account of which all was seen, with one region. */
export function accountOf(input: AccountInput): Facts {
  const roles = (input.roles ?? []).map(role);
  const profiles = new Set(roles.flatMap(({ profiles }) => (profiles.at === "found" ? profiles.value : [])));
  return {
    identity: { account, partition: "aws" },
    at: "2026-11-02T07:15:00Z",
    source: "snapshot",
    iam: {
      roles: { items: roles },
      policies: {
        items: Object.entries(input.policies ?? {}).map(([name, document]) => ({
          arn: policyArn(name),
          name,
          defaultVersion: "v1",
          document: document as DocumentSource,
        })),
      },
      profiles: {
        items: [...profiles].map((name) => ({
          arn: `arn:aws:iam::${account}:instance-profile/${name}`,
          name,
          path: "/",
          roles: roles
            .filter(({ profiles }) => profiles.at === "found" && profiles.value.includes(name))
            .map((r) => r.name),
        })),
      },
      users: { items: [] },
    },
    regions: [
      {
        region: "eu-west-1",
        instances: { items: (input.instances ?? []).map(instance) },
        groups: { items: [] },
        subnets: {
          items: (input.subnets ?? []).map(({ id, tags }) => ({ id, tags: new Map(Object.entries(tags)) })),
        },
        routeTables: { items: [] },
      },
    ],
  };
}

const instance = ({ id, profile, tags }: NonNullable<AccountInput["instances"]>[number]): InstanceFacts => ({
  id,
  state: "running",
  groups: [],
  ...(profile === undefined ? {} : { profile: `arn:aws:iam::${account}:instance-profile/${profile}` }),
  tags: new Map(Object.entries(tags)),
});
