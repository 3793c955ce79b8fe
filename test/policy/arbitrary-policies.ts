import fc from "fast-check";
import { parseDocument } from "../../lib/policy/document.ts";
import type { Policy, PolicyKind, Principal, Request } from "../../lib/policy/model.ts";

/**
 * Small policies over a small world, in which patterns overlap often: what the comparison says of them
 * can be held against requests by the thousand.
 */
type Json = Readonly<Record<string, unknown>>;

const actions = [
  "*",
  "s3:*",
  "s3:Get*",
  "s3:GetObject",
  "S3:GETOBJECT",
  "s3:?etObject",
  "s3:*Object",
  "s3:PutObject",
  "iam:PassRole",
  "iam:*",
  "*:Get*",
];
const resources = [
  "*",
  "arn:aws:s3:::b",
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::b/a*",
  "arn:aws:s3:::*/ab",
  "arn:aws:s3:::b/?",
  "arn:aws:s3:*:*:b/a*",
  "arn:aws:iam::123456789012:role/*",
  "arn:aws:iam::*:role/a",
  "arn:*:iam::123456789012:role/${aws:username}",
  "arn:aws:s3:::b/${aws:username}",
  "arn:aws:s3:::b/${aws:username, 'ab'}*",
];
const conditions: readonly (readonly [string, string, readonly string[]])[] = [
  ["StringEquals", "aws:username", ["a"]],
  ["StringEquals", "aws:username", ["a", "b"]],
  ["StringNotEquals", "aws:username", ["a"]],
  ["StringLike", "aws:username", ["a*"]],
  ["StringNotLike", "aws:username", ["*b"]],
  ["StringEqualsIgnoreCase", "aws:username", ["A"]],
  ["StringLikeIfExists", "aws:username", ["?"]],
  ["StringEquals", "aws:PrincipalTag/team", ["${aws:username}"]],
  ["StringNotEquals", "aws:PrincipalTag/team", ["x"]],
  ["Null", "aws:username", ["true"]],
  ["Null", "aws:username", ["false"]],
  ["Null", "aws:TagKeys", ["false"]],
  ["ForAllValues:StringEquals", "aws:TagKeys", ["k", "l"]],
  ["ForAllValues:StringEquals", "aws:TagKeys", ["k"]],
  ["ForAnyValue:StringLike", "aws:TagKeys", ["k*"]],
  ["ForAnyValue:StringNotEquals", "aws:TagKeys", ["k"]],
  ["ForAllValues:StringNotLike", "aws:TagKeys", ["l*"]],
  ["NumericLessThan", "s3:max-keys", ["10"]],
  ["NumericLessThanEquals", "s3:max-keys", ["10"]],
  ["NumericNotEquals", "s3:max-keys", ["10"]],
  ["NumericGreaterThanIfExists", "s3:max-keys", ["5.5"]],
  ["Bool", "aws:SecureTransport", ["true"]],
  ["BoolIfExists", "aws:SecureTransport", ["false"]],
  ["IpAddress", "aws:SourceIp", ["10.0.0.0/8"]],
  ["IpAddress", "aws:SourceIp", ["10.1.0.0/16", "2001:db8::/32"]],
  ["NotIpAddress", "aws:SourceIp", ["10.1.0.0/16"]],
  ["DateGreaterThan", "aws:CurrentTime", ["2024-01-01T00:00:00Z"]],
  ["DateLessThanEquals", "aws:CurrentTime", ["2025-01-01T00:00:00Z"]],
  ["ArnLike", "aws:SourceArn", ["arn:aws:s3:::*"]],
  ["ArnEquals", "aws:SourceArn", ["arn:aws:s3:::a*"]],
  ["ArnNotLike", "aws:SourceArn", ["arn:aws:s3:*:*:a"]],
];
const principals: readonly unknown[] = [
  "*",
  { AWS: "*" },
  { Federated: "*" },
  { AWS: "123456789012" },
  { AWS: "arn:aws:iam::123456789012:role/a" },
  { AWS: ["arn:aws:iam::123456789012:user/u", "arn:aws:iam::210987654321:root"] },
  { AWS: "arn:aws:sts::123456789012:assumed-role/a/s" },
  { Service: "ec2.amazonaws.com" },
  { Service: ["ec2.amazonaws.com", "ecs.amazonaws.com"] },
];

const some = <T>(items: readonly T[], most: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: most });

const conditionBlock: fc.Arbitrary<Json> = fc
  .uniqueArray(fc.constantFrom(...conditions), { minLength: 1, maxLength: 3 })
  .map((chosen) => {
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const [operator, key, values] of chosen) block[operator] = { ...block[operator], [key]: values };
    return block;
  });

