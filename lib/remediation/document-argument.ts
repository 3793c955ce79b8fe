import type { Place, Secret } from "../model/config.ts";
import { shellQuote } from "./shell.ts";

/** What a policy document hands to a command: the option that reads standard input, and the here-document. */
const fromInput = "file:///dev/stdin";
const delimiter = "JSON";
const placeholder = "{{externalId}}";

export interface ExternalIdSource {
  readonly secret: Secret;
  /** The entry of the configuration that names it. */
  readonly place: Place;
}

/**
 * `command --option file:///dev/stdin` with the document in a here-document. A document that asks for an
 * ExternalId gets it when the command runs, from where it is configured, and the command stops before
 * anything is changed when it is not there.
 */
export function withDocument(
  command: string,
  option: string,
  document: unknown,
  source: ExternalIdSource | undefined,
): string {
  const json = printable(JSON.stringify(document, null, 2));
  const call = `${command} \\\n  ${option} ${fromInput}`;
  if (source === undefined || !json.includes(placeholder))
    return `${call} <<'${delimiter}'\n${json}\n${delimiter}`;
  // Unquoted, since the value goes in: everything else that the shell would expand is escaped.
  const body = json.replace(/[\\$`]/g, "\\$&").replaceAll(placeholder, "${external_id}");
  return `${readExternalId(source)} &&\n${call} <<${delimiter}\n${body}\n${delimiter}`;
}

/** A command with a here-document, and one that runs only when it succeeded. */
export const andThen = (command: string, next: string): string =>
  `${command.replace(/<<('?)JSON\1(?=\n)/, "$& &&")}\n${next}`;

/** Sets `external_id` without showing it, or fails. */
function readExternalId({ secret, place }: ExternalIdSource): string {
  switch (secret.from) {
    case "env":
      return `external_id=\${${secret.name}:?is not set: it holds the ExternalId}`;
    case "ssm":
      return `external_id=$(aws ssm get-parameter --with-decryption --name ${shellQuote(secret.name)} --query Parameter.Value --output text) && [ -n "$external_id" ]`;
    case "literal":
      return `external_id=$(sed -n ${shellQuote(fromLine(place.line, secret.value))} ${fileWord(place.file)} | head -n 1) && [ -n "$external_id" ]`;
    default:
      return secret.from satisfies never;
  }
}

/**
 * The first `externalId:` from the entry's line on, whatever its quotes; comments are passed over. A
 * comma at the end is the list's, unless the value is known to end with one.
 */
function fromLine(line: number, value: string | undefined): string {
  const last = value?.endsWith(",") === true ? "," : "[A-Za-z0-9_+=.@:/-]";
  return `${line},\${/^[[:space:]]*#/!s/.*externalId["']\\{0,1\\}:[[:space:]]*["']\\{0,1\\}\\([A-Za-z0-9_+=,.@:/-]*${last}\\).*/\\1/p;}`;
}

/** A file is never taken for an option of sed. */
const fileWord = (file: string): string => shellQuote(file.startsWith("-") ? `./${file}` : file);

/** JSON in which nothing stands that a terminal acts on: the same document in ASCII. */
const printable = (json: string): string =>
  json.replace(/[^\n\u0020-\u007e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
