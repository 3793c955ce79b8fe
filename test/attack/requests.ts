import type { PolicyKind, Principal, Request } from "../../lib/policy/model.ts";
import { parsePrincipal } from "../../lib/policy/parse-principal.ts";
import { type Case, type Draft, listOf, statementsOf } from "./case.ts";
import type { Random } from "./random.ts";

interface KeyUse {
  readonly key: string;
  readonly values: Set<string>;
  /** The operators' names, without set prefix and IfExists. */
  readonly operators: Set<string>;
  /** Stands under an operator with a set prefix, and under one without. */
  set: boolean;
  single: boolean;
}

/** All that the documents of a case name: what requests are made of. */
export interface Vocabulary {
  readonly kind: PolicyKind;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly keys: readonly KeyUse[];
  /** Keys that variables stand for, with the defaults that stand beside them. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
}

export function vocabularyOf({ kind, first, second }: Case): Vocabulary {
  const documents = [first, second].flatMap((side) => [...side.documents, ...(side.boundary ?? [])]);
  const actions = new Set<string>();
  const resources = new Set<string>();
  const principals = new Set<string>();
  const keys = new Map<string, KeyUse>();
  const variables = new Map<string, string[]>();
  for (const statement of documents.flatMap(statementsOf)) {
    for (const text of textsOf(statement, "Action")) actions.add(text);
    for (const text of textsOf(statement, "Resource")) resources.add(text);
    for (const name of ["Principal", "NotPrincipal"]) addPrincipals(statement[name], principals);
    addKeys(statement, keys);
    for (const found of JSON.stringify(statement).matchAll(/\$\{([^},]+)(?:,\s*'([^']*)')?\}/g)) {
      const [, key = "", fallback] = found;
      if (/^[*?$]$/.test(key)) continue;
      const list = variables.get(key) ?? [];
      variables.set(key, fallback === undefined ? list : [...list, fallback]);
    }
  }
  return {
    kind,
    actions: [...actions],
    resources: [...resources],
    principals: [...principals],
    keys: [...keys.values()],
    variables,
  };
}

const textsOf = (statement: Draft, element: string): readonly string[] => [
  ...listOf(statement[element] as string | undefined),
  ...listOf(statement[`Not${element}`] as string | undefined),
];

function addPrincipals(written: unknown, into: Set<string>): void {
  if (typeof written !== "object" || written === null) return;
  for (const [type, ids] of Object.entries(written)) {
    for (const id of listOf(ids as string | readonly string[]))
      into.add(type === "AWS" ? id : `${type} ${id}`);
  }
}

function addKeys(statement: Draft, into: Map<string, KeyUse>): void {
  for (const [operator, keys] of Object.entries((statement["Condition"] ?? {}) as Record<string, object>)) {
    for (const [key, values] of Object.entries(keys)) {
      const use = into.get(key.toLowerCase()) ?? {
        key,
        values: new Set(),
        operators: new Set(),
        set: false,
        single: false,
      };
      for (const value of listOf(values as unknown)) use.values.add(String(value));
      use.operators.add(operator.replace(/^For\w+:|IfExists$/g, ""));
      use.set ||= operator.startsWith("For");
      use.single ||= !/^(?:For|Null)/.test(operator);
      into.set(key.toLowerCase(), use);
    }
  }
}

/** A request that lies at the edges of what the documents say: patterns filled in and bent by a letter, keys absent. */
export function makeRequest(vocabulary: Vocabulary, random: Random): Request {
  const principal = makePrincipal(vocabulary, random);
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, fallbacks] of vocabulary.variables) {
    if (random.chance(0.65))
      context[key] = random.pick([...fallbacks, "ann", "admin", "none", "a", "b", "111122223333"]);
  }
  const filled = new Map(Object.entries(context));
  const fill = (pattern: string) => fillPattern(pattern, filled, random);
  for (const use of vocabulary.keys) {
    const known = Object.keys(context).find((key) => key.toLowerCase() === use.key.toLowerCase());
    if (random.chance(0.3) || (known !== undefined && random.chance(0.5))) continue;
    if (known !== undefined) delete context[known];
    if (!use.set) context[use.key] = makeValue(use, fill, random);
    else if (isMixed(vocabulary, use)) context[use.key] = makeValue(use, fill, random) || "x";
    else
      context[use.key] = Array.from({ length: random.below(4) }, () => makeValue(use, fill, random) || "x");
  }
  // What AWS sets from who asks cannot differ from it.
  for (const key of Object.keys(context)) {
    if (principal === undefined || principal.type !== "AWS") continue;
    if (/^aws:principalarn$/i.test(key)) context[key] = principal.id;
    if (/^aws:principalaccount$/i.test(key)) context[key] = principal.id.split(":")[4] ?? "";
  }
  const action = makeAction(vocabulary, random);
  const resource = vocabulary.kind === "trust" ? undefined : makeResource(vocabulary, fill, random);
  return {
    ...(principal === undefined ? {} : { principal }),
    action,
    ...(resource === undefined ? {} : { resource }),
    context,
  };
}

