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

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const policyElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
]);

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
    if (!isObject(value)) {
      this.#fail("", "is not a JSON object");
      return { version: this.#version, statements };
    }
    this.#onlyKnown(value, policyElements, "");
    const version = own(value, "Version");
    if (version === "2012-10-17" || version === "2008-10-17") this.#version = version;
    else if (version !== undefined) this.#fail("/Version", "is neither `2012-10-17` nor `2008-10-17`");
    const id = own(value, "Id");
    if (id !== undefined && typeof id !== "string") this.#fail("/Id", "is not a text");
    const written = own(value, "Statement");
    if (Array.isArray(written)) {
      written.forEach((item: unknown, index) => {
        this.#statement(item, `/Statement/${index}`, statements);
      });
    } else if (written === undefined) this.#fail("", "has no `Statement`");
    else this.#statement(written, "/Statement", statements);
    return { version: this.#version, statements };
  }

  #onlyKnown(value: Json, known: ReadonlySet<string>, place: string): void {
    for (const key of Object.keys(value)) {
      if (known.has(key)) continue;
      const right = [...known].find((name) => name.toLowerCase() === key.toLowerCase());
      const hint = right === undefined ? "" : `: it is spelled \`${right}\``;
      this.#fail(place + pointerStep(key), `unknown element${hint}`);
    }
  }

  #statement(value: unknown, place: string, into: Statement[]): void {
    if (!isObject(value)) {
      this.#fail(place, "a statement is a JSON object");
      return;
    }
    this.#onlyKnown(value, statementElements, place);
    const sid = own(value, "Sid");
    if (sid !== undefined && typeof sid !== "string") this.#fail(`${place}/Sid`, "is not a text");
    const effect = own(value, "Effect");
    if (effect === undefined) this.#fail(place, "has no `Effect`");
    else if (effect !== "Allow" && effect !== "Deny") {
      this.#fail(`${place}/Effect`, "is neither `Allow` nor `Deny`");
    }
    const actions = this.#actions(value, place);
    const resources = this.#resources(value, place);
    const principals = this.#principals(value, place);
    into.push({
      ...(typeof sid === "string" ? { sid } : {}),
      effect: effect === "Deny" ? "Deny" : "Allow",
      actions: actions ?? { not: false, patterns: [] },
      ...(resources === undefined ? {} : { resources }),
      ...(principals === undefined ? {} : { principals }),
      conditions: this.#conditions(own(value, "Condition"), `${place}/Condition`),
      place,
    });
  }

  /** The element `name` or its `Not…` form; undefined when neither stands there. */
  #either(
    value: Json,
    name: string,
    place: string,
  ): { not: boolean; written: unknown; at: string } | undefined {
    const plain = own(value, name);
    const negated = own(value, `Not${name}`);
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

  #actions(value: Json, place: string): Matcher<string> | undefined {
    const element = this.#either(value, "Action", place);
    if (element === undefined) {
      this.#fail(place, "has neither `Action` nor `NotAction`");
      return undefined;
    }
    const patterns = this.#texts(element.written, element.at, element.not);
    for (const pattern of patterns) {
      // AWS has stored actions with a space (`ReadOnlyAccess` v61, `AdministratorAccess-Amplify` v1): the evaluator
      // is unsure of those.
      if (/^ *(?:\*+|[\w*?.-]+ *: *[\w*?.-]+) *$/.test(pattern)) continue;
      this.#fail(element.at, `${quote(pattern)} is not an action: those are \`service:Name\` or \`*\``);
    }
    return { not: element.not, patterns };
  }

  #resources(value: Json, place: string): Matcher<string> | undefined {
    const element = this.#either(value, "Resource", place);
    if (element === undefined) {
      if (this.#kind === "identity") this.#fail(place, "has neither `Resource` nor `NotResource`");
      return undefined;
    }
    if (this.#kind === "trust") {
      this.#fail(element.at, "a trust policy is about its role: it cannot name resources");
    }
    const patterns = this.#texts(element.written, element.at, element.not);
    for (const pattern of patterns) {
      if (pattern === "") this.#fail(element.at, "an empty resource");
      else if (this.#kind === "identity" && !/^(?:\*+$|arn:)/.test(pattern)) {
        this.#fail(element.at, `${quote(pattern)} is neither an ARN nor \`*\``);
      }
      const fault = this.#variableFault(pattern);
      if (fault !== undefined) this.#fail(element.at, fault);
    }
    return { not: element.not, patterns };
  }

  #principals(value: Json, place: string): Matcher<PrincipalPattern> | undefined {
    const element = this.#either(value, "Principal", place);
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
    if (!isObject(written)) {
      this.#fail(place, "is not an object of operators");
      return conditions;
    }
    for (const [name, keys] of Object.entries(written)) {
      const at = place + pointerStep(name);
      const operator = findOperator(name);
      if (operator === undefined) {
        this.#fail(at, explainUnknownOperator(name));
        continue;
      }
      if (!isObject(keys)) {
        this.#fail(at, "is not an object of condition keys");
        continue;
      }
      const seen = new Set<string>();
      for (const [key, values] of Object.entries(keys)) {
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

  #values(written: unknown, at: string): readonly string[] {
    const list: readonly unknown[] = Array.isArray(written) ? written : [written];
    if (list.length === 0) this.#fail(at, "has no value: what that means is not documented");
    return list.flatMap((value, index) => {
      const here = Array.isArray(written) ? `${at}/${index}` : at;
      if (typeof value === "string") {
        const fault = this.#variableFault(value);
        if (fault !== undefined) this.#fail(here, fault);
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
  #variableFault(text: string): string | undefined {
    if (this.#version !== "2012-10-17" || !text.includes("${")) return undefined;
    for (let at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
      const end = text.indexOf("}", at);
      if (end < 0) return "a policy variable lacks its `}`";
      const inner = text.slice(at + 2, end);
      if (inner.trim() === "") return "an empty policy variable";
      if (inner.includes("${")) return "a policy variable lacks its `}`";
      if (!/^(?:[*?$]|[^\s,'${}]+(?: [^\s,'${}]+)*(?:\s*,\s*'[^']*')?)$/.test(inner)) {
        return "a policy variable is `${key}`, `${key, 'default'}` or one of `${*}`, `${?}`, `${$}`";
      }
    }
    return undefined;
  }
}

/** What stands under a key of the document itself, not of Object.prototype. */
const own = (value: Json, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);

/** A hostile text made fit to stand in a message. */
const quote = (text: string): string => codeSpan(text.length > 80 ? `${text.slice(0, 77)}…` : text);
