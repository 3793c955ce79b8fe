import type { Test } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import { readBoolean } from "../values/boolean.ts";
import type { Surroundings } from "./point.ts";

/** Whether a condition holds when the request lacks the key. */
export function whenAbsent(test: Test, { asked }: Surroundings): boolean {
  const { kind, set, ifExists, negated } = test.operator;
  if (kind === "Null") return isNullHit(test, true, asked);
  if (set === "ForAllValues") return true;
  if (set === "ForAnyValue") return ifExists && asked.ask("anyValueIfExists");
  return ifExists || negated;
}

/** Whether a condition holds for one value, given whether one of its own values matches it. */
export function whenOne(test: Test, hit: boolean | undefined, { asked }: Surroundings): boolean {
  const { kind, negated } = test.operator;
  return kind === "Null" ? isNullHit(test, false, asked) : (hit === true) !== negated;
}

/** Whether a Null condition holds. */
const isNullHit = ({ values }: Test, absent: boolean, asked: Asked): boolean =>
  values.some((text) => String(readBoolean(text) ?? asked.ask("nullLiteral")) === String(absent));
