import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isRecord, member, textOf } from "../gather/read-value.ts";
import { type Denied, denied } from "../model/seen.ts";
import { readJsonFile } from "./read-json-file.ts";

/** The pages of one command's output that stand in a folder, and why they are not all. */
export interface FilePages {
  readonly pages: readonly unknown[];
  readonly gap?: Denied;
}

/**
 * Reads `<command>.json` and `<command>-2.json`, `-3`, … `shown` is the folder's name in messages
 * (`eu-west-1/`), `again` the command that saves the file.
 */
export function readPages(
  folder: string,
  command: string,
  shown = "",
  again = `aws … ${command}`,
): FilePages {
  const first = `${shown}${command}.json`;
  const numbers = pageNumbers(folder, command);
  if (numbers[0] !== 1)
    return { pages: [], gap: denied(first, `the file is missing: save it with \`${again}\``) };
  const pages: unknown[] = [];
  let gap: Denied | undefined;
  for (const [index, number] of numbers.entries()) {
    const name = fileName(command, number);
    const read = readJsonFile(join(folder, name));
    if (read.at === "absent") continue;
    const fault =
      read.at === "bad"
        ? read.reason
        : isRecord(read.value)
          ? undefined
          : `it does not hold what \`${command}\` prints`;
    if (fault !== undefined) {
      gap ??= denied(`${shown}${name}`, fault);
    } else if (read.at === "found") {
      pages.push(read.value);
      const more = isTruncated(read.value);
      const next = numbers[index + 1];
      if (more && next !== number + 1)
        gap ??= denied(
          `${shown}${name}`,
          `it is marked as truncated and ${shown}${fileName(command, number + 1)} is not there: save it again without \`--max-items\` and \`--no-paginate\``,
        );
    }
  }
  return gap === undefined ? { pages } : { pages, gap };
}

const fileName = (command: string, number: number): string =>
  number === 1 ? `${command}.json` : `${command}-${number}.json`;

function pageNumbers(folder: string, command: string): readonly number[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const numbers = names.flatMap((name) => {
    if (name === `${command}.json`) return [1];
    const digits = name.startsWith(`${command}-`)
      ? /^([1-9]\d{0,5})\.json$/.exec(name.slice(command.length + 1))
      : null;
    return digits === null || digits[1] === "1" ? [] : [Number(digits[1])];
  });
  return numbers.toSorted((a, b) => a - b);
}

/** AWS marks a page with IsTruncated or a token; the CLI, cut short by `--max-items`, with NextToken. */
const isTruncated = (page: unknown): boolean =>
  member(page, "IsTruncated") === true ||
  textOf(page, "NextToken") !== undefined ||
  (textOf(page, "Marker") !== undefined && member(page, "IsTruncated") === undefined);
