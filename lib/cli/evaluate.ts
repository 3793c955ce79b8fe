import { visible } from "../model/visible.ts";
import { type DecidingStatement, type Decision, evaluate } from "../policy/evaluate/evaluate.ts";
import { faultInWords, findFault } from "../policy/json-text.ts";
import type { PolicyKind, Request } from "../policy/model.ts";
import { formatPrincipal, parsePrincipal } from "../policy/parse-principal.ts";
import { requestInWords } from "../report/witness.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";
import {
  inferKind,
  inferPartition,
  parsePolicies,
  readBoundary,
  readInput,
  readSources,
} from "./read-policies.ts";
import { UsageError } from "./usage-error.ts";

export const usage = `Usage: rolecall evaluate --request FILE POLICY… [--boundary FILE…]
                         [--kind identity|trust|resource] [--format text|json]

Says whether the policies together allow one request, and names the statements
that decide.

The request is {"principal"?, "action", "resource"?, "context"?}: the form in
which \`rolecall compare\` prints its proofs. A principal is an ARN, a service
host or {"Service": "…"}; a context value is a text or, for a key with many
values, a list.

  --boundary   permissions boundary of the identity
  --kind       what the policies are; told from their content when not given

Documents and requests are printed as they are, secret values included.
Exit: 0 allowed, 1 denied, 3 uncertain (AWS does not document it), 2 bad input.
`;

/** A request's deepest value is one of a context's list. */
const maxRequestDepth = 16;

const kinds = ["identity", "trust", "resource"] as const satisfies readonly PolicyKind[];

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(
    argv,
    {
      request: { takes: "one" },
      boundary: { takes: "many" },
      kind: { takes: "one", choices: kinds },
      format: { takes: "one", choices: ["text", "json"] },
    },
    { max: Number.POSITIVE_INFINITY },
  );
  if (values.request === undefined) throw new UsageError("`--request FILE` is needed");
  if ([values.request, ...positionals, ...values.boundary].filter((path) => path === "-").length > 1) {
    throw new UsageError("`-` can be given only once");
  }
  if (positionals.length === 0)
    throw new UsageError(
      values.boundary.length > 1
        ? "at least one policy is needed: all that follows `--boundary` is taken for boundaries, so name the policy before it, or after `--`"
        : "at least one policy is needed",
    );
  const request = parseRequest(await readInput(values.request, io), values.request);
  const sources = await readSources(positionals, io);
  const kind = kinds.find((each) => each === values.kind) ?? inferKind(sources);
  const boundary = await readBoundary("--boundary", values.boundary, io);
  if (boundary.length > 0 && kind !== "identity") {
    throw new UsageError("a permissions boundary bounds identity policies only");
  }
  const partition = inferPartition(sources);
  const decision = evaluate(request, {
    kind,
    documents: parsePolicies(sources, kind, partition),
    ...(boundary.length === 0 ? {} : { boundary: parsePolicies(boundary, kind, partition) }),
  });
  const named = (statement: DecidingStatement) => ({
    policy: (statement.from === "boundary" ? boundary : sources)[statement.document]?.name ?? "",
    place: statement.place,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    effect: statement.effect,
  });
  const { verdict, allowed, reason } = decision;
  const decidedBy = decision.decidedBy.map(named);
  io.out(
    values.format === "json"
      ? `${JSON.stringify({ verdict, allowed, reason, decidedBy }, undefined, 2)}\n`
      : decisionText(request, decision, decidedBy),
  );
  return exits[verdict];
}

const exits: Readonly<Record<Decision["verdict"], ExitCode>> = {
  allowed: exitCode.clean,
  denied: exitCode.findings,
  uncertain: exitCode.unsure,
};

function decisionText(
  request: Request,
  decision: Decision,
  decidedBy: readonly {
    readonly policy: string;
    readonly place: string;
    readonly sid?: string;
    readonly effect: string;
  }[],
): string {
  const words = requestInWords({
    ...(request.principal === undefined ? {} : { principal: formatPrincipal(request.principal) }),
    action: request.action,
    resource: request.resource ?? "",
    context: request.context,
  });
  const lines = [`${decision.verdict}: ${visible(words)}`, `because ${visible(decision.reason)}`];
  for (const { policy, place, sid, effect } of decidedBy) {
    lines.push(`- ${effect} ${visible(`${policy} ${place}${sid === undefined ? "" : ` (${sid})`}`)}`);
  }
  return `${lines.join("\n")}\n`;
}

function parseRequest(text: string, file: string): Request {
  const wrong = (what: string): UsageError => new UsageError(`\`${file}\` is not a request: ${what}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const fault = findFault(text, maxRequestDepth);
    throw wrong(`it is not JSON${fault === undefined ? "" : `: ${faultInWords(fault)}`}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong("it is not a JSON object");
  const known = ["principal", "action", "resource", "context"];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw wrong(`unknown field \`${unknown}\`; it has ${known.join(", ")}`);
  const fields = value as Readonly<Record<string, unknown>>;
  const { action, resource, principal: written, context = {} } = fields;
  if (typeof action !== "string" || !/^[^:*?\s]+:[^:*?\s]+$/.test(action)) {
    throw wrong(
      `\`action\`${typeof action === "string" ? ` \`${action}\`` : ""} is not one action, \`service:Name\``,
    );
  }
  if (resource !== undefined && typeof resource !== "string") throw wrong("`resource` is not a text");
  const principal = parsePrincipal(written);
  if (written !== undefined && principal === undefined) throw wrong("`principal` is not one principal");
  return {
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
    context: parseContext(context, wrong),
  };
}

function parseContext(value: unknown, wrong: (what: string) => UsageError): Request["context"] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong("`context` is not an object");
  const scalar = (item: unknown): string | undefined =>
    typeof item === "string"
      ? item
      : typeof item === "boolean" || typeof item === "number"
        ? String(item)
        : undefined;
  const context: Record<string, string | readonly string[]> = Object.create(null);
  for (const [key, written] of Object.entries(value)) {
    const items = (Array.isArray(written) ? written : [written]).map(scalar);
    const texts = items.filter((item) => item !== undefined);
    if (texts.length < items.length)
      throw wrong(`the context's \`${key}\` is neither a text nor a list of texts`);
    context[key] = Array.isArray(written) ? texts : (texts[0] ?? "");
  }
  return context;
}
