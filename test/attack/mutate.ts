import type { PolicyKind } from "../../lib/policy/model.ts";
import { type Draft, type Known, listOf, type Side, statementsOf } from "./case.ts";
import type { Json } from "./corpus.ts";
import { addCondition, makeStatement } from "./make.ts";
import type { Random } from "./random.ts";

/** What a change to a statement does to the requests that the statement is about. */
type Reach = "more" | "less";

interface Change {
  readonly statements: readonly Draft[];
  readonly reach: Reach;
  /** Whether the statement allows: more of a Deny is less of the policy. */
  readonly effect: unknown;
}

/** Changes one statement of a side in a way whose direction is known without comparing. Undefined where it does not apply. */
export function mutate(
  kind: PolicyKind,
  side: Side,
  random: Random,
  mutation: Mutation = random.pick(mutations),
): { name: string; side: Side; known: Known } | undefined {
  const index = random.below(side.documents.length);
  const document = side.documents[index];
  if (document === undefined) return undefined;
  const change = mutation.change(statementsOf(document), kind, random);
  if (change === undefined) return undefined;
  const changed: Json = { ...document, Statement: change.statements };
  const grows = (change.reach === "more") === (change.effect === "Allow");
  return {
    name: `${change.effect === "Allow" ? "in an Allow" : "in a Deny"}, ${mutation.name}`,
    side: { ...side, documents: side.documents.with(index, changed) },
    known: grows ? "first-within-second" : "second-within-first",
  };
}

export interface Mutation {
  readonly name: string;
  /** Undefined where it does not apply. */
  readonly change: (statements: readonly Draft[], kind: PolicyKind, random: Random) => Change | undefined;
}

/** A mutation of one statement picked at random. */
const ofOne = (
  name: string,
  change: (statement: Draft, random: Random) => { statement: Draft; reach: Reach } | undefined,
): Mutation => ({
  name,
  change: (statements, _, random) => {
    if (statements.length === 0) return undefined;
    const index = random.below(statements.length);
    const statement = statements[index] ?? {};
    const changed = change(statement, random);
    if (changed === undefined) return undefined;
    return {
      statements: statements.with(index, changed.statement),
      reach: changed.reach,
      effect: statement["Effect"],
    };
  },
});

/** A change to the list under `Action`, `Resource`; its negated form turns the reach around. */
const ofList = (
  name: string,
  element: "Action" | "Resource",
  change: (list: readonly string[], random: Random) => readonly string[],
  reach: Reach,
): Mutation =>
  ofOne(name, (statement, random) => {
    const key = statement[element] === undefined ? `Not${element}` : element;
    const list = listOf(statement[key] as string | readonly string[] | undefined);
    const changed = change(list, random);
    if (list.length === 0 || changed.length === 0 || changed === list) return undefined;
    const turned = key === element ? reach : reach === "more" ? "less" : "more";
    return { statement: { ...statement, [key]: changed }, reach: turned };
  });

const without = (list: readonly string[], random: Random): readonly string[] =>
  list.length < 2 ? list : list.toSpliced(random.below(list.length), 1);

const replaceOne = (
  list: readonly string[],
  random: Random,
  by: (text: string) => string,
): readonly string[] => {
  const index = random.below(list.length);
  return list.map((text, i) => (i === index ? by(text) : text));
};

/** A pattern that matches at least what it matched: cut short in its last field, which is where `*` may cross all. */
const widenResource = (list: readonly string[], random: Random): readonly string[] =>
  replaceOne(list, random, (text) => {
    if (text.split(":").length < 6 || random.chance(0.2)) return "*";
    const start = text.split(":", 5).join(":").length + 1;
    const cut = start + random.below(text.length - start + 1);
    return text.lastIndexOf("${", cut) > text.lastIndexOf("}", cut - 1) ? text : `${text.slice(0, cut)}*`;
  });

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const conditionsOf = (statement: Draft): Conditions => (statement["Condition"] ?? {}) as Conditions;

const positiveOperator = /^(?:ForA\w+:)?(?!.*Not|Null|Numeric|Date).*$/;

/** Every change whose direction is known. */
export const mutations: readonly Mutation[] = [
  ofOne("a condition is dropped", (statement, random) => {
    const condition = { ...conditionsOf(statement) };
    const operators = Object.keys(condition);
    if (operators.length === 0) return undefined;
    delete condition[random.pick(operators)];
    return { statement: { ...statement, Condition: condition }, reach: "more" };
  }),
  ofOne("a condition is added", (statement, random) => {
    const condition = structuredClone(conditionsOf(statement)) as Record<string, Record<string, unknown>>;
    addCondition(condition, random);
    return { statement: { ...statement, Condition: condition }, reach: "less" };
  }),
  ofOne("IfExists is put to an operator", (statement, random) => {
    const operators = Object.entries(conditionsOf(statement));
    const index = random.below(Math.max(1, operators.length));
    const [operator, keys] = operators[index] ?? [];
    if (operator === undefined || /IfExists|Null|ForAnyValue/.test(operator)) return undefined;
    if (operators.some(([other]) => other === `${operator}IfExists`)) return undefined;
    const condition = Object.fromEntries(operators.with(index, [`${operator}IfExists`, keys ?? {}]));
    return { statement: { ...statement, Condition: condition }, reach: "more" };
  }),
  ofOne("a value is taken from a condition", (statement, random) => {
    const operators = Object.entries(conditionsOf(statement)).filter(([name]) => positiveOperator.test(name));
    if (operators.length === 0) return undefined;
    const [operator, keys] = random.pick(operators);
    const [key, values] = random.pick(Object.entries(keys));
    const list = listOf(values as string | readonly string[]);
    const fewer = without(list, random);
    if (fewer === list) return undefined;
    const condition = { ...conditionsOf(statement), [operator]: { ...keys, [key]: fewer } };
    return { statement: { ...statement, Condition: condition }, reach: "less" };
  }),
  ofList("an action is taken away", "Action", without, "less"),
  ofList("a resource is taken away", "Resource", without, "less"),
  ofList(
    "an action is widened",
    "Action",
    (list, random) => replaceOne(list, random, (text) => `${text.slice(0, text.indexOf(":") + 1)}*`),
    "more",
  ),
  ofList("a resource is widened", "Resource", widenResource, "more"),
  {
    name: "the statement is deleted",
    change: (statements, _, random) => {
      if (statements.length < 2) return undefined;
      const index = random.below(statements.length);
      const effect = statements[index]?.["Effect"];
      return { statements: statements.toSpliced(index, 1), reach: "less", effect };
    },
  },
  {
    name: "the statement is added",
    change: (statements, kind, random) => {
      const added = makeStatement(kind, random);
      return { statements: [...statements, added], reach: "more", effect: added["Effect"] };
    },
  },
];
