import { type Draft, listOf, type Side, statementsOf } from "./case.ts";
import type { Json } from "./corpus.ts";
import type { Random } from "./random.ts";

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Changes one operator, value or pattern of a side a little: the rest is the same, so all hangs on that. */
export function tweak(side: Side, random: Random): Side {
  const index = random.below(side.documents.length);
  const document = side.documents[index] ?? {};
  const statements = statementsOf(document);
  if (statements.length === 0) return side;
  const at = random.below(statements.length);
  const statement = statements[at] ?? {};
  const changed = random.chance(0.15)
    ? inShape(statement, random)
    : statement["Condition"] !== undefined && random.chance(0.6)
      ? inCondition(statement, random)
      : inPattern(statement, random);
  const tweaked: Json = { ...document, Statement: statements.with(at, changed) };
  return { ...side, documents: side.documents.with(index, tweaked) };
}

/** Operators that differ in one point: an end that counts or not, case, wildcards, negation. */
const siblings: readonly (readonly string[])[] = [
  ["StringEquals", "StringLike", "StringEqualsIgnoreCase", "StringNotEquals"],
  ["StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase", "StringLike"],
  ["NumericLessThan", "NumericLessThanEquals", "NumericNotEquals", "NumericGreaterThan"],
  ["NumericGreaterThan", "NumericGreaterThanEquals", "NumericEquals"],
  ["DateLessThan", "DateLessThanEquals", "DateNotEquals"],
  ["DateGreaterThan", "DateGreaterThanEquals", "DateEquals"],
  ["IpAddress", "NotIpAddress"],
  ["ArnLike", "ArnNotLike", "ArnEquals", "StringLike"],
];

/** The statement turned around: an exception for a list, the other effect, a list with nothing in it. */
function inShape(statement: Draft, random: Random): Draft {
  if (random.chance(0.25))
    return { ...statement, Effect: statement["Effect"] === "Allow" ? "Deny" : "Allow" };
  const element = random.pick(["Action", "Resource"]);
  const list = listOf(statement[element] as string | undefined);
  if (list.length > 0 && random.chance(0.3)) return { ...statement, [element]: [] };
  const turned = Object.entries(statement).map(([name, value]): [string, unknown] =>
    name === element ? [`Not${name}`, value] : name === `Not${element}` ? [element, value] : [name, value],
  );
  return Object.fromEntries(turned);
}

function inCondition(statement: Draft, random: Random): Draft {
  const operators = Object.entries(statement["Condition"] as Conditions);
  if (operators.length === 0) return statement;
  const index = random.below(operators.length);
  const [operator, keys] = operators[index] as [string, Readonly<Record<string, unknown>>];
  const [, set = "", name = "", ifExists = ""] = /^(For\w+:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  if (random.chance(0.5)) {
    const family = siblings.filter((each) => each.includes(name));
    const other = family.length === 0 ? name : random.pick(random.pick(family));
    const exists =
      name === "Null" || set === "ForAnyValue:" ? "" : random.chance(0.3) ? "IfExists" : ifExists;
    const prefix =
      set !== "" && exists === "" && random.chance(0.3)
        ? random.pick(["ForAllValues:", "ForAnyValue:"])
        : set;
    return {
      ...statement,
      Condition: Object.fromEntries(operators.with(index, [`${prefix}${other}${exists}`, keys])),
    };
  }
  const [key, values] = random.pick(Object.entries(keys));
  const list = listOf(values as unknown).map(String);
  const which = random.below(list.length);
  const value = list[which] ?? "";
  const near = nearValue(name, value, random);
  const tweaked = operators.with(index, [operator, { ...keys, [key]: list.with(which, near) }]);
  return { ...statement, Condition: Object.fromEntries(tweaked) };
}

function nearValue(name: string, value: string, random: Random): string {
  if (/^(?:Bool|Null)$/.test(name)) return /^true$/i.test(value) ? "false" : "true";
  if (name.startsWith("Numeric")) return String(Number(value) + random.pick([1, -1, 0.5]));
  if (name.startsWith("Date"))
    return /^\d+$/.test(value) ? String(Number(value) + 1) : "2026-06-01T00:00:01Z";
  if (name.endsWith("IpAddress"))
    return value.includes(":")
      ? "2001:db8::/33"
      : `${value.split("/")[0]}/${random.pick(["9", "15", "17", "31"])}`;
  return name === "BinaryEquals" ? "QUQ=" : nearPattern(value, random);
}

function inPattern(statement: Draft, random: Random): Draft {
  const elements = ["Action", "NotAction", "Resource", "NotResource"].filter(
    (name) => statement[name] !== undefined,
  );
  const element = random.pick(elements);
  const list = listOf(statement[element] as string | readonly string[]);
  if (list.length === 0) return statement;
  const which = random.below(list.length);
  const text = list[which] ?? "";
  const near = element.endsWith("Action") && !text.includes(":") ? "s3:*" : nearPattern(text, random);
  return { ...statement, [element]: list.with(which, near) };
}

/** A wildcard for a letter, a letter for a wildcard, a letter more or less; variables stay whole. */
function nearPattern(text: string, random: Random): string {
  const parts = text.match(/\$\{[^}]*\}|./gs) ?? [];
  const places = [...parts.keys()].filter((index) => index > 3);
  if (places.length === 0) return text === "*" ? "arn:aws:s3:::*" : text;
  const at = random.pick(places);
  return [
    ...parts.slice(0, at),
    random.pick(["*", "?", "a", "", "*a", "/", "*:"]),
    ...parts.slice(at + random.below(2)),
  ].join("");
}
