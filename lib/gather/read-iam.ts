import type {
  AttachedPolicy,
  DocumentSource,
  InstanceProfileFacts,
  ManagedPolicyFacts,
  NamedDocument,
  RoleFacts,
  Tags,
  UserFacts,
} from "../model/facts.ts";
import { absent, denied, found, type Seen } from "../model/seen.ts";
import { defined, instantOf, isRecord, listOf, member, tagsOf, textOf } from "./read-value.ts";

/**
 * IAM's own shapes (RoleDetail, ManagedPolicyDetail, …) as facts. The SDK answers them and the CLI
 * prints them alike. Undefined: not one, it lacks its ARN or name. `source` is the IAM action or the
 * file that a part which is not there would have come from.
 */
export function readRoleDetail(detail: unknown, source: string): RoleFacts | undefined {
  const arn = textOf(detail, "Arn");
  const name = textOf(detail, "RoleName");
  // A name that IAM would refuse is none of IAM's: nothing may be made of it.
  if (arn === undefined || name === undefined || !/^[\w+=,.@-]{1,64}$/.test(name)) return undefined;
  const inline = listOf(detail, "RolePolicyList");
  const attached = listOf(detail, "AttachedManagedPolicies");
  const profiles = listOf(detail, "InstanceProfileList");
  // A list that is empty is printed as such; a role with none of the three is another command's output.
  const whole = inline !== undefined || attached !== undefined || profiles !== undefined;
  return {
    arn,
    name,
    path: textOf(detail, "Path") ?? pathOf(arn),
    id: textOf(detail, "RoleId") ?? "",
    ...defined<Pick<RoleFacts, "createdAt">>({ createdAt: instantOf(detail, "CreateDate") }),
    trust: readTrust(detail, source),
    inline: all(inline, readNamedDocument, source, "the inline policies"),
    attached: all(attached, readAttached, source, "the attached policies"),
    boundary: whole ? readBoundary(detail, source) : missing(source, "the permissions boundary"),
    profiles: all(
      profiles,
      (profile) => textOf(profile, "InstanceProfileName"),
      source,
      "the instance profiles",
    ),
    tags: readTags(detail, whole, source),
  };
}

/** The trust policy of a role's detail or of GetRole's answer. */
export function readTrust(role: unknown, source: string): Seen<DocumentSource> {
  const document = documentOf(role, "AssumeRolePolicyDocument");
  return document === undefined ? missing(source, "the trust policy") : found(document);
}

/** A boundary that does not say which it is is there all the same. */
export function readBoundary(role: unknown, source: string): Seen<string> {
  const boundary = member(role, "PermissionsBoundary");
  const arn = textOf(boundary, "PermissionsBoundaryArn");
  if (arn !== undefined) return found(arn);
  return isRecord(boundary) ? missing(source, "which permissions boundary it is") : absent;
}

function readTags(detail: unknown, whole: boolean, source: string): Seen<Tags> {
  return whole || listOf(detail, "Tags") !== undefined ? found(tagsOf(detail)) : missing(source, "the tags");
}

export function readNamedDocument(entry: unknown): NamedDocument | undefined {
  const name = textOf(entry, "PolicyName");
  const document = documentOf(entry, "PolicyDocument");
  return name === undefined || document === undefined ? undefined : { name, document };
}

export function readAttached(entry: unknown): AttachedPolicy | undefined {
  const arn = textOf(entry, "PolicyArn");
  if (arn === undefined) return undefined;
  return { arn, name: textOf(entry, "PolicyName") ?? arn.slice(arn.lastIndexOf("/") + 1) };
}

/** A managed policy by its default version; undefined as well when that version is not there. */
export function readPolicyDetail(detail: unknown): ManagedPolicyFacts | undefined {
  const arn = textOf(detail, "Arn");
  if (arn === undefined) return undefined;
  const versions = listOf(detail, "PolicyVersionList") ?? [];
  const wanted = textOf(detail, "DefaultVersionId");
  const version =
    versions.find((each) => wanted !== undefined && textOf(each, "VersionId") === wanted) ??
    versions.find((each) => wanted === undefined && member(each, "IsDefaultVersion") === true);
  return readPolicyVersion(detail, version, arn);
}

function readPolicyVersion(policy: unknown, version: unknown, arn: string): ManagedPolicyFacts | undefined {
  const document = documentOf(version, "Document");
  if (document === undefined) return undefined;
  return {
    arn,
    name: textOf(policy, "PolicyName") ?? arn.slice(arn.lastIndexOf("/") + 1),
    defaultVersion: textOf(version, "VersionId") ?? textOf(policy, "DefaultVersionId") ?? "",
    document,
    ...defined<Pick<ManagedPolicyFacts, "updatedAt">>({ updatedAt: instantOf(policy, "UpdateDate") }),
  };
}

export function readProfile(profile: unknown): InstanceProfileFacts | undefined {
  const arn = textOf(profile, "Arn");
  const name = textOf(profile, "InstanceProfileName");
  const roles = listOf(profile, "Roles");
  if (arn === undefined || name === undefined || roles === undefined) return undefined;
  const names = roles.map((role) => textOf(role, "RoleName"));
  if (!names.every((each) => each !== undefined)) return undefined;
  return { arn, name, path: textOf(profile, "Path") ?? pathOf(arn), roles: names };
}

export function readUser(user: unknown): UserFacts | undefined {
  const arn = textOf(user, "Arn");
  const name = textOf(user, "UserName");
  return arn === undefined || name === undefined ? undefined : { arn, name };
}

function documentOf(value: unknown, key: string): DocumentSource | undefined {
  const document = member(value, key);
  return typeof document === "string" || isRecord(document) ? document : undefined;
}

/** All entries of a list, or none: a part that is half read would be judged as if it were whole. */
function all<T>(
  list: readonly unknown[] | undefined,
  read: (entry: unknown) => T | undefined,
  source: string,
  what: string,
): Seen<readonly T[]> {
  if (list === undefined) return missing(source, what);
  const items = list.map(read);
  return items.every((item) => item !== undefined)
    ? found(items)
    : denied(source, `what it holds of ${what} cannot be read`);
}

const missing = (source: string, what: string) => denied(source, `it does not hold ${what}`);

/** `/team/` of `arn:aws:iam::123456789012:role/team/name`. */
const pathOf = (arn: string): string => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1) || "/";
