/** One action that exists today. */
export interface ExistingAction {
  /** In AWS's spelling: `s3:GetObject`. */
  readonly action: string;
  /**
   * The form of the ARNs that it is about, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`:
   * the plainest of those that it takes. Undefined when it takes none, and is asked on `*`.
   */
  readonly shape?: string;
}

/**
 * The actions that exist today, as far as known: the list lags AWS. It labels and illustrates
 * differences; nothing may be called equivalent because of it.
 */
export interface ExistingActions {
  /** Which list this is. */
  readonly version: string;
  /** All service prefixes, in lower case. */
  readonly services: readonly string[];
  /** The actions that begin with a service and more, sorted: `s3:Get`. Letter case does not count. */
  beginningWith(start: string): readonly ExistingAction[];
  /** Letter case does not count; undefined when no such action exists. */
  find(action: string): ExistingAction | undefined;
}

/**
 * Unpacks the list. The text has a line per service, sorted: prefix, shapes, action names, and one
 * character per action that says which shape is its own (`-`: none), the parts divided by tabs and the
 * items by spaces. A service is only looked into when it is asked for.
 */
export function unpackActions(version: string, text: string): ExistingActions {
  const lines = new Map(text.split("\n").map((line) => [line.slice(0, line.indexOf("\t")), line]));
  const known = new Map<string, Service>();
  const ask = (action: string): readonly [Service | undefined, string] => {
    const lower = action.toLowerCase();
    const colon = Math.max(0, lower.indexOf(":"));
    const prefix = lower.slice(0, colon);
    const line = lines.get(prefix);
    let service = known.get(prefix);
    if (service === undefined && line !== undefined) {
      service = new Service(line);
      known.set(prefix, service);
    }
    return [service, lower.slice(colon + 1)];
  };
  return {
    version,
    services: [...lines.keys()],
    beginningWith(start) {
      const [service, name] = ask(start);
      return service?.beginningWith(name) ?? [];
    },
    find(action) {
      const [service, name] = ask(action);
      return service?.find(name);
    },
  };
}

class Service {
  readonly #prefix: string;
  readonly #shapes: readonly string[];
  readonly #names: readonly string[];
  readonly #lower: readonly string[];
  readonly #marks: string;
  #numbers: ReadonlyMap<string, number> | undefined;

  constructor(line: string) {
    const [prefix = "", shapes = "", names = "", marks = ""] = line.split("\t");
    this.#prefix = prefix;
    this.#shapes = shapes.split(" ");
    this.#names = names.split(" ");
    this.#lower = names.toLowerCase().split(" ");
    this.#marks = marks;
  }

  beginningWith(start: string): readonly ExistingAction[] {
    return this.#lower.flatMap((name, i) => (name.startsWith(start) ? [this.#action(i)] : []));
  }

  find(name: string): ExistingAction | undefined {
    this.#numbers ??= new Map(this.#lower.map((lower, i) => [lower, i]));
    const number = this.#numbers.get(name);
    return number === undefined ? undefined : this.#action(number);
  }

  #action(number: number): ExistingAction {
    const action = `${this.#prefix}:${this.#names[number]}`;
    const shape = this.#shapes[this.#marks.charCodeAt(number) - firstShapeMark];
    return shape === undefined ? { action } : { action, shape };
  }
}

/** The n-th shape of a service is written as the n-th character from `0` on. */
export const firstShapeMark = 0x30;

/** What is the same in all made-up ARNs. */
export interface KnownFields {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** What made-up names begin with: `example`. */
  readonly name?: string;
}

/** What stands there, or a text for what the shape leaves open. */
interface Part {
  readonly text: string;
  readonly open: boolean;
}

/**
 * A plausible ARN of a shape, which also matches a pattern with `*` and `?`; undefined when there is none.
 * What the shape leaves open is filled in by name: `example-bucket` for `${BucketName}`.
 */
export function exampleArn(shape: string, known: KnownFields, pattern = "*"): string | undefined {
  const fill = (text: string): string => (text === "*" ? nameIn(known) : exampleOf(text.slice(2, -1), known));
  if (pattern === "*") return shape.replace(/\$\{\w+\}|\*/g, fill);
  const parts = (shape.match(/\$\{\w+\}|\*|[^$*]+|./gs) ?? []).map((text): Part => {
    const open = text === "*" || text.startsWith("${");
    return { text: open ? fill(text) : text, open };
  });
  return meet(pattern, parts.flatMap(characters));
}

const characters = (part: Part): readonly Part[] =>
  part.open ? [part] : Array.from(part.text, (text) => ({ text, open: false }));

const nameIn = ({ name = "example" }: KnownFields): string => name;

function exampleOf(name: string, known: KnownFields): string {
  const lower = name.toLowerCase();
  if (lower === "partition" || lower === "region" || lower === "account") return known[lower];
  const noun = name.replace(/(?:Name|Id|ID|Arn)(?:WithPath)?$/, "");
  if (noun.endsWith("Account")) return known.account;
  return `${nameIn(known)}-${(noun === "" ? name : noun).replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}`;
}

/**
 * A text that is made of the parts and matches the pattern. An open part gives way to what the pattern asks
 * for; `:` and `/` divide parts, but for the last.
 */
function meet(pattern: string, parts: readonly Part[]): string | undefined {
  const failed = new Set<number>();
  /** `begun`: the part is open, and some of it is written. */
  const walk = (at: number, index: number, begun: boolean): string | undefined => {
    const character = pattern[at];
    const part = parts[index];
    if (part === undefined) return /^\**$/.test(pattern.slice(at)) ? "" : undefined;
    const step = 2 * (at * parts.length + index) + Number(begun);
    if (failed.has(step)) return undefined;
    const write = (text: string, to: number, goesOn: boolean): string | undefined => {
      const rest = walk(to, goesOn ? index : index + 1, goesOn);
      return rest === undefined ? undefined : text + rest;
    };
    let found: string | undefined;
    if (character === "*") {
      // What is written of a part may be all of it.
      const text = begun && /\w/.test(pattern[at - 1] ?? "") ? "" : part.text;
      found = write(text, at, false) ?? walk(at + 1, index, begun);
    } else if (!part.open) {
      if (character === part.text || character === "?") found = write(part.text, at + 1, false);
    } else {
      const divides = character === undefined || character === ":" || character === "/";
      if (!divides || (character !== undefined && begun && index === parts.length - 1))
        found = write(character === "?" ? "1" : character, at + 1, true);
      if (begun) found ??= write("", at, false);
    }
    if (found === undefined) failed.add(step);
    return found;
  };
  return walk(0, 0, false);
}
