import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { fillTemplate } from "../../lib/controls/fill-template.ts";
import type { PolicyTemplate } from "../../lib/model/config.ts";

/** The example account: made, no real one. */
export const account = "731984205316";
export const otherAccount = "406112358132";
const created = "2024-03-01T10:00:00+00:00";

export const arn = (rest: string): string => `arn:aws:iam::${account}:${rest}`;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export const document = (...Statement: readonly Statement[]): Document => ({
  Version: "2012-10-17",
  Statement,
});
export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
  Condition?: Statement["Condition"],
): Statement => ({ Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) });

export const trust = (
  Principal: unknown,
  Condition?: Statement["Condition"],
  Action = "sts:AssumeRole",
): Document =>
  document({ Effect: "Allow", Principal, Action, ...(Condition === undefined ? {} : { Condition }) });
export const service = (host: string): Document => trust({ Service: host });

/** A policy of the catalogue, so that what is right here is right by the platform's own document. */
export function documented(
  platform: string,
  policy: string,
  values: Readonly<Record<string, string>> = {},
): Document {
  const found = catalogue.find((each) => each.platform === platform)?.policies[policy];
  if (found === undefined) throw new Error(`the catalogue has no ${platform} ${policy}`);
  const all = new Map(Object.entries({ account, trustedAccount: account, partition: "aws", ...values }));
  return fillTemplate(found.document as PolicyTemplate, all) as unknown as Document;
}

/** A copy of a document with its statements changed. */
export const changed = (
  { Version, Statement }: Document,
  change: (statement: Statement, index: number) => Statement | undefined,
): Document => ({ Version, Statement: Statement.flatMap((each, index) => change(each, index) ?? []) });

export interface RoleInput {
  readonly name: string;
  readonly path?: string;
  readonly trust: Document;
  readonly inline?: Readonly<Record<string, Document>>;
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly profiles?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PolicyInput {
  readonly arn: string;
  readonly document: Document;
}

const id = (prefix: string, name: string): string => {
  let hash = 7n;
  for (const character of name) hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 36n ** 16n;
  return `${prefix}${hash.toString(36).toUpperCase().padStart(17, "A")}`;
};
const last = (text: string): string => text.slice(text.lastIndexOf("/") + 1);
const tagList = (tags: Readonly<Record<string, string>> = {}) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagsOf = tagList;

export function profileOf(name: string, role: RoleInput | undefined): object {
  return {
    Path: "/",
    InstanceProfileName: name,
    InstanceProfileId: id("AIPA", name),
    Arn: arn(`instance-profile/${name}`),
    CreateDate: created,
    Roles:
      role === undefined
        ? []
        : [
            {
              Path: role.path ?? "/",
              RoleName: role.name,
              RoleId: id("AROA", role.name),
              Arn: arn(`role${role.path ?? "/"}${role.name}`),
              CreateDate: created,
              AssumeRolePolicyDocument: role.trust,
            },
          ],
  };
}

/** As `aws iam get-account-authorization-details` prints a role. */
export function roleDetail(role: RoleInput): object {
  return {
    Path: role.path ?? "/",
    RoleName: role.name,
    RoleId: id("AROA", role.name),
    Arn: arn(`role${role.path ?? "/"}${role.name}`),
    CreateDate: created,
    AssumeRolePolicyDocument: role.trust,
    InstanceProfileList: (role.profiles ?? []).map((name) => profileOf(name, role)),
    RolePolicyList: Object.entries(role.inline ?? {}).map(([PolicyName, PolicyDocument]) => ({
      PolicyName,
      PolicyDocument,
    })),
    AttachedManagedPolicies: (role.attached ?? []).map((PolicyArn) => ({
      PolicyName: last(PolicyArn),
      PolicyArn,
    })),
    ...(role.boundary === undefined
      ? {}
      : {
          PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: role.boundary },
        }),
    Tags: tagList(role.tags),
    RoleLastUsed: {},
  };
}

export function policyDetail(
  { arn: policyArn, document: Document }: PolicyInput,
  roles: readonly RoleInput[],
): object {
  return {
    PolicyName: last(policyArn),
    PolicyId: id("ANPA", policyArn),
    Arn: policyArn,
    Path: "/",
    DefaultVersionId: "v1",
    AttachmentCount: roles.filter(({ attached }) => attached?.includes(policyArn) === true).length,
    PermissionsBoundaryUsageCount: roles.filter(({ boundary }) => boundary === policyArn).length,
    IsAttachable: true,
    CreateDate: created,
    UpdateDate: created,
    PolicyVersionList: [{ Document, VersionId: "v1", IsDefaultVersion: true, CreateDate: created }],
  };
}

export const userDetail = (name: string): object => ({
  Path: "/",
  UserName: name,
  UserId: id("AIDA", name),
  Arn: arn(`user/${name}`),
  CreateDate: created,
  GroupList: [],
  AttachedManagedPolicies: [],
  Tags: [],
});
