import type { OperatorKind } from "../../model.ts";
import { matchArn } from "../arn.ts";
import { binary } from "./binary.ts";
import { bool } from "./bool.ts";
import { date } from "./date.ts";
import { ipAddress } from "./ip.ts";
import type { Match } from "./match.ts";
import { numeric } from "./numeric.ts";
import { string } from "./string.ts";

/** Null is not here: it asks for the key, not for its value. */
export const matches: Readonly<Record<Exclude<OperatorKind, "Null">, Match>> = {
  String: string,
  Numeric: numeric,
  Date: date,
  Bool: bool,
  Binary: binary,
  IpAddress: ipAddress,
  Arn: (value, pattern, scope, { negated }) => matchArn(pattern, value, scope, negated ? "unlike" : "like"),
};
