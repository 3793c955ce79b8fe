import type { PolicyKind } from "../../lib/policy/model.ts";
import type { Draft, Side } from "./case.ts";
import { corpus, type Json } from "./corpus.ts";
import type { Random } from "./random.ts";

// Small pools on purpose: what is drawn from them overlaps, touches and contains one another.

const actions = [
  "*",
  "s3:*",
  "s3:Get*",
  "s3:GetObject",
  "s3:getobject",
  "s3:GetObject*",
  "s3:*Object",
  "s3:?etObject",
  "s3:PutObject",
  "s3:ListBucket",
  "s3:*t*",
  "ec2:*",
  "ec2:Describe*",
  "ec2:RunInstances",
  "ec2:*Instances",
  "iam:PassRole",
  "iam:*Role",
  "*:*",
  "*:Get*",
  "*:?*",
  "s3:?*",
  "s?:GetObject",
  "s3:GetObject?",
];

const trustActions = [
  "sts:AssumeRole",
  "sts:*",
  "sts:AssumeRole*",
  "sts:TagSession",
  "sts:AssumeRoleWithWebIdentity",
  "*",
];

const resources = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::b",
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::b*",
  "arn:aws:s3:::b/home/*",
  "arn:aws:s3:::b/home/${aws:username}/*",
  "arn:aws:s3:::b/home/${aws:username, 'none'}",
  "arn:aws:s3:::b/home/none",
  "arn:aws:s3:::*/admin",
  "arn:aws:s3:::?/a?min",
  "arn:aws:s3:::b/${*}",
  "arn:*:s3:::b/*",
  "arn:aws:ec2:*:*:instance/*",
  "arn:aws:ec2:eu-*:111122223333:instance/*",
  "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
  "arn:aws:ec2:*:111122223333:*",
  "arn:aws:ec2:*",
  "arn:aws:iam::111122223333:role/*",
  "arn:aws:iam::*:role/team-?/*",
  "arn:aws:s3:::b/?*",
  "arn:aws:s3:::b/${$}{x}",
  "arn:aws:s3:::b/home/${aws:username}*",
  "arn:aws*:s3:::b/*",
  "arn:aws-cn:s3:::b/*",
  "arn:*:*:*:*:role/*",
  "arn:*",
  "arn:aws:logs:*:*:log-group:*",
  "arn:aws:logs:*:*:log-group:*:log-stream:*",
];

const texts = [
  "a",
  "b",
  "ab",
  "a*",
  "*b",
  "?",
  "*",
  "${aws:username}",
  "${aws:PrincipalTag/t, 'a'}",
  "A",
  "${*}",
  "a${*}",
  "a*${?}",
  "${$}",
  "é",
];
const tags = ["a", "b", "c", "a*", "*"];
const arns = [
  "arn:aws:sns:eu-west-1:111122223333:t",
  "arn:aws:sns:*:111122223333:*",
  "arn:aws:sns:*:*:t*",
  "arn:aws:s3:::b",
  "arn:aws:sns:eu-*:*:?",
  "arn:aws:sns:*:*:${aws:username}",
  "arn:aws:sns:*",
  "t",
];
const numbers = ["0", "1", "1.0", "10", "10.00", "007", "9.5", "-1", "-0", 10, 100];
const dates = [
  "2026-01-01T00:00:00Z",
  "2026-01-01",
  "2026-01-01T02:00:00+02:00",
  1767225600,
  "2026-06-01",
  "2027-01-01T00:00:00+02:00",
  "1770000000",
];
const addresses = [
  "10.0.0.0/8",
  "10.1.0.0/16",
  "10.1.2.3",
  "0.0.0.0/0",
  "2001:db8::/32",
  "2001:db8:0:1::/64",
  "192.0.2.128/25",
  "10.9.9.9/8",
  "2001:DB8:0:0::/32",
  "2001:db8::1",
  "::/0",
];

interface KeyPool {
  readonly keys: readonly string[];
  readonly operators: readonly string[];
  readonly values: readonly unknown[];
  /** Whether the key has many values: then it takes a set prefix. */
  readonly set?: boolean;
}

