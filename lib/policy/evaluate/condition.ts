import type { Condition, Operator } from "../model.ts";
import { openQuestions } from "../open-questions.ts";
import { readBoolean } from "../values/boolean.ts";
import { type Answer, agreed, every, not, some, unsure } from "./answer.ts";
import type { ContextValue } from "./context.ts";
import { matches } from "./operators/table.ts";
import type { Scope } from "./pattern.ts";

/** Whether the request satisfies one operator on one key. */
export function matchCondition({ operator, key, values }: Condition, scope: Scope): Answer {
  scope.spend(1);
  if (scope.context.clashes(key)) return unsure(`two tags differ only in the letter case of \`${key}\``);
  const value = scope.context.get(key);
  if (operator.kind === "Null") return matchNull(values, value);
  const match = matches[operator.kind];
  // Values of the policy are alternatives; under a negated operator none of them may match.
  const matchValue = (one: string): Answer => {
    const any = some(values, (pattern) => match(one, pattern, scope, operator));
    return operator.negated ? not(any) : any;
  };
  if (operator.set !== undefined) return matchSet(operator, value, matchValue);
  if (value === undefined) return operator.ifExists || operator.negated;
  if (typeof value === "string") return matchValue(value);
  return unsure(`\`${operator.name}\` without a set prefix on \`${key}\`, which has a list of values`);
}

/** `Null: true` asks that the key is absent, `Null: false` that it is there. */
function matchNull(wanted: readonly string[], value: ContextValue): Answer {
  if (value !== undefined && value.length === 0 && typeof value !== "string") {
    return unsure("`Null` on a key with an empty list of values");
  }
  return some(wanted, (text) => {
    const absent = readBoolean(text);
    if (absent === undefined) return unsure(openQuestions.nullLiteral);
    return absent === (value === undefined);
  });
}

function matchSet(
  { set, ifExists }: Operator,
  value: ContextValue,
  matchValue: (value: string) => Answer,
): Answer {
  const values = typeof value === "string" ? [value] : (value ?? []);
  if (values.length === 0 && set === "ForAnyValue" && ifExists) {
    return unsure(openQuestions.anyValueIfExists);
  }
  const overValues = set === "ForAllValues" ? every : some;
  const answer = overValues(values, matchValue);
  // AWS counts values that "resolve to a null data set, such as an empty string" as no values at all.
  if (!values.includes("")) return answer;
  return agreed(
    answer,
    overValues(
      values.filter((item) => item !== ""),
      matchValue,
    ),
    "a set operator on an empty text, which may count as no value",
  );
}
