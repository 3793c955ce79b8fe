import type { OperatorKind } from "../model.ts";
import { binary } from "./binary.ts";
import { bool } from "./bool.ts";
import { date } from "./date.ts";
import { ip } from "./ip.ts";
import { numeric } from "./numeric.ts";
import type { Family } from "./point.ts";
import { string } from "./string.ts";

/** Null has none: it asks whether the key is there, not for its value. */
export const families: Readonly<Record<OperatorKind, Family | undefined>> = {
  String: string,
  Arn: string,
  Numeric: numeric,
  Date: date,
  Bool: bool,
  Binary: binary,
  IpAddress: ip,
  Null: undefined,
};
