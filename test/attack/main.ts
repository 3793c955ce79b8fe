// npm run attack: compares policies of every making and attacks what comes out, until so many requests were
// checked. Goes on where an interrupted run stopped. Exit 1 when anything disagreed; what did is shrunk, printed
// with its seed and kept in test/cases/attack/.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { attack } from "./attack.ts";
import { makeCase } from "./cases.ts";
import { keepCase } from "./keep.ts";
import { sharedCases } from "./shared-cases.ts";
import { shrink } from "./shrink.ts";

interface State {
  readonly seed: number;
  /** Cases behind us: the seed of the next one is `seed + cases`. */
  cases: number;
  shared: number;
  verdicts: number;
  checks: number;
  uncertain: number;
  disagreements: number;
  readonly relations: Record<string, number>;
}

const usage = `npm run attack [-- --checks N] [--requests N] [--seed N] [--fresh]
  --checks N    so many requests in all (1000000)
  --requests N  so many against each verdict (1000)
  --seed N      begin anew with this seed, whatever an interrupted run left
  --fresh       begin anew with a seed of its own`;
const values = options();

const wanted = positive("checks", values.checks);
const requests = positive("requests", values.requests);
const stateFile = new URL("../../.cache/attack/state.json", import.meta.url);
const state = values.fresh || values.seed !== undefined ? begin() : (resumed() ?? begin());
console.log(`seed ${state.seed}, from case ${state.cases}: ${state.checks} of ${wanted} checks done`);

const shared = sharedCases();
if (shared.length === 0) console.log("no ../shared/pairs here: made policies only");
let shown = Date.now();
while (state.checks < wanted || state.shared < shared.length) {
  const real = state.shared < shared.length && state.cases % 2 === 0 ? shared[state.shared] : undefined;
  if (real !== undefined) state.shared++;
  run(real, state.seed + state.cases);
  state.cases++;
  if (Date.now() - shown > 5000) {
    shown = Date.now();
    save();
    console.log(`${state.checks} checks, ${state.cases} cases, ${state.disagreements} disagreements`);
  }
}
rmSync(stateFile, { force: true });
console.log(
  `${state.checks} checks against ${state.verdicts} verdicts of ${state.cases} cases (${state.shared} of them real), ` +
    `${state.uncertain} requests that AWS's rules leave open, ${state.disagreements} disagreements; seed ${state.seed}`,
);
console.log(
  Object.entries(state.relations)
    .map(([relation, count]) => `${relation} ${count}`)
    .join(", "),
);
process.exitCode = state.disagreements > 0 ? 1 : 0;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        checks: { type: "string", default: "1000000" },
        requests: { type: "string", default: "1000" },
        seed: { type: "string" },
        fresh: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (!values.help) return values;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`attack: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

function run(real: ReturnType<typeof sharedCases>[number] | undefined, seed: number): void {
  const item = real ?? makeCase(seed);
  const result = attack(item, seed, requests);
  if (result === undefined) return;
  state.checks += result.checks;
  state.uncertain += result.uncertain;
  if (result.checks > 0) state.verdicts++;
  const relation = result.comparison?.relation ?? "none";
  state.relations[relation] = (state.relations[relation] ?? 0) + 1;
  const { disagreement } = result;
  if (disagreement === undefined) return;
  state.disagreements++;
  const least = shrink(item, (smaller) => {
    // Leaving something out of one side only breaks what was known of the pair.
    if (disagreement.what === "a known direction came out otherwise") return false;
    return attack({ ...smaller, known: "nothing" }, seed, requests)?.disagreement?.what === disagreement.what;
  });
  console.error(`DISAGREEMENT, seed ${seed}, ${item.name}: ${JSON.stringify(disagreement)}`);
  console.error(`  kept as ${keepCase(least, seed, disagreement)}`);
}

function begin(): State {
  const seed =
    values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : positive("seed", values.seed);
  return { seed, cases: 0, shared: 0, verdicts: 0, checks: 0, uncertain: 0, disagreements: 0, relations: {} };
}

function resumed(): State | undefined {
  try {
    return JSON.parse(readFileSync(stateFile, "utf8")) as State;
  } catch {
    return undefined;
  }
}

function save(): void {
  mkdirSync(new URL(".", stateFile), { recursive: true });
  writeFileSync(stateFile, JSON.stringify(state));
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`attack: \`--${name}\` is not a whole number`);
  process.exit(2);
}
