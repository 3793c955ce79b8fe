import type { Condition, Request, Statement } from "../model.ts";
import { examples, plausibleText } from "../witness/plausible.ts";

/** Values that likely meet the conditions of a statement; whether they do, the evaluator says. */
export function likelyContext({ conditions }: Statement): Request["context"] {
  const values = conditions.flatMap((condition) => {
    const value = likelyValue(condition);
    if (value === undefined) return [];
    return [[condition.key, condition.operator.set === undefined ? value : [value]] as const];
  });
  return Object.fromEntries(values);
}

function likelyValue({ operator: { name }, values: [value = ""] }: Condition): string | undefined {
  if (name === "Null") return value === "false" ? examples.name : undefined;
  if (name.includes("Not")) return undefined;
  if (name.startsWith("NumericLess")) return "0";
  if (name.startsWith("DateLess")) return "1970-01-02T00:00:00Z";
  if (name.startsWith("DateGreater")) return "2100-01-01T00:00:00Z";
  if (name.startsWith("NumericGreater")) return `${value}0`;
  if (name === "IpAddress") return value.replace(/\/.*/, "");
  return name.includes("Like") || name.startsWith("Arn") ? plausibleText(value) : value;
}
