import { codeSpan } from "../model/code-span.ts";
import type { Witness } from "../model/result.ts";
import { visible } from "../model/visible.ts";
import type { ExistingActions } from "../policy/actions/existing-actions.ts";
import { type Explanation, explain } from "../policy/explain.ts";
import type { Comparison, Exceeds, PolicySet, PolicyWitness, Relation } from "../policy/model.ts";
import { formatPrincipal } from "../policy/parse-principal.ts";
import { requestInWords } from "../report/witness.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";

/** A comparison as `--format json` and `--pairs` print it; the names of its fields are a contract. */
export function comparisonJson(comparison: Comparison): Readonly<Record<string, unknown>> {
  const { firstExceeds, secondExceeds, relation } = comparison;
  const reasons = [firstExceeds, secondExceeds].flatMap((side) =>
    side.verdict === "undecided" ? [side.reason] : [],
  );
  return {
    relation,
    firstExceeds: firstExceeds.verdict,
    secondExceeds: secondExceeds.verdict,
    ...(reasons.length === 0 ? {} : { reason: [...new Set(reasons)].join("; ") }),
    witnesses: [...sideWitnesses("first", firstExceeds), ...sideWitnesses("second", secondExceeds)],
  };
}

function sideWitnesses(side: "first" | "second", exceeds: Exceeds): readonly object[] {
  if (exceeds.verdict !== "proven") return [];
  return exceeds.witnesses.map((witness) => ({
    side,
    latent: witness.latent,
    request: requestJson(witness),
  }));
}

/** A trust policy is about one role, which it does not name: `*` stands for it. */
const requestJson = ({ request }: PolicyWitness): Witness => ({
  ...(request.principal === undefined ? {} : { principal: formatPrincipal(request.principal) }),
  action: request.action,
  resource: request.resource ?? "*",
  context: request.context,
});

const headlines: Readonly<Record<Relation, string>> = {
  equivalent: "Equivalent: both policies allow exactly the same requests.",
  "first-broader": "The first policy allows more: the second allows nothing that the first does not.",
  "second-broader": "The second policy allows more: the first allows nothing that the second does not.",
  incomparable: "Different: each policy allows requests that the other does not.",
  undecided: "Undecided.",
};

/** A comparison for a person, as a reviewer would paste it. */
export function comparisonText(
  comparison: Comparison,
  first: PolicySet,
  second: PolicySet,
  names: readonly [string, string],
  actions?: ExistingActions,
): string {
  const { firstExceeds, secondExceeds, relation } = comparison;
  const lines = [headlines[relation], "", `First:  ${visible(names[0])}`, `Second: ${visible(names[1])}`];
  if (relation === "equivalent") return `${lines.join("\n")}\n`;
  const told = explain(comparison, first, second, actions);
  const of = (side: Explanation["side"]) => told.filter((explanation) => explanation.side === side);
  lines.push(...sideText("The second allows, and the first does not", secondExceeds, of("second")));
  lines.push(...sideText("The first allows, and the second does not", firstExceeds, of("first")));
  const isProven = [firstExceeds, secondExceeds].some(({ verdict }) => verdict === "proven");
  lines.push("", `${isProven ? "Each is proven by a request. " : ""}${footnotes[first.kind]}`);
  return `${lines.join("\n")}\n`;
}

function sideText(title: string, exceeds: Exceeds, told: readonly Explanation[]): readonly string[] {
  switch (exceeds.verdict) {
    case "none":
      return ["", `${title}: nothing.`];
    case "undecided":
      return ["", `${title}: undecided.`, `- ${reasonText(exceeds.reason)}`];
    case "proven":
      return ["", `${title}:`, ...told.flatMap(explanationLines)];
    default:
      return exceeds satisfies never;
  }
}

/** What changed, and below it the request that proves it. */
const explanationLines = ({ sentence, witness }: Explanation): readonly string[] => [
  `- ${capital(visible(sentence))}.`,
  `  Such as ${codeSpan(requestInWords({ ...requestJson(witness), resource: witness.request.resource ?? "" }))}.`,
];

/** A reason may quote a document: what could be markup stands as code. */
const reasonText = (reason: string): string => (/[<>[\]]/.test(reason) ? codeSpan(reason) : visible(reason));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const footnotes: Readonly<Record<PolicySet["kind"], string>> = {
  identity: "Service control, resource and session policies are not looked at.",
  trust: "Whoever asks may need permissions of their own as well.",
  resource: "Whoever asks may need permissions of their own as well.",
};

/** A proven difference is one, also where the other direction is undecided. */
export function comparisonExit({ firstExceeds, secondExceeds }: Comparison): ExitCode {
  const verdicts = [firstExceeds.verdict, secondExceeds.verdict];
  if (verdicts.includes("proven")) return exitCode.findings;
  return verdicts.includes("undecided") ? exitCode.unsure : exitCode.clean;
}
