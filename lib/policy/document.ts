import { codeSpan } from "../model/code-span.ts";
import { pointerStep } from "./json-text.ts";
import type {
  Condition,
  Matcher,
  Parsed,
  Policy,
  PolicyError,
  PolicyKind,
  PolicyVersion,
  PrincipalPattern,
  Statement,
} from "./model.ts";
import { explainUnknownOperator, findOperator } from "./operators.ts";
import { isPrincipalType, parsePrincipalPattern, principalTypes } from "./parse-principal.ts";
import { readJson } from "./read-json.ts";

export interface ParseOptions {
  /** Adds the rules of the kind: a trust policy names principals and no resources, an identity policy the reverse. */
  readonly kind?: PolicyKind;
  /** What a bare account id belongs to; `aws` when not given. */
  readonly partition?: string;
}

/** Past it a document is only wrong, not more interesting. */
const maxErrors = 50;

/**
 * A policy document, checked and brought into one form: from JSON text (percent-encoded or not) or from
 * its parsed value. Never throws. Errors are all that is wrong, each with its place.
 *
 * INVARIANT: an error quotes names of elements, operators and keys, never a condition's value: one of
 * them may be an ExternalId.
 */
export function parseDocument(source: unknown, options: ParseOptions = {}): Parsed {
  let value = source;
  if (typeof source === "string") {
    const read = readJson(source);
    if (!read.ok) return { ok: false, errors: [read.error] };
    value = read.value;
  }
  const reader = new DocumentReader(options);
  const policy = reader.policy(value);
  return reader.errors.length > 0 ? { ok: false, errors: reader.errors } : { ok: true, policy };
}

type Elements = ReadonlyMap<string, unknown>;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const policyElements = ["Version", "Id", "Statement"];
const statementElements = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

class DocumentReader {
  readonly errors: PolicyError[] = [];
  readonly #kind: PolicyKind | undefined;
  readonly #partition: string;
  #version: PolicyVersion = "2008-10-17";

  constructor(options: ParseOptions) {
    this.#kind = options.kind;
    this.#partition = options.partition ?? "aws";
  }

