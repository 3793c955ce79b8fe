import { type Operator, operatorNames } from "./model.ts";

const setPrefixes = [undefined, "ForAllValues", "ForAnyValue"] as const;

/**
 * Every spelling of an operator that AWS takes. One object per operator, so that equal operators are
 * the same object. Letter case counts; `Null` knows neither set prefix nor IfExists.
 */
const operators: ReadonlyMap<string, Operator> = new Map(
  operatorNames.flatMap((name) => {
    if (name === "Null") return [[name, { name, ifExists: false }]];
    return setPrefixes.flatMap((set) =>
      [false, true].map((ifExists): [string, Operator] => {
        const operator = set === undefined ? { name, ifExists } : { name, set, ifExists };
        return [formatOperator(operator), operator];
      }),
    );
  }),
);

/** `ForAnyValue:StringLikeIfExists`: the operator as a policy writes it. */
function formatOperator(operator: Operator): string {
  const prefix = operator.set === undefined ? "" : `${operator.set}:`;
  return `${prefix}${operator.name}${operator.ifExists ? "IfExists" : ""}`;
}

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
