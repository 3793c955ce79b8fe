import { isPrincipalKey, readIamArn } from "../principal/match.ts";
import { firstFew } from "./first-few.ts";
import { freshValues, plausibleText } from "./plausible.ts";

export type Context = Readonly<Record<string, string | readonly string[]>>;

/** Two keys, in lower case, that AWS sets together, so that each tells the other's value. */
export interface Pair {
  readonly keys: readonly [string, string];
  /** Why nothing is proven when no values of both prove it. */
  readonly reason: string;
  /** What both can be at once, as far as some texts of either can tell apart, the first texts first. */
  readonly values: (texts: readonly string[]) => Iterable<readonly [string, string]>;
}

const pairOf = (one: string, other: string, values: Pair["values"]): Pair => ({
  keys: [one.toLowerCase(), other.toLowerCase()],
  reason: `it hangs on \`${one}\` and \`${other}\`, which AWS sets together`,
  values,
});

const pairs = [
  pairOf("aws:PrincipalArn", "aws:PrincipalAccount", identities),
  pairOf("aws:CurrentTime", "aws:EpochTime", moments),
];

/** So many values of a pair are tried. */
const mostValues = 16;

/** The pairs of which both keys are asked for; where a principal is `named`, its own keys are set from it. */
export const pairsAsked = (isAsked: (key: string) => boolean, named: boolean): readonly Pair[] =>
  pairs.filter(({ keys }) => keys.every(isAsked) && !(named && keys.some(isPrincipalKey)));

/**
 * The context with values for some pairs that agree, what it has itself first; none when nothing tells what
 * a pair may be. `spell`: how the context writes a key; `compared`: what the documents compare it with.
 */
export function alignContext(
  context: Context,
  among: readonly Pair[],
  spell: (key: string) => string,
  compared: (key: string) => readonly string[],
): readonly Context[] {
  let contexts: readonly Context[] = [context];
  for (const { keys, values } of among) {
    const [one, other] = [spell(keys[0]), spell(keys[1])];
    const given = [context[one] ?? [], context[other] ?? []].flat();
    const found = [...firstFew(mostValues, values([...given, ...keys.flatMap(compared)]))];
    contexts = contexts.flatMap((before) =>
      found.map(([first, second]) => ({ ...before, [one]: first, [other]: second })),
    );
  }
  return contexts;
}

/** ARNs, each with its account: as they stand, and moved to another account. */
function* identities(texts: readonly string[]): Iterable<readonly [string, string]> {
  const accounts = new Set(texts.filter((text) => isAccount(text)));
  const likely = [...texts, ...freshValues("aws:principalarn")].map((text) => plausibleText(text));
  const arns = new Set(likely.filter((text) => accountOf(text) !== undefined));
  for (const arn of arns) {
    const own = accountOf(arn) ?? "";
    yield [arn, own];
    for (const account of accounts) if (account !== own) yield [arn.replace(own, account), account];
  }
}

const isAccount = (text: string): boolean => /^\d{12}$/.test(text);

function accountOf(arn: string): string | undefined {
  const account = readIamArn(arn)?.account ?? "";
  return isAccount(account) && !arn.includes("${") ? account : undefined;
}

/** Moments as AWS tells them, in whole seconds: those of the texts, then those just beside. */
function* moments(texts: readonly string[]): Iterable<readonly [string, string]> {
  const told = texts.map(secondsOf).filter((seconds) => Math.abs(seconds) < endOfYears);
  for (const seconds of new Set([0, -1, 1].flatMap((beside) => told.map((moment) => moment + beside))))
    yield [new Date(seconds * 1000).toISOString().replace(".000Z", "Z"), String(seconds)];
}

/** Dates of more than four digits in their year are not told. */
const endOfYears = 253_402_300_000;

const secondsOf = (text: string): number =>
  /^\d{1,12}$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
