import { exampleArn } from "../actions/existing-actions.ts";
import type { PrincipalStep } from "../comparison/grants.ts";
import type { TextCell } from "../comparison/text-cells.ts";
import { examples } from "./plausible.ts";

const regions: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws", [examples.region, "eu-west-1", "ap-southeast-2", "us-west-2", "eu-central-1", "ca-central-1"]],
  ["aws-cn", ["cn-north-1"]],
  ["aws-us-gov", ["us-gov-west-1"]],
]);
const accounts = [examples.account, examples.otherAccount, "444455556666"];
const names = [examples.name, "other", "team"];

/** Longer texts stay as they are. */
const longest = 200;

/** Where a name lacks something; an `x` that stands alone is what the automaton puts for any character. */
const gaps = /(?<!\w)x?(?!\w)/g;

/** So many gaps are filled, the last ones. */
const mostGaps = 8;

/**
 * The shortest text of a cell as an ARN with something likely in each field, as far as that stays in the
 * cell; of the form of the ARNs that an action is about where they are of the same service.
 */
export function mended(text: string, form: string, cell: TextCell<PrincipalStep>): string {
  if (text.length > longest) return text;
  const fields = text.split(":");
  fields[5] = fields.splice(5).join(":");
  const field = (at: number): string => fields[at] ?? "";
  /** Puts the first value that stays in the cell, if there is one. */
  const put = (at: number, ...values: readonly string[]): boolean => {
    const value = values.find((value) => cell.holds(fields.with(at, value).join(":")));
    fields[at] = value ?? field(at);
    return value !== undefined;
  };
  const [, , service = "", region = "", account = ""] = exampleArn(form, examples)?.split(":") ?? [];
  put(0, "arn");
  put(2, service);
  const isOwn = field(2) === service;
  put(5, field(5).replace(/x$/, ""));
  const formOfName = form.split(":").slice(5).join(":");
  const pattern = `${field(5).replace(gaps, "*")}*`;
  const putOwn = (name: string): boolean => {
    const own = exampleArn(formOfName, { ...examples, name }, pattern);
    return own !== undefined && put(5, own);
  };
  if (!(isOwn && formOfName !== "*" && names.some(putOwn))) {
    for (const { 0: gap, index } of [...field(5).matchAll(gaps)].slice(-mostGaps).toReversed()) {
      const [before, after] = [field(5).slice(0, index), field(5).slice(index + gap.length)];
      put(5, ...names.map((name) => before + name + after));
    }
  }
  put(1, ...regions.keys());
  put(3, ...(isOwn && region === "" ? [""] : []), ...(regions.get(field(1)) ?? []));
  put(4, ...(isOwn ? [account] : []), ...accounts);
  return fields.join(":");
}
