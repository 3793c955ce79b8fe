/**
 * The engine's words. A policy document is parsed once (`parseDocument`) into `Policy`; comparison and
 * evaluation share that parser, which also reads single values (`values/`), and nothing else.
 */
export type PolicyKind = "identity" | "trust" | "resource";

/** `"2012-10-17"` has policy variables; `"2008-10-17"`, and a document without a Version, has none. */
export type PolicyVersion = "2012-10-17" | "2008-10-17";

export interface Policy {
  readonly version: PolicyVersion;
  readonly statements: readonly Statement[];
}

/** `not` says that the list came as NotAction, NotResource or NotPrincipal. */
export interface Matcher<T> {
  readonly not: boolean;
  readonly patterns: readonly T[];
}

export interface Statement {
  readonly sid?: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** As written; letter case is ignored when matching. */
  readonly actions: Matcher<string>;
  /** Undefined in a trust policy, which is about the role itself. */
  readonly resources?: Matcher<string> | undefined;
  /** Undefined in an identity policy, which is about whoever carries it. */
  readonly principals?: Matcher<PrincipalPattern> | undefined;
  readonly conditions: readonly Condition[];
  /** Where it stands, as a JSON pointer: `/Statement/3`. */
  readonly place: string;
}

/**
 * `everyone`: a bare `"*"`. An id `*`: all of the type, as in `{"AWS":"*"}`. A bare account id stands as the
 * ARN of the account's root.
 */
export type PrincipalPattern =
  | { readonly type: "everyone" }
  | { readonly type: PrincipalType; readonly id: string };

export type PrincipalType = "AWS" | "Service" | "Federated" | "CanonicalUser";

/** Who asks. */
export interface Principal {
  readonly type: PrincipalType;
  readonly id: string;
}

export interface Condition {
  readonly operator: Operator;
  /** As written; letter case is ignored when matching. */
  readonly key: string;
  /** Booleans and numbers of the document stand as their JSON text. */
  readonly values: readonly string[];
}

export interface Operator {
  /** `StringEquals`, `NumericLessThan`, … in AWS's spelling, without set prefix and IfExists. */
  readonly name: OperatorName;
  /** What its values are. */
  readonly kind: OperatorKind;
  /** How they are compared: the name without its kind and its `Not`. */
  readonly comparison: string;
  /** `Not`: the values of the policy are those that must not match, and an absent key satisfies it. */
  readonly negated: boolean;
  readonly set?: "ForAllValues" | "ForAnyValue";
  readonly ifExists: boolean;
}

export const operatorNames = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
  "Null",
] as const;
export type OperatorName = (typeof operatorNames)[number];

export const operatorKinds = [
  "String",
  "Numeric",
  "Date",
  "Bool",
  "Binary",
  "IpAddress",
  "Arn",
  "Null",
] as const;
export type OperatorKind = (typeof operatorKinds)[number];

/** What is wrong with a document, and where. */
export interface PolicyError {
  /** JSON pointer into the document: `/Statement/3/Condition/StringEqual`. */
  readonly place: string;
  readonly message: string;
}

export type Parsed =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly errors: readonly PolicyError[] };

/** All that decides one side: documents merge; an allowed request is also allowed by every boundary document set. */
export interface PolicySet {
  readonly kind: PolicyKind;
  readonly documents: readonly Policy[];
  /** Permissions boundary; undefined means none (allows all). Identity policies only. */
  readonly boundary?: readonly Policy[];
}

/** One concrete request. Context keys as written; values are strings, lists for multivalued keys. */
export interface Request {
  /** Undefined for identity policies. */
  readonly principal?: Principal;
  readonly action: string;
  /** Undefined for trust policies. */
  readonly resource?: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** One certified proof that a request is allowed by one side only. */
export interface PolicyWitness {
  readonly request: Request;
  /** Only an action that does not exist today proves it. */
  readonly latent: boolean;
}

export type Exceeds =
  | { readonly verdict: "proven"; readonly witnesses: readonly PolicyWitness[] }
  | { readonly verdict: "none" }
  | { readonly verdict: "undecided"; readonly reason: string };

export type Relation = "equivalent" | "first-broader" | "second-broader" | "incomparable" | "undecided";

/** The engine's answer: what the first allows and the second does not, and the other way round. */
export interface Comparison {
  readonly firstExceeds: Exceeds;
  readonly secondExceeds: Exceeds;
  /** Derived for display: undecided when either direction is. */
  readonly relation: Relation;
}
