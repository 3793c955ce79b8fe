import { type Draft, listOf, type Side, statementsOf } from "./case.ts";
import type { Json } from "./corpus.ts";
import type { Random } from "./random.ts";

export interface Rewrite {
  readonly name: string;
  /** The statements in other words; the same array where it does not apply. */
  readonly statements: (statements: readonly Draft[], random: Random) => readonly Draft[];
}

/** Says a side in other words, a few times over: it must mean the same. */
export function rewrite(side: Side, random: Random): { readonly name: string; readonly side: Side } {
  let documents = side.documents;
  const names: string[] = [];
  for (let turn = 1 + random.below(4); turn > 0; turn--) {
    const { name, statements } = random.pick(rewrites);
    names.push(name);
    documents = documents.map(
      (document): Json => ({ ...document, Statement: statements(statementsOf(document), random) }),
    );
  }
  if (random.chance(0.2)) {
    names.push("spread over documents");
    documents = documents.flatMap((document) =>
      statementsOf(document).map((statement): Json => ({ ...document, Statement: statement })),
    );
  }
  return { name: names.join(", "), side: { ...side, documents } };
}

/** Applies to each statement for itself: one statement becomes some. */
const each = (name: string, change: (statement: Draft, random: Random) => readonly Draft[]): Rewrite => ({
  name,
  statements: (statements, random) => statements.flatMap((statement) => change(statement, random)),
});

const splitList =
  (element: string) =>
  (statement: Draft, random: Random): readonly Draft[] => {
    const list = listOf(statement[element] as unknown);
    if (list.length < 2) return [statement];
    const at = 1 + random.below(list.length - 1);
    return [
      { ...statement, [element]: list.slice(0, at) },
      { ...statement, [element]: list.slice(at) },
    ];
  };

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const conditionsOf = (statement: Draft): Conditions => (statement["Condition"] ?? {}) as Conditions;

const keysOf = (statement: Draft): readonly string[] =>
  Object.values(conditionsOf(statement)).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));

/** The statement twice, under a condition and under what is left when it does not hold. */
const bothWays =
  (key: string, one: Conditions, other: Conditions) =>
  (statement: Draft): readonly Draft[] => {
    if (keysOf(statement).includes(key.toLowerCase())) return [statement];
    const under = (more: Conditions): Draft => {
      const condition: Record<string, unknown> = { ...conditionsOf(statement) };
      for (const [operator, keys] of Object.entries(more)) {
        condition[operator] = { ...(condition[operator] as object | undefined), ...keys };
      }
      return { ...statement, Condition: condition };
    };
    return [under(one), under(other)];
  };

const flipCase = (text: string, random: Random): string =>
  text.replace(/[a-z]/gi, (letter) =>
    random.chance(0.3)
      ? letter === letter.toLowerCase()
        ? letter.toUpperCase()
        : letter.toLowerCase()
      : letter,
  );

/** The name of a condition key, but for a tag's own key: what its letter case means is told differently. */
const flipName = (key: string, random: Random): string => {
  const slash = key.indexOf("/");
  return slash < 0 ? flipCase(key, random) : flipCase(key.slice(0, slash), random) + key.slice(slash);
};