/** A key under operators with and without a set prefix, or behind a variable, has one value. */
const isMixed = (vocabulary: Vocabulary, use: KeyUse): boolean =>
  use.single ||
  use.key.toLowerCase() === "sts:externalid" ||
  [...vocabulary.variables.keys()].some((key) => key.toLowerCase() === use.key.toLowerCase());

function makeAction({ actions, kind }: Vocabulary, random: Random): string {
  const common =
    kind === "trust"
      ? ["sts:AssumeRole", "sts:TagSession"]
      : ["s3:GetObject", "ec2:RunInstances", "iam:PassRole", "new:Action"];
  const pattern = actions.length === 0 || random.chance(0.08) ? random.pick(common) : random.pick(actions);
  let action = fillPattern(pattern, new Map(), random).replace(/[^A-Za-z0-9:_-]/g, "x");
  if (random.chance(0.1)) action = bend(action, random).replace(/[^A-Za-z0-9:_-]/g, "x");
  if (random.chance(0.1)) action = action.toUpperCase();
  return /^[^:]+:[^:]+$/.test(action) ? action : random.pick(common);
}

function makeResource({ resources }: Vocabulary, fill: (text: string) => string, random: Random): string {
  const common = [
    "*",
    "arn:aws:s3:::b/k",
    "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
    "arn:aws:iam::111122223333:role/x",
  ];
  let resource =
    resources.length === 0 || random.chance(0.08) ? random.pick(common) : fill(random.pick(resources));
  if (random.chance(0.25)) resource = bend(resource, random);
  if (resource === "*") return resource;
  // A request is about a whole ARN: six fields.
  return resource.split(":").length >= 6 && resource.startsWith("arn:") ? resource : random.pick(common);
}

function makePrincipal({ kind, principals }: Vocabulary, random: Random): Principal | undefined {
  if (kind === "identity") return undefined;
  const common = [
    "arn:aws:iam::111122223333:user/u",
    "arn:aws:iam::999988887777:role/stranger",
    "Service ec2.amazonaws.com",
    "Federated x.example",
  ];
  let id = principals.length === 0 || random.chance(0.25) ? random.pick(common) : random.pick(principals);
  const account = /^(\d{12})$|^arn:aws:iam::(\d{12}):root$/.exec(id);
  if (account !== null && random.chance(0.7))
    id = `arn:aws:iam::${account[1] ?? account[2]}:${random.pick(["role/a", "user/u", "role/p/q"])}`;
  const role = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(id);
  if (role !== null && random.chance(0.5)) id = `arn:aws:sts::${role[1]}:assumed-role/${role[2]}/s`;
  const [type = "", name] = id.split(" ");
  return (
    parsePrincipal(name === undefined ? id : { [type]: name }) ?? {
      type: "AWS",
      id: "arn:aws:iam::111122223333:user/u",
    }
  );
}