  #fail(place: string, message: string): void {
    if (this.errors.length < maxErrors) this.errors.push({ place, message });
  }

  policy(value: unknown): Policy {
    const statements: Statement[] = [];
    if (!isObject(value)) this.#fail("", "is not a JSON object");
    else {
      const elements = this.#elements(value, policyElements, "");
      this.#version = this.#oneOf(elements, "Version", "", "2012-10-17", "2008-10-17") ?? this.#version;
      this.#text(elements, "Id", "");
      const written = elements.get("Statement");
      if (written === undefined) this.#fail("", "has no `Statement`");
      else if (Array.isArray(written)) {
        for (const [index, item] of written.entries()) {
          this.#statement(item, `/Statement/${index}`, statements);
        }
      } else this.#statement(written, "/Statement", statements);
    }
    return { version: this.#version, statements };
  }

  /** What an object of the document holds, by name. */
  #elements(value: object, known: readonly string[], place: string): Elements {
    const elements = new Map<string, unknown>(Object.entries(value));
    for (const key of elements.keys()) {
      if (known.includes(key)) continue;
      const right = known.find((name) => name.toLowerCase() === key.toLowerCase());
      const hint = right === undefined ? "" : `: it is spelled \`${right}\``;
      this.#fail(place + pointerStep(key), `unknown element${hint}`);
    }
    return elements;
  }

  #text(elements: Elements, name: string, place: string): string | undefined {
    const written = elements.get(name);
    if (typeof written === "string") return written;
    if (written !== undefined) this.#fail(`${place}/${name}`, "is not a text");
    return undefined;
  }

  #oneOf<T extends string>(elements: Elements, name: string, place: string, one: T, other: T): T | undefined {
    const written = elements.get(name);
    if (written === one) return one;
    if (written === other) return other;
    if (written !== undefined) this.#fail(`${place}/${name}`, `is neither \`${one}\` nor \`${other}\``);
    return undefined;
  }

  #statement(value: unknown, place: string, into: Statement[]): void {
    if (!isObject(value)) {
      this.#fail(place, "a statement is a JSON object");
      return;
    }
    const elements = this.#elements(value, statementElements, place);
    const sid = this.#text(elements, "Sid", place);
    if (elements.get("Effect") === undefined) this.#fail(place, "has no `Effect`");
    const effect = this.#oneOf(elements, "Effect", place, "Allow", "Deny") ?? "Allow";
    const actions = this.#actions(elements, place);
    const resources = this.#resources(elements, place);
    const principals = this.#principals(elements, place);
    const conditions = this.#conditions(elements.get("Condition"), `${place}/Condition`);
    into.push({ sid, effect, actions, resources, principals, conditions, place });
  }

  /** The element `name` or its `Not…` form; undefined when neither stands there. */
  #either(
    elements: Elements,
    name: string,
    place: string,
  ): { not: boolean; written: unknown; at: string } | undefined {
    const plain = elements.get(name);
    const negated = elements.get(`Not${name}`);
    if (plain !== undefined && negated !== undefined) {
      this.#fail(place, `has both \`${name}\` and \`Not${name}\``);
    }
    if (plain !== undefined) return { not: false, written: plain, at: `${place}/${name}` };
    if (negated !== undefined) return { not: true, written: negated, at: `${place}/Not${name}` };
    return undefined;
  }

  /** A text or a list of texts, as a list. An empty negated list would mean everything: it is refused. */
  #texts(written: unknown, at: string, not: boolean): readonly string[] {
    if (typeof written === "string") return [written];
    if (!Array.isArray(written)) {
      this.#fail(at, "is neither a text nor a list of texts");
      return [];
    }
    if (written.length === 0 && not) this.#fail(at, "is empty");
    return written.filter((item: unknown, index): item is string => {
      if (typeof item === "string") return true;
      this.#fail(`${at}/${index}`, "is not a text");
      return false;
    });
  }

  #actions(elements: Elements, place: string): Matcher<string> {
    const element = this.#either(elements, "Action", place);
    if (element === undefined) {
      this.#fail(place, "has neither `Action` nor `NotAction`");
      return { not: false, patterns: [] };
    }
    const { not, written, at } = element;
    const patterns = this.#texts(written, at, not);
    for (const pattern of patterns) {
      // AWS has stored actions with a space (`ReadOnlyAccess` v61, `AdministratorAccess-Amplify` v1): the evaluator
      // is unsure of those.
      if (/^ *(?:\*+|[\w*?.-]+ *: *[\w*?.-]+) *$/.test(pattern)) continue;
      this.#fail(at, `${quote(pattern)} is not an action: those are \`service:Name\` or \`*\``);
    }
    return { not, patterns };
  }

  #resources(elements: Elements, place: string): Matcher<string> | undefined {
    const element = this.#either(elements, "Resource", place);
    if (element === undefined) {
      if (this.#kind === "identity") this.#fail(place, "has neither `Resource` nor `NotResource`");
      return undefined;
    }
    const { not, written, at } = element;
    if (this.#kind === "trust") this.#fail(at, "a trust policy is about its role: it cannot name resources");
    const patterns = this.#texts(written, at, not);
    for (const pattern of patterns) {
      if (pattern === "") this.#fail(at, "an empty resource");
      else if (this.#kind === "identity" && !/^(?:\*+$|arn:)/.test(pattern)) {
        this.#fail(at, `${quote(pattern)} is neither an ARN nor \`*\``);
      }
      this.#checkVariables(pattern, at);
    }
    return { not, patterns };
  }

  #principals(elements: Elements, place: string): Matcher<PrincipalPattern> | undefined {
    const element = this.#either(elements, "Principal", place);
    if (element === undefined) {
      if (this.#kind === "trust" || this.#kind === "resource") this.#fail(place, "has no `Principal`");
      return undefined;
    }
    const { not, written, at } = element;
    if (this.#kind === "identity") {
      this.#fail(at, "an identity policy is about whoever carries it: it cannot name principals");
    }
    if (not && this.#kind === "trust") this.#fail(at, "a trust policy cannot have `NotPrincipal`");
    if (written === "*") return { not, patterns: [{ type: "everyone" }] };
    const patterns: PrincipalPattern[] = [];
    if (!isObject(written)) {
      this.#fail(at, `is neither \`*\` nor an object of ${principalTypes.map((t) => `\`${t}\``).join(", ")}`);
      return { not, patterns };
    }
    for (const [type, ids] of Object.entries(written)) {
      const here = at + pointerStep(type);
      if (!isPrincipalType(type)) {
        this.#fail(here, "unknown type of principal");
        continue;
      }
      for (const id of this.#texts(ids, here, not)) {
        const pattern = parsePrincipalPattern(type, id, this.#partition);
        if (typeof pattern === "string") this.#fail(here, `${quote(id)}: ${pattern}`);
        else patterns.push(pattern);
      }
    }
    if (not && patterns.length === 0) this.#fail(at, "is empty");
    return { not, patterns };
  }

  #conditions(written: unknown, place: string): readonly Condition[] {
    const conditions: Condition[] = [];
    if (written === undefined) return conditions;
    for (const [name, keys] of this.#members(written, place, "is not an object of operators")) {
      const at = place + pointerStep(name);
      const operator = findOperator(name);
      if (operator === undefined) {
        this.#fail(at, explainUnknownOperator(name));
        continue;
      }
      const seen = new Set<string>();
      for (const [key, values] of this.#members(keys, at, "is not an object of condition keys")) {
        const here = at + pointerStep(key);
        if (!/^[^:\s]+:\S/.test(key)) this.#fail(here, "is not a condition key: those are `service:Name`");
        const lower = key.toLowerCase();
        if (seen.has(lower)) this.#fail(here, "stands twice, in different letter case");
        seen.add(lower);
        conditions.push({ operator, key, values: this.#values(values, here) });
      }
    }
    return conditions;
  }

  #members(written: unknown, at: string, otherwise: string): readonly (readonly [string, unknown])[] {
    if (isObject(written)) return Object.entries(written);
    this.#fail(at, otherwise);
    return [];
  }

  #values(written: unknown, at: string): readonly string[] {
    const list: readonly unknown[] = Array.isArray(written) ? written : [written];
    if (list.length === 0) this.#fail(at, "has no value: what that means is not documented");
    return list.flatMap((value, index) => {
      const here = Array.isArray(written) ? `${at}/${index}` : at;
      if (typeof value === "string") {
        this.#checkVariables(value, here);
        return [value];
      }
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        this.#fail(here, "a number too large for JSON readers to keep: write it as a text");
      }
      if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) {
        return [String(value)];
      }
      this.#fail(here, "is neither a text, a number nor a boolean");
      return [];
    });
  }

  /** Without variables (`2008-10-17`) a `${` is text like any other. */
  #checkVariables(text: string, at: string): void {
    if (this.#version !== "2012-10-17" || !text.includes("${")) return;
    for (const [, inner = "", end] of text.matchAll(/\$\{([^}]*)(\}?)/g)) {
      if (end === "" || inner.includes("${")) this.#fail(at, "a policy variable lacks its `}`");
      else if (inner.trim() === "") this.#fail(at, "an empty policy variable");
      else if (variable.test(inner)) continue;
      else
        this.#fail(at, "a policy variable is `${key}`, `${key, 'default'}` or one of `${*}`, `${?}`, `${$}`");
      return;
    }
  }
}

/** What may stand between the braces of a policy variable. */
const variable = /^(?:[*?$]|[^\s,'${}]+(?: [^\s,'${}]+)*(?:\s*,\s*'[^']*')?)$/;

/** A hostile text made fit to stand in a message. */
const quote = (text: string): string => codeSpan(text.length > 80 ? `${text.slice(0, 77)}…` : text);
