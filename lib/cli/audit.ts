import { audit } from "../audit.ts";
import { type Severity, severities } from "../model/severity.ts";
import { formats } from "../report/formats.ts";
import { checkRegions } from "./check-regions.ts";
import { defaultConfig } from "./default-config.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { exitCodeOf } from "./judge-exit.ts";
import { narrowConfig } from "./narrow-config.ts";
import { asUsage, noRegionRead, openFacts } from "./open-facts.ts";
import { parseOptions } from "./parse-options.ts";
import { progressLine } from "./progress.ts";
import { fillSecrets, findConfig, readConfig } from "./read-config.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";
import { writeWhole } from "./write-output.ts";

const formatNames = formats.map(({ name }) => name);

export const usage = `Usage: rolecall audit [OPTION…]

Reads an account, judges every role, instance profile and cluster that
rolecall.yml watches, and reports. Without a rolecall.yml it watches the
platform roles that it recognises.

  --snapshot DIR      judge files that were saved from an account instead of
                      the account itself
  --config FILE       the configuration; rolecall.yml in this folder when not
                      given
  --region R…         only these regions (IAM is read in any case); when not
                      given those of rolecall.yml, of the snapshot, or the one
                      that the AWS CLI would use
  --platform P…       only these platforms
  --format FORMAT     ${formatNames.join(", ")};
                      when not given, the one that --output's name ends in
                      (${formats.flatMap(({ ending = [] }) => ending).join(", ")}), else table
  --output FILE, -o   write the report to a file, whole or not at all; - for
                      standard output
  --fail-on SEVERITY  ${severities.join(", ")}; low when not given

Live, it uses the credentials that the AWS CLI would use, and only reads.

Exit: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 something undecided or unseen and nothing worse.
`;

const options = {
  snapshot: { takes: "one" },
  config: { takes: "one" },
  region: { takes: "many" },
  platform: { takes: "many" },
  format: { takes: "one", choices: formatNames },
  output: { takes: "one", short: "o" },
  "fail-on": { takes: "one", choices: severities },
} as const;

export interface AuditRequest {
  readonly snapshot: string | undefined;
  readonly config: string | undefined;
  readonly regions: readonly string[];
  readonly platforms: readonly string[];
  readonly format: string;
  readonly output: string | undefined;
  readonly failOn: Severity;
}

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values } = parseOptions(argv, options);
  const output = values.output === "-" ? undefined : values.output;
  return runAudit(
    {
      snapshot: values.snapshot,
      config: values.config,
      regions: checkRegions(values.region),
      platforms: values.platform,
      format: values.format ?? formatOf(output) ?? "table",
      output,
      failOn: severities.find((severity) => severity === values["fail-on"]) ?? "low",
    },
    io,
  );
}

/** The format that a file's name says. */
const formatOf = (file = ""): string | undefined =>
  formats.find(({ ending }) => ending !== undefined && file.toLowerCase().endsWith(ending))?.name;

export async function runAudit(request: AuditRequest, io: Io): Promise<ExitCode> {
  // What is wrong with the configuration is said before anything is read.
  const path = findConfig(request.config, io.cwd);
  const written = path === undefined ? undefined : narrowConfig(readConfig(path, io.cwd), request);
  const progress = progressLine(io);
  const facts = await openFacts(request.snapshot, io);
  try {
    const config = written === undefined ? undefined : await fillSecrets(written, io, facts.parameters);
    const watched = written?.clusters.flatMap(({ region }) => (region === "*" ? [] : [region])) ?? [];
    const everywhere = written === undefined || written.clusters.some(({ region }) => region === "*");
    // What is recognised as a cluster is Rancher's: nobody else's audit needs a region.
    const clusterless =
      written === undefined && request.platforms.length > 0 && !request.platforms.includes("rancher");
    const regions = clusterless
      ? []
      : request.regions.length > 0
        ? request.regions
        : [
            ...new Set([...watched, ...(everywhere || facts.source === "snapshot" ? facts.regions : [])]),
          ].toSorted();
    const audited = await audit(
      facts.port,
      config ?? ((seen) => narrowConfig(defaultConfig(seen, io), request)),
      {
        source: facts.source,
        regions,
        now: () => new Date(),
        progress: progress.tell,
        partial: request.platforms.length + request.regions.length > 0,
      },
    );
    progress.end();
    const { report } = audited;
    if (written === undefined)
      io.err(
        withoutConfig(
          audited.config.roles.length + audited.config.clusters.length,
          report.results.some(({ verdict }) => verdict === "unavailable"),
          clusterless ? undefined : regions,
        ),
      );
    else if (audited.config.roles.length + audited.config.clusters.length === 0)
      io.err(
        "rolecall audit: nothing is watched: the configuration names no role and no cluster that this audit covers.\n",
      );
    const render = await formats.find(({ name }) => name === request.format)?.load();
    if (render === undefined) throw new UsageError(`there is no format \`${request.format}\``);
    const toFile = request.output !== undefined;
    const text = render(report, {
      version: version(),
      columns: toFile ? 100 : io.terminal.columns,
      color: io.terminal.colours && !toFile,
    });
    if (request.output === undefined) io.out(text);
    else writeWhole(request.output, text, io);
    return exitCodeOf(report, request.failOn);
  } catch (error) {
    throw asUsage(error);
  } finally {
    progress.end();
    facts.close();
  }
}

function withoutConfig(watched: number, isCut: boolean, regions: readonly string[] | undefined): string {
  const nothing = isCut
    ? "and nothing of a known platform was recognised in what could be read: the report says what could not"
    : "and nothing of a known platform was recognised: `rolecall init` shows how to describe your own roles";
  const judged =
    watched === 0 ? nothing : "so what was recognised is judged; `rolecall init` writes one to begin with";
  const read =
    regions === undefined
      ? ""
      : regions.length === 0
        ? ` ${noRegionRead}`
        : ` Clusters were looked for in ${regions.join(", ")}.`;
  return `rolecall audit: there is no rolecall.yml, ${judged}.${read}\n`;
}
