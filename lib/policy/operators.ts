import { type Operator, type OperatorName, operatorKinds, operatorNames } from "./model.ts";

/**
 * Every spelling of an operator that AWS takes. One object per operator, so that equal operators are
 * the same object. Letter case counts; `Null` knows neither set prefix nor IfExists.
 */
const operators = new Map<string, Operator>();
for (const name of operatorNames) {
  const plain = readName(name);
  operators.set(name, plain);
  if (name === "Null") continue;
  operators.set(`${name}IfExists`, { ...plain, ifExists: true });
  for (const set of ["ForAllValues", "ForAnyValue"] as const) {
    operators.set(`${set}:${name}`, { ...plain, set });
    operators.set(`${set}:${name}IfExists`, { ...plain, set, ifExists: true });
  }
}

function readName(name: OperatorName): Operator {
  const kind = operatorKinds.find((one) => name.includes(one)) ?? "Null";
  const comparison = name.replace("Not", "").slice(kind.length);
  return { name, kind, comparison, negated: name.includes("Not"), ifExists: false };
}

/** Asks whether a key is there, not for its value. */
export const nullOperator: Operator = readName("Null");

/** The operator of this exact spelling, or undefined. */
export const findOperator = (text: string): Operator | undefined => operators.get(text);

/** Why a text is no operator, with the right spelling where only letter case is wrong. */
export function explainUnknownOperator(text: string): string {
  if (/^(?:For\w+:)?Null(?:IfExists)?$/.test(text)) return "`Null` takes neither a set prefix nor `IfExists`";
  const lower = text.toLowerCase();
  for (const known of operators.keys()) {
    if (known.toLowerCase() === lower) return `unknown operator: it is spelled \`${known}\``;
  }
  return "unknown operator";
}
