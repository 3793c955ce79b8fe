import type { PrincipalStep } from "../comparison/grants.ts";
import { isWild } from "../comparison/normalise.ts";
import type { TextCell } from "../comparison/text-cells.ts";
import { Pattern } from "../glob/pattern.ts";
import { wildcard } from "../glob/template.ts";
import { examples, type Place, places } from "./plausible.ts";

const regions = ["us-east-1", "eu-west-1", "ap-southeast-2", "us-west-2", "eu-central-1", "ca-central-1"];
const names = ["example", "other", "team", "blue", "1"];
const elsewhere = places.filter(({ partition }) => partition !== "aws");

/** The fields of an ARN that are written in one way: their number, what they look like, and some of it. */
const fields = [
  {
    at: 1,
    key: "partition",
    looks: /^aws(?:-[a-z-]+)?$/,
    some: () => ["aws", ...elsewhere.map(({ partition }) => partition)],
  },
  {
    at: 3,
    key: "region",
    looks: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
    some: (partition = "") =>
      partition.startsWith("aws-")
        ? elsewhere.filter((place) => place.partition === partition).map(({ region }) => region)
        : regions,
  },
  {
    at: 4,
    key: "account",
    looks: /^(?:\d{12}|aws)$/,
    some: () => [examples.account, examples.otherAccount, "444455556666", "777788889999"],
  },
] as const;

/** A place like this one in the partition that a pattern of ARNs names. */
export function placeOf(pattern: string, wanted: Place): Place {
  const [arn, partition = "*"] = pattern.split(":", 2);
  if (arn !== "arn" || isWild(partition) || partition === wanted.partition) return wanted;
  return places.find((place) => place.partition === partition) ?? wanted;
}

/**
 * A pattern of ARNs with what stands at a place instead of wildcards, but for the name at its end; `eu-*` is
 * another region. `form`: that of the ARNs it is meant for, with the fields that they have empty.
 */
export function settled(pattern: string, place: Place, form: string | undefined): string {
  const parts = pattern.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return pattern;
  const forms = formFor(parts, form);
  for (const { at, key, some } of fields) {
    const written = parts[at] ?? "";
    if (!isWild(written)) continue;
    const own = forms[at] ?? "$";
    const whole = new Pattern(wildcard(written));
    parts[at] =
      [own.includes("$") ? place[key] : own, ...some(parts[1])].find((text) => whole.matches(text)) ??
      written;
  }
  if (forms[2] !== undefined) parts[2] = forms[2];
  return parts.join(":");
}

/** The fields of a form, if it is one of the service that these fields of an ARN, or of a pattern, are about. */
function formFor([, , service = ""]: readonly string[], form: string | undefined): readonly string[] {
  const fields = form?.split(":") ?? [];
  return isWild(service) || service === fields[2] ? fields : [];
}

/**
 * The shortest ARN of a cell, with something likely in each field that is empty or litter, as far as it
 * stays in the cell. A field that is empty in the form of the action's ARNs stays so.
 */
export function mended(text: string, form: string | undefined, cell: TextCell<PrincipalStep>): string {
  const parts = text.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return text;
  const forms = formFor(parts, form);
  const put = (at: number, values: readonly string[]): void => {
    const before = parts[at] ?? "";
    for (const value of values) {
      parts[at] = value;
      if (cell.holds(parts.join(":"))) return;
    }
    parts[at] = before;
  };
  for (const { at, looks, some } of fields)
    if (forms[at] !== "" && !looks.test(parts[at] ?? "")) put(at, some(parts[1]));
  const last = parts.length - 1;
  // An `x` that stands alone is what the automaton puts for any character.
  const start = (parts[last] ?? "").replace(/(?<!\w)x$/, "");
  if (!/\w$/.test(start)) {
    put(
      last,
      names.map((name) => start + name),
    );
  }
  return parts.join(":");
}
