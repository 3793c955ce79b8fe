import { parseArgs } from "node:util";
import { nearestWord } from "../model/nearest-word.ts";
import { UsageError } from "./usage-error.ts";

export interface OptionSpec {
  /** `flag` takes no value; `one` the last value given; `many` all of them: repeated, after one another, or with commas. */
  readonly takes: "flag" | "one" | "many";
  readonly short?: string;
  readonly choices?: readonly string[];
}

type Value<S extends OptionSpec> = S["takes"] extends "flag"
  ? boolean
  : S["takes"] extends "one"
    ? string | undefined
    : readonly string[];

export interface Options<S extends Readonly<Record<string, OptionSpec>>> {
  readonly values: { readonly [K in keyof S]: Value<S[K]> };
  readonly positionals: readonly string[];
}

/** Reads a command's words. Throws a UsageError that names the wrong one and the nearest right one. */
export function parseOptions<const S extends Readonly<Record<string, OptionSpec>>>(
  argv: readonly string[],
  specs: S,
  positionals: { readonly max: number; readonly what?: string } = { max: 0 },
): Options<S> {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      {
        type: spec.takes === "flag" ? ("boolean" as const) : ("string" as const),
        multiple: true,
        ...(spec.short === undefined ? {} : { short: spec.short }),
      },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const given = new Map<string, string[]>();
  const free: string[] = [];
  let open: { name: string; spec: OptionSpec } | undefined;
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      open = undefined;
    } else if (token.kind === "positional") {
      if (open?.spec.takes === "many") given.get(open.name)?.push(...split(open, token.value));
      else free.push(token.value);
    } else {
      const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
      if (spec === undefined) throw unknownOption(token.rawName, Object.keys(specs));
      open = { name: token.name, spec };
      given.set(token.name, [...(given.get(token.name) ?? []), ...optionValues(open, token.value)]);
    }
  }
  if (free.length > positionals.max) throw tooMany(free, positionals);
  const values = Object.entries(specs).map(([name, spec]) => {
    const all = given.get(name);
    if (spec.takes === "flag") return [name, all !== undefined];
    return [name, spec.takes === "many" ? (all ?? []) : all?.at(-1)];
  });
  return { values: Object.fromEntries(values), positionals: free };
}

interface Named {
  readonly name: string;
  readonly spec: OptionSpec;
}

function optionValues(option: Named, value: string | undefined): string[] {
  if (option.spec.takes === "flag") {
    if (value !== undefined) throw new UsageError(`\`--${option.name}\` takes no value`);
    return [];
  }
  if (value === undefined || value === "" || (value.startsWith("-") && value !== "-"))
    throw new UsageError(`\`--${option.name}\` needs a value${oneOf(option.spec.choices)}`);
  return split(option, value);
}

function split(option: Named, value: string): string[] {
  const parts = option.spec.takes === "many" ? value.split(",").filter((part) => part !== "") : [value];
  const { choices } = option.spec;
  for (const part of parts) {
    if (choices === undefined || choices.includes(part)) continue;
    throw new UsageError(
      `\`--${option.name} ${part}\`: no such value${oneOf(choices)}${didYouMean(part, choices)}`,
    );
  }
  return parts;
}

const oneOf = (choices: readonly string[] | undefined): string =>
  choices === undefined ? "" : `; it is one of ${choices.join(", ")}`;

/** ` (did you mean x?)`, or nothing. */
export function didYouMean(written: string, words: Iterable<string>, prefix = ""): string {
  const near = nearestWord(written, words);
  return near === undefined ? "" : `; did you mean \`${prefix}${near}\`?`;
}

const unknownOption = (raw: string, names: readonly string[]): UsageError =>
  new UsageError(`unknown option \`${raw}\`${didYouMean(raw.replace(/^-+/, ""), [...names, "help"], "--")}`);

const tooMany = (free: readonly string[], { max, what }: { max: number; what?: string }): UsageError =>
  max === 0
    ? new UsageError(`unexpected word \`${free[0]}\``)
    : new UsageError(`unexpected word \`${free[max]}\`: only ${what ?? `${max} words`} can be given`);