const string = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
];
const numeric = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** What conditions are drawn from. */
export const pools: readonly KeyPool[] = [
  {
    keys: ["aws:username", "aws:RequestTag/t", "aws:requesttag/T", "s3:prefix", "aws:PrincipalTag/t"],
    operators: string,
    values: texts,
  },
  { keys: ["aws:TagKeys", "dynamodb:Attributes"], operators: string, values: tags, set: true },
  // One value for certain, whatever prefix stands before the operator.
  { keys: ["sts:ExternalId"], operators: string, values: texts, set: true },
  {
    keys: ["aws:SourceArn"],
    operators: ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"],
    values: arns,
  },
  { keys: ["s3:max-keys"], operators: numeric.map((name) => `Numeric${name}`), values: numbers },
  { keys: ["aws:CurrentTime"], operators: numeric.map((name) => `Date${name}`), values: dates },
  { keys: ["aws:SourceIp"], operators: ["IpAddress", "NotIpAddress"], values: addresses },
  {
    keys: ["aws:SecureTransport", "aws:MultiFactorAuthPresent"],
    operators: ["Bool"],
    values: ["true", "false", true, "True"],
  },
  { keys: ["x:Key"], operators: ["BinaryEquals"], values: ["QUI=", "QUM="] },
  {
    keys: ["aws:username", "aws:RequestTag/t", "aws:TagKeys", "aws:SourceIp", "s3:max-keys"],
    operators: ["Null"],
    values: ["true", "false", true],
  },
];

const principals: readonly unknown[] = [
  "*",
  { AWS: "*" },
  { AWS: "111122223333" },
  { AWS: "arn:aws:iam::111122223333:root" },
  { AWS: ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:user/u"] },
  { AWS: "arn:aws:sts::111122223333:assumed-role/a/s" },
  { AWS: "arn:aws:iam::444455556666:role/p/a" },
  { Service: "ec2.amazonaws.com" },
  { Service: ["ec2.amazonaws.com", "ecs.amazonaws.com"], AWS: "444455556666" },
  { Federated: "arn:aws:iam::111122223333:oidc-provider/x.example" },
  { CanonicalUser: "0123456789abcdef".repeat(4) },
  { AWS: "arn:aws-cn:iam::111122223333:root" },
  { AWS: ["arn:aws:sts::111122223333:assumed-role/a/s", "arn:aws:iam::111122223333:role/a"] },
  { AWS: "AROAEXAMPLE12345" },
];

/** A side like those of real accounts: statements of the corpus, drawn ones, or both. */
export function makeSide(kind: PolicyKind, random: Random): Side {
  const documents = Array.from({ length: random.chance(0.15) ? 2 : 1 }, () => makeDocument(kind, random));
  if (kind !== "identity" || !random.chance(0.06)) return { documents };
  return { documents, boundary: [makeDocument(kind, random)] };
}

function makeDocument(kind: PolicyKind, random: Random): Json {
  const ofKind = corpus.filter((document) => document.kind === kind);
  const real = random.chance(0.4)
    ? [...random.pick(ofKind).statements, ...(random.chance(0.3) ? random.pick(ofKind).statements : [])]
    : [];
  const drawn = Array.from({ length: (real.length === 0 ? 1 : 0) + random.below(4) }, () =>
    makeStatement(kind, random),
  );
  return { Version: random.chance(0.93) ? "2012-10-17" : "2008-10-17", Statement: [...real, ...drawn] };
}

export function makeStatement(kind: PolicyKind, random: Random): Draft {
  const statement: Draft = { Effect: random.chance(0.72) ? "Allow" : "Deny" };
  const not = (name: string, chance: number) => (random.chance(chance) ? `Not${name}` : name);
  statement[not("Action", 0.1)] = random.some(kind === "trust" ? trustActions : actions, 1, 4);
  if (kind !== "trust" && (kind === "identity" || random.chance(0.9))) {
    statement[not("Resource", 0.1)] = random.some(resources, 1, 3);
  }
  if (kind !== "identity") {
    statement[kind === "resource" ? not("Principal", 0.07) : "Principal"] = random.pick(principals);
  }
  if (random.chance(0.5)) {
    const condition: Record<string, Record<string, unknown>> = {};
    for (let count = 1 + random.below(3); count > 0; count--) addCondition(condition, random);
    statement["Condition"] = condition;
  }
  return statement;
}

/** Adds one operator on one key; what stands there already keeps its other keys. */
export function addCondition(
  condition: Record<string, Record<string, unknown>>,
  random: Random,
  pool: KeyPool = random.pick(pools),
): void {
  const name = random.pick(pool.operators);
  const prefix = pool.set && name !== "Null" ? random.pick(["ForAllValues:", "ForAnyValue:"]) : "";
  const ifExists = name !== "Null" && prefix !== "ForAnyValue:" && random.chance(0.15) ? "IfExists" : "";
  const keys = { ...condition[`${prefix}${name}${ifExists}`] };
  const key = random.pick(pool.keys);
  if (Object.keys(keys).some((other) => other.toLowerCase() === key.toLowerCase())) return;
  const values = random.some(pool.values, 1, name === "Null" || name === "Bool" ? 1 : 3);
  keys[key] = values.length === 1 && random.chance(0.5) ? values[0] : values;
  condition[`${prefix}${name}${ifExists}`] = keys;
}
