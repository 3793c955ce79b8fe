import { isCharacter, replaceVariables } from "../glob/template.ts";
import type { Condition, Request, Statement } from "../model.ts";
import { examples, freshValues, plausibleText } from "../witness/plausible.ts";

type Context = Request["context"];

/**
 * Values that likely meet the conditions of a statement; whether they do, the evaluator says. With policy
 * variables in them: first such in which the variables stand for something, then the texts as they are written.
 */
export function likelyContexts({ conditions }: Statement): readonly Context[] {
  const asIs = contextOf(conditions, (text) => text);
  const filled = new Map<string, string>();
  const fill = (text: string): string =>
    replaceVariables(text, (key, fallback) => {
      if (fallback !== undefined) return fallback;
      if (isCharacter(key)) return key;
      const asked = Object.hasOwn(asIs, key) ? asIs[key] : undefined;
      const [value = examples.name] = [asked ?? freshValues(key)].flat();
      filled.set(key, value);
      return value;
    });
  const context = contextOf(conditions, fill);
  return filled.size === 0 ? [context] : [{ ...Object.fromEntries(filled), ...context }, asIs];
}

function contextOf(conditions: readonly Condition[], fill: (text: string) => string): Context {
  // Another operator on a key knows more of its value than a Null.
  const nullsFirst = conditions.toSorted((a, b) => Number(isNull(b)) - Number(isNull(a)));
  const values = nullsFirst.flatMap((condition) => {
    const value = likelyValue(condition, fill);
    if (value === undefined) return [];
    return [[condition.key, condition.operator.set === undefined ? value : [value]] as const];
  });
  return Object.fromEntries(values);
}

const isNull = ({ operator }: Condition): boolean => operator.name === "Null";

function likelyValue(
  { operator: { name }, values: [written = ""] }: Condition,
  fill: (text: string) => string,
): string | undefined {
  const value = fill(written);
  if (name === "Null") return value === "false" ? examples.name : undefined;
  if (name.includes("Not")) return undefined;
  if (name.startsWith("NumericLess")) return "0";
  if (name.startsWith("DateLess")) return "1970-01-02T00:00:00Z";
  if (name.startsWith("DateGreater")) return "2100-01-01T00:00:00Z";
  if (name.startsWith("NumericGreater")) return `1${value}`;
  if (name === "IpAddress") return value.replace(/\/.*/, "");
  return name.includes("Like") || name.startsWith("Arn") ? plausibleText(value) : value;
}