/** Every way of saying the same in other words. */
export const rewrites: readonly Rewrite[] = [
  { name: "reordered", statements: (statements, random) => random.shuffle(statements) },
  {
    name: "said twice",
    statements: (statements, random) =>
      statements.length === 0 ? statements : [...statements, random.pick(statements)],
  },
  each("actions split", splitList("Action")),
  each("resources split", splitList("Resource")),
  each("lists reordered", (statement, random) => [
    Object.fromEntries(
      Object.entries(statement).map(([name, value]) => [
        name,
        Array.isArray(value) ? random.shuffle(value) : value,
      ]),
    ),
  ]),
  each("lists of one", (statement) => [
    Object.fromEntries(
      Object.entries(statement).map(([name, value]) => {
        if (!/Action|Resource/.test(name)) return [name, value];
        return [name, Array.isArray(value) && value.length === 1 ? value[0] : listOf(value)];
      }),
    ),
  ]),
  each("letter case of actions", (statement, random) => [
    Object.fromEntries(
      Object.entries(statement).map(([name, value]) =>
        /Action/.test(name)
          ? [name, listOf(value as string).map((text) => flipCase(text, random))]
          : [name, value],
      ),
    ),
  ]),
  each("letter case of keys", (statement, random) => {
    if (statement["Condition"] === undefined) return [statement];
    const condition = Object.entries(conditionsOf(statement)).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [flipName(key, random), value])),
    ]);
    return [{ ...statement, Condition: Object.fromEntries(condition) }];
  }),
  each("the account for its root", (statement) => {
    const principal = statement["Principal"];
    if (typeof principal !== "object" || principal === null) return [statement];
    const aws = listOf((principal as { AWS?: string | string[] }).AWS).map((id) => {
      const account = /^arn:aws:iam::(\d{12}):root$/.exec(id)?.[1];
      return account ?? (/^\d{12}$/.test(id) ? `arn:aws:iam::${id}:root` : id);
    });
    return aws.length === 0 ? [statement] : [{ ...statement, Principal: { ...principal, AWS: aws } }];
  }),
  each("more stars than needed", (statement) => [
    statement["Resource"] === undefined
      ? statement
      : {
          ...statement,
          Resource: listOf(statement["Resource"] as string).map((text) => text.replace(/(?<!\$\{)\*/g, "**")),
        },
  ]),
  each(
    "with a key and without",
    bothWays(
      "aws:ViaAWSService",
      { Null: { "aws:ViaAWSService": "true" } },
      { Null: { "aws:ViaAWSService": "false" } },
    ),
  ),
  each(
    "equal to a value and not equal",
    bothWays(
      "aws:userid",
      { StringEquals: { "aws:userid": ["x", "y"] } },
      { StringNotEquals: { "aws:userid": ["y", "x"] } },
    ),
  ),
  each(
    "like a pattern and not like it",
    bothWays(
      "aws:Referer",
      { StringLike: { "aws:Referer": "a*b?" } },
      { StringNotLike: { "aws:Referer": "a*b?" } },
    ),
  ),
  each(
    "inside a range of addresses and outside",
    bothWays(
      "aws:VpcSourceIp",
      { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/9" } },
      { NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/9" } },
    ),
  ),
  each(
    "below a number and not below",
    bothWays(
      "s3:TlsVersion",
      { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      { NumericGreaterThanEqualsIfExists: { "s3:TlsVersion": "1.2" } },
    ),
  ),
  each(
    "all values among some and one value not",
    bothWays(
      "x:Values",
      { "ForAllValues:StringEquals": { "x:Values": ["a", "b"] } },
      { "ForAnyValue:StringNotEquals": { "x:Values": ["b", "a"] } },
    ),
  ),
  each("ends and what goes on", (statement, random) => [
    Object.fromEntries(
      Object.entries(statement).map(([name, value]) =>
        /^(?:Action|Resource)$/.test(name)
          ? [
              name,
              listOf(value as string).flatMap((text) =>
                /[\w/-]\*$/.test(text) && /^arn:(?:[^:]*:){4}|^[^:*?]+:/.test(text) && random.chance(0.5)
                  ? [text.slice(0, -1), `${text.slice(0, -1)}?*`]
                  : [text],
              ),
            ]
          : [name, value],
      ),
    ),
  ]),
  each("values spelled otherwise", (statement, random) => {
    if (statement["Condition"] === undefined) return [statement];
    const spell = (operator: string, value: unknown): unknown => {
      const text = String(value);
      if (operator.startsWith("Numeric") && /^\d{1,9}$/.test(text))
        return random.pick([`${text}.0`, `0${text}`, Number(text)]);
      if (operator.includes("IpAddress"))
        return text.includes("/") || text.includes(":") ? text.toUpperCase() : `${text}/32`;
      if (operator.startsWith("Date") && text.endsWith("T00:00:00Z")) return text.slice(0, 10);
      return /^(?:Bool|Null)/.test(operator) ? random.pick([text, text.toUpperCase()]) : value;
    };
    const condition = Object.entries(conditionsOf(statement)).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [
          key,
          listOf(values).map((value) => spell(operator, value)),
        ]),
      ),
    ]);
    return [{ ...statement, Condition: Object.fromEntries(condition) }];
  }),
  each(
    "before a moment and not before, or with no moment",
    bothWays(
      "aws:TokenIssueTime",
      { DateLessThan: { "aws:TokenIssueTime": "2026-01-01" } },
      { DateGreaterThanEqualsIfExists: { "aws:TokenIssueTime": "1767225600" } },
    ),
  ),
  each(
    "true, and false or absent",
    bothWays(
      "aws:MultiFactorAuthPresent",
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      { BoolIfExists: { "aws:MultiFactorAuthPresent": false } },
    ),
  ),
  each(
    "some tag among these, and none of them",
    bothWays(
      "aws:TagKeys",
      { "ForAnyValue:StringLike": { "aws:TagKeys": ["a*", "b"] } },
      { "ForAllValues:StringNotLike": { "aws:TagKeys": ["b", "a*"] } },
    ),
  ),
];
