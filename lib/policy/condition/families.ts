import type { OperatorName } from "../model.ts";
import { binary } from "./binary.ts";
import { bool } from "./bool.ts";
import { date } from "./date.ts";
import { ip } from "./ip.ts";
import { numeric } from "./numeric.ts";
import type { Family } from "./point.ts";
import { string } from "./string.ts";

interface Row {
  readonly family: Family;
  /** The values of the policy are those that must not match; an absent key satisfies it. */
  readonly negated: boolean;
}

const is = (family: Family): Row => ({ family, negated: false });
const isNot = (family: Family): Row => ({ family, negated: true });

/** Null is not here: it asks whether the key is there, not for its value. */
export const operatorRows: Readonly<Record<Exclude<OperatorName, "Null">, Row>> = {
  StringEquals: is(string),
  StringNotEquals: isNot(string),
  StringEqualsIgnoreCase: is(string),
  StringNotEqualsIgnoreCase: isNot(string),
  StringLike: is(string),
  StringNotLike: isNot(string),
  ArnEquals: is(string),
  ArnNotEquals: isNot(string),
  ArnLike: is(string),
  ArnNotLike: isNot(string),
  NumericEquals: is(numeric),
  NumericNotEquals: isNot(numeric),
  NumericLessThan: is(numeric),
  NumericLessThanEquals: is(numeric),
  NumericGreaterThan: is(numeric),
  NumericGreaterThanEquals: is(numeric),
  DateEquals: is(date),
  DateNotEquals: isNot(date),
  DateLessThan: is(date),
  DateLessThanEquals: is(date),
  DateGreaterThan: is(date),
  DateGreaterThanEquals: is(date),
  Bool: is(bool),
  BinaryEquals: is(binary),
  IpAddress: is(ip),
  NotIpAddress: isNot(ip),
};
