import { loadActions } from "../policy/actions/load-actions.ts";
import { compare } from "../policy/compare.ts";
import type { PolicyKind, PolicySet } from "../policy/model.ts";
import { comparePairs } from "./compare-pairs.ts";
import { comparisonExit, comparisonJson, comparisonText } from "./compare-text.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";
import {
  inferKind,
  inferPartition,
  parsePolicies,
  readBoundary,
  readSources,
  type SourceDocument,
} from "./read-policies.ts";
import { UsageError } from "./usage-error.ts";

export const usage = `Usage: rolecall compare FIRST SECOND [--kind identity|trust|resource]
                                     [--format text|json]
       rolecall compare --first FILE… --second FILE…
                        [--first-boundary FILE…] [--second-boundary FILE…]
       rolecall compare --pairs FILE [--format jsonl]

Says whether the second policy allows a request that the first does not, and
the other way round, by what they mean: order, spelling and splitting do not
count. Every difference is proven by a request; what cannot be decided is
called so.

FIRST and SECOND are files with a document or a list of documents, folders of
.json files, or - for standard input; also what \`aws iam get-policy-version\`,
\`get-role-policy\` and \`get-role\` print.

  --kind              what the documents are (with --pairs: those of lines that
                      do not say); told from their content when not given
  --first, --second   several documents a side: all of a role's together
  --first-boundary, --second-boundary
                      permissions boundary of a side (identity policies)
  --format            text, to read or to paste into a review; json
  --pairs FILE        one comparison per line {"id","kind","first","second"}, a
                      document or a list of them a side (FILE may end in .gz,
                      or be -); prints one line each, in order

Documents and requests are printed as they are, secret values such as an
ExternalId included.
Exit: 0 equivalent, 1 different, 3 undecided, 2 bad input. With --pairs the
first of 2, 1, 3 that a line had.
`;

const kinds = ["identity", "trust", "resource"] as const satisfies readonly PolicyKind[];

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(
    argv,
    {
      kind: { takes: "one", choices: kinds },
      format: { takes: "one", choices: ["text", "json", "jsonl"] },
      pairs: { takes: "one" },
      first: { takes: "many" },
      second: { takes: "many" },
      "first-boundary": { takes: "many" },
      "second-boundary": { takes: "many" },
    },
    { max: 2, what: "FIRST and SECOND" },
  );
  const kind = kinds.find((each) => each === values.kind);
  if (values.pairs !== undefined) {
    if (positionals.length > 0 || values.first.length > 0 || values.second.length > 0) {
      throw new UsageError("`--pairs` brings its own documents: no others can be given");
    }
    if (values.format !== undefined && values.format !== "jsonl") {
      throw new UsageError("`--pairs` prints lines of JSON: its format is jsonl");
    }
    return comparePairs(values.pairs, kind, io);
  }
  const sides = [
    [...positionals.slice(0, 1), ...values.first],
    [...positionals.slice(1), ...values.second],
  ] as const;
  if (sides.some((paths) => paths.length === 0))
    throw new UsageError("two policies are needed: FIRST and SECOND");
  const boundaries = [values["first-boundary"], values["second-boundary"]] as const;
  if ([...sides, ...boundaries].flat().filter((path) => path === "-").length > 1) {
    throw new UsageError("`-` can be given only once");
  }
  const [first, second] = [await readSources(sides[0], io), await readSources(sides[1], io)];
  const told = kind ?? inferKind([...first, ...second]);
  const frame = { kind: told, partition: inferPartition([...first, ...second]) };
  const [one, other] = [
    policySet(frame, first, await readBoundary("--first-boundary", boundaries[0], io)),
    policySet(frame, second, await readBoundary("--second-boundary", boundaries[1], io)),
  ];
  const actions = await loadActions();
  const comparison = compare(one, other, { actions });
  const named = (paths: readonly string[], boundary: readonly string[]): string =>
    `${paths.join(" + ")}${boundary.length === 0 ? "" : `, within the boundary ${boundary.join(" + ")}`}`;
  const names = [named(sides[0], boundaries[0]), named(sides[1], boundaries[1])] as const;
  io.out(
    values.format === undefined || values.format === "text"
      ? comparisonText(comparison, one, other, names, actions)
      : `${JSON.stringify(comparisonJson(comparison), undefined, values.format === "json" ? 2 : undefined)}\n`,
  );
  return comparisonExit(comparison);
}

function policySet(
  { kind, partition }: { readonly kind: PolicyKind; readonly partition: string },
  documents: readonly SourceDocument[],
  boundary: readonly SourceDocument[],
): PolicySet {
  const set = { kind, documents: parsePolicies(documents, kind, partition) };
  if (boundary.length === 0) return set;
  if (kind !== "identity") throw new UsageError("a permissions boundary bounds identity policies only");
  return { ...set, boundary: parsePolicies(boundary, kind, partition) };
}
