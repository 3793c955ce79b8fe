import type { Condition } from "../model.ts";
import { type Answer, agreed, every, not, some, unsure } from "./answer.ts";
import type { ContextValue } from "./context.ts";
import { parseBool } from "./operators/bool.ts";
import { type OperatorRow, operatorTable } from "./operators/table.ts";
import type { Scope } from "./pattern.ts";

/** Whether the request satisfies one operator on one key. */
export function matchCondition(condition: Condition, scope: Scope): Answer {
  const { operator, key } = condition;
  if (scope.context.clashes(key)) return unsure(`two tags differ only in the letter case of \`${key}\``);
  const value = scope.context.get(key);
  if (operator.name === "Null") return matchNull(condition.values, value);
  const row = operatorTable[operator.name];
  if (operator.set !== undefined) return matchSet(condition, operator.set, row, value, scope);
  if (value === undefined) return operator.ifExists || row.negated;
  if (typeof value === "string") return matchValue(row, value, condition.values, scope);
  return unsure(`\`${operator.name}\` without a set prefix on \`${key}\`, which has a list of values`);
}

/** Values of the policy are alternatives; under a negated operator none of them may match. */
function matchValue(row: OperatorRow, value: string, patterns: readonly string[], scope: Scope): Answer {
  const any = some(patterns, (pattern) => row.match(value, pattern, scope));
  return row.negated ? not(any) : any;
}

/** `Null: true` asks that the key is absent, `Null: false` that it is there. */
function matchNull(wanted: readonly string[], value: ContextValue): Answer {
  if (value !== undefined && value.length === 0 && typeof value !== "string") {
    return unsure("`Null` on a key with an empty list of values");
  }
  return some(wanted, (text) => {
    const absent = parseBool(text);
    if (absent === undefined) return unsure("a Null condition whose value is neither true nor false");
    return absent === (value === undefined);
  });
}

function matchSet(
  condition: Condition,
  set: "ForAllValues" | "ForAnyValue",
  row: OperatorRow,
  value: ContextValue,
  scope: Scope,
): Answer {
  const overValues = (values: readonly string[]): Answer => {
    const ask = (item: string): Answer => matchValue(row, item, condition.values, scope);
    return set === "ForAllValues" ? every(values, ask) : some(values, ask);
  };
  const values = typeof value === "string" ? [value] : (value ?? []);
  if (values.length === 0) {
    if (set === "ForAllValues") return true;
    if (condition.operator.ifExists) return unsure("`ForAnyValue` with `IfExists` on a key that is absent");
    return false;
  }
  // AWS counts values that "resolve to a null data set, such as an empty string" as no values at all.
  if (!values.includes("")) return overValues(values);
  const kept = values.filter((item) => item !== "");
  const empty = set === "ForAllValues";
  return agreed(
    overValues(values),
    kept.length === 0 ? empty : overValues(kept),
    "a set operator on an empty text, which may count as no value",
  );
}