function statement(kind: PolicyKind): fc.Arbitrary<Json> {
  return fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      action: fc.constantFrom("Action", "Action", "Action", "NotAction"),
      actions: some(actions, 3),
      resource: fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
      resources: some(resources, 3),
      principal: fc.constantFrom(...principals),
      condition: fc.option(conditionBlock, { nil: undefined }),
    })
    .map(({ Effect, action, actions: listed, resource, resources: about, principal, condition }) => ({
      Effect,
      [action]: listed,
      ...(kind === "trust" ? {} : { [resource]: about }),
      ...(kind === "identity" ? {} : { Principal: principal }),
      ...(condition === undefined ? {} : { Condition: condition }),
    }));
}

/** A document as JSON. */
export const documentOf = (kind: PolicyKind, most = 3): fc.Arbitrary<Json> =>
  fc
    .array(statement(kind), { minLength: 1, maxLength: most })
    .map((statements) => ({ Version: "2012-10-17", Statement: statements }));

export function policyOf(document: unknown, kind: PolicyKind): Policy {
  const parsed = parseDocument(document, { kind });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.policy;
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const context = fc
  .record({
    "aws:username": maybe(fc.constantFrom("a", "b", "ab", "A", "x", "")),
    "aws:PrincipalTag/team": maybe(fc.constantFrom("a", "x", "y")),
    "aws:TagKeys": maybe(fc.uniqueArray(fc.constantFrom("k", "l", "kk", "m"), { maxLength: 3 })),
    "s3:max-keys": maybe(fc.constantFrom("5", "5.5", "6", "9.99", "10", "11")),
    "aws:SecureTransport": maybe(fc.constantFrom("true", "false")),
    "aws:SourceIp": maybe(fc.constantFrom("10.0.0.1", "10.1.0.1", "11.0.0.1", "2001:db8::1", "::1")),
    "aws:CurrentTime": maybe(
      fc.constantFrom(
        "2023-12-31T00:00:00Z",
        "2024-01-01T00:00:00Z",
        "2024-06-01T00:00:00Z",
        "2025-01-01T00:00:00Z",
        "2025-01-02T00:00:00Z",
      ),
    ),
    "aws:SourceArn": maybe(
      fc.constantFrom(
        "arn:aws:s3:::a",
        "arn:aws:s3:::ab",
        "arn:aws:s3:::b",
        "arn:aws:s3:r:1:a",
        "arn:aws:sns:r:1:a",
      ),
    ),
  })
  .map((keys): Request["context"] =>
    Object.fromEntries(
      Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    ),
  );

const askers: readonly Principal[] = [
  { type: "AWS", id: "arn:aws:iam::123456789012:role/a" },
  { type: "AWS", id: "arn:aws:iam::123456789012:user/u" },
  { type: "AWS", id: "arn:aws:iam::123456789012:root" },
  { type: "AWS", id: "arn:aws:sts::123456789012:assumed-role/a/s" },
  { type: "AWS", id: "arn:aws:sts::123456789012:assumed-role/a/t" },
  { type: "AWS", id: "arn:aws:iam::210987654321:user/v" },
  { type: "AWS", id: "arn:aws:iam::333333333333:user/w" },
  { type: "Service", id: "ec2.amazonaws.com" },
  { type: "Service", id: "lambda.amazonaws.com" },
];

/** Requests at the edges of what the policies above speak of. */
export function requestOf(kind: PolicyKind): fc.Arbitrary<Request> {
  return fc
    .record({
      action: fc.constantFrom(
        "s3:GetObject",
        "s3:getobject",
        "s3:GetObjectAcl",
        "s3:PutObject",
        "s3:x",
        "iam:PassRole",
        "iam:GetRole",
        "ec2:GetX",
        "ec2:RunInstances",
      ),
      resource: fc.constantFrom(
        "arn:aws:s3:::b",
        "arn:aws:s3:::b/a",
        "arn:aws:s3:::b/ab",
        "arn:aws:s3:::b/b",
        "arn:aws:s3:::b/",
        "arn:aws:s3:::c/ab",
        "arn:aws:s3:us-east-1:123456789012:b/ab",
        "arn:aws:iam::123456789012:role/a",
        "arn:aws:iam::123456789012:role/ab",
        "arn:aws-cn:iam::123456789012:role/a",
        "arn:aws:iam::210987654321:role/a",
      ),
      principal: fc.constantFrom(...askers),
      context,
    })
    .map(({ action, resource, principal, context: keys }) => ({
      action,
      context: keys,
      ...(kind === "trust" ? {} : { resource }),
      ...(kind === "identity" ? {} : { principal }),
    }));
}
