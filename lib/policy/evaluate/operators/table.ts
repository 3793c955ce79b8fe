import type { OperatorName } from "../../model.ts";
import { matchArn, matchUnlikeArn } from "../arn.ts";
import { binaryEquals } from "./binary.ts";
import { bool } from "./bool.ts";
import {
  dateEquals,
  dateGreaterThan,
  dateGreaterThanEquals,
  dateLessThan,
  dateLessThanEquals,
} from "./date.ts";
import { ipAddress } from "./ip.ts";
import type { Match } from "./match.ts";
import {
  numericEquals,
  numericGreaterThan,
  numericGreaterThanEquals,
  numericLessThan,
  numericLessThanEquals,
} from "./numeric.ts";
import { stringEquals, stringEqualsIgnoreCase, stringLike } from "./string.ts";

/** `negated`: the values of the policy are those that must not match, and a key that is absent satisfies it. */
export interface OperatorRow {
  readonly match: Match;
  readonly negated: boolean;
}

const arnLike: Match = (value, pattern, scope) => matchArn(pattern, value, scope, "value");
const arnUnlike: Match = (value, pattern, scope) => matchUnlikeArn(pattern, value, scope);

const is = (match: Match): OperatorRow => ({ match, negated: false });
const isNot = (match: Match): OperatorRow => ({ match, negated: true });

/** Null is not here: it asks for the key, not for its value. */
export const operatorTable: Readonly<Record<Exclude<OperatorName, "Null">, OperatorRow>> = {
  StringEquals: is(stringEquals),
  StringNotEquals: isNot(stringEquals),
  StringEqualsIgnoreCase: is(stringEqualsIgnoreCase),
  StringNotEqualsIgnoreCase: isNot(stringEqualsIgnoreCase),
  StringLike: is(stringLike),
  StringNotLike: isNot(stringLike),
  NumericEquals: is(numericEquals),
  NumericNotEquals: isNot(numericEquals),
  NumericLessThan: is(numericLessThan),
  NumericLessThanEquals: is(numericLessThanEquals),
  NumericGreaterThan: is(numericGreaterThan),
  NumericGreaterThanEquals: is(numericGreaterThanEquals),
  DateEquals: is(dateEquals),
  DateNotEquals: isNot(dateEquals),
  DateLessThan: is(dateLessThan),
  DateLessThanEquals: is(dateLessThanEquals),
  DateGreaterThan: is(dateGreaterThan),
  DateGreaterThanEquals: is(dateGreaterThanEquals),
  Bool: is(bool),
  BinaryEquals: is(binaryEquals),
  IpAddress: is(ipAddress),
  NotIpAddress: isNot(ipAddress),
  ArnEquals: is(arnLike),
  ArnNotEquals: isNot(arnUnlike),
  ArnLike: is(arnLike),
  ArnNotLike: isNot(arnUnlike),
};