/** Variables take the value that the request has for them, wildcards some text. */
function fillPattern(
  pattern: string,
  variables: ReadonlyMap<string, string | readonly string[]>,
  random: Random,
): string {
  return pattern
    .replace(/\$\{([^},]*)(?:,\s*'([^']*)')?\}/g, (_, key: string, fallback?: string) => {
      if (/^[*?$]$/.test(key)) return `\u0001${key}`;
      const value = variables.get(key);
      return typeof value === "string" && random.chance(0.85)
        ? value
        : (fallback ?? random.pick(["ann", "admin", ""]));
    })
    .replace(/\u0001([*?$])|\*|\?/g, (mark, literal?: string) => {
      if (literal !== undefined) return random.chance(0.8) ? literal : "x";
      return mark === "?"
        ? random.pick(["a", "1", "/"])
        : random.pick(["", "", "a", "x", "a/b", "x:y", "admin", "1", "eu-west-1", "111122223333"]);
    });
}

/** One character more, less or other. */
function bend(text: string, random: Random): string {
  if (text === "") return "x";
  const at = random.below(text.length);
  return text.slice(0, at) + random.pick(["", "x", "a", "/", "A", ":"]) + text.slice(at + random.below(2));
}

function makeValue(use: KeyUse, fill: (text: string) => string, random: Random): string {
  const operator = random.pick([...use.operators]);
  const value = use.values.size === 0 ? "x" : random.pick([...use.values]);
  if (operator.startsWith("Numeric")) return nearNumber(value, random);
  if (operator.startsWith("Date")) return nearDate(value, random);
  if (operator.endsWith("IpAddress")) return nearAddress(value, random);
  if (operator === "Bool") return random.pick(["true", "false"]);
  if (operator === "BinaryEquals") return random.pick(["QUI=", "QUM=", "QUQ="]);
  if (operator === "Null") return plainValue(use, random);
  const text = fill(value);
  const bent = random.chance(0.25) ? bend(text, random) : text;
  if (!operator.startsWith("Arn")) return random.chance(0.1) ? bent.toUpperCase() : bent;
  return bent.split(":").length >= 6 && bent.startsWith("arn:")
    ? bent
    : "arn:aws:sns:eu-west-1:111122223333:t";
}

/** For a key that is only asked to be there: a value of the type that its name tells. */
function plainValue({ key }: KeyUse, random: Random): string {
  if (/ip$/i.test(key)) return "10.0.0.1";
  if (/arn$/i.test(key)) return "arn:aws:sns:eu-west-1:111122223333:t";
  return /max-keys|number|size/i.test(key) ? random.pick(["1", "10"]) : "x";
}

function nearNumber(value: string, random: Random): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return "1";
  return String(random.pick([number, number + 1, number - 1, number + 0.5]));
}

function nearDate(value: string, random: Random): string {
  const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(time)) return "2026-01-01T00:00:00Z";
  const near = time + random.pick([0, 1000, -1000, 86_400_000, -86_400_000]);
  return random.chance(0.8) ? new Date(near).toISOString() : String(Math.floor(near / 1000));
}

/** The first and last address of a range, and their neighbours outside. */
function nearAddress(value: string, random: Random): string {
  const [address = "", prefix] = value.split("/");
  if (address.includes(":")) {
    return random
      .pick([address.replace(/::$/, "::1"), "2001:db8:0:1::5", "2001:db8:0:2::5", "2001:db9::1", "::1"])
      .replace(/::$/, "::1");
  }
  const bytes = address.split(".").map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !(byte >= 0 && byte <= 255))) return "10.0.0.1";
  const start = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - Number(prefix ?? 32));
  const first = Math.floor(start / size) * size;
  const picked = Math.min(
    2 ** 32 - 1,
    Math.max(0, random.pick([first, first + size - 1, first - 1, first + size, first + random.below(size)])),
  );
  return [24, 16, 8, 0].map((shift) => Math.floor(picked / 2 ** shift) % 256).join(".");
}
