import { serviceOf } from "../action/dimension.ts";
import type { ExistingActions } from "../actions/existing-actions.ts";
import type { ResourceStep } from "../comparison/grants.ts";
import type { TextCell } from "../comparison/text-cells.ts";
import { colon, type Glob, matches, onlyText } from "../glob/glob.ts";

export interface NamedAction {
  readonly name: string;
  /** The form of ARNs that it is about, when known; `*`: none. */
  readonly shape: string | undefined;
  /** It does not exist today, as far as is known. */
  readonly latent: boolean;
}

/** So many times an existing action is held against a pattern: far more than documents that mean something need. */
const mostTried = 300_000;

/** Actions of a cell, one that exists today first; `spell` knows how a document writes an action. */
export function actionsFor(
  cell: TextCell<ResourceStep>,
  existing: ExistingActions | undefined,
  spell: (action: string) => string,
): readonly NamedAction[] {
  // Where several would do, the one that people look for.
  const examples = cell.examples.includes("iam:passrole")
    ? ["iam:passrole", ...cell.examples]
    : [...cell.examples];
  const first = firstWhole(examples, cell);
  const made =
    first === undefined ? [] : [{ name: spell(first), shape: undefined, latent: existing !== undefined }];
  if (existing === undefined) return made;
  const real: NamedAction[] = [];
  const add = (found: { readonly action: string; readonly shape?: string } | undefined): boolean => {
    if (found !== undefined) real.push({ name: found.action, shape: found.shape ?? "*", latent: false });
    return real.length >= 2;
  };
  for (const example of examples) if (add(existing.find(example))) break;
  if (real.length === 0) {
    for (const found of actionsNear(cell, existing)) {
      if (cell.holds(found.action.toLowerCase()) && add(found)) break;
    }
  }
  return [...real, ...made];
}

/** Services in which people look first. */
const wellKnown = ["s3", "ec2", "iam", "sts", "kms", "lambda"];

/** Existing actions that can belong to a cell of which no example is one. */
function* actionsNear({ examples, wild }: TextCell<ResourceStep>, existing: ExistingActions) {
  const within = wild?.map(serviceOfGlob) ?? [...examples.map(serviceOf), undefined];
  const services = within.includes(undefined) ? [...within, ...wellKnown, ...existing.services] : within;
  let tried = 0;
  // Two of each service first: where most will do, one of them does.
  for (const [from, to] of [
    [0, 2],
    [2, undefined],
  ]) {
    for (const service of new Set(services)) {
      for (const found of existing.ofService(service ?? "").slice(from, to)) {
        tried += wild?.length ?? 1;
        if (tried > mostTried) return;
        const action = found.action.toLowerCase();
        if (wild?.some((glob) => matches(glob, action)) !== false) yield found;
      }
    }
  }
}

/** The service of a pattern of actions; undefined when it can match those of several. */
function serviceOfGlob(glob: Glob): string | undefined {
  const name = onlyText(glob.slice(0, glob.indexOf(colon) + 1));
  return name?.slice(0, -1);
}

function firstWhole(texts: readonly string[], cell: TextCell<ResourceStep>): string | undefined {
  for (const text of texts.slice(0, 12)) {
    const whole = wholeAction(text, cell);
    if (whole !== undefined) return whole;
  }
  return undefined;
}

/** An action has a service and a name; the shortest text of a cell may lack them. */
function wholeAction(text: string, cell: TextCell<ResourceStep>): string | undefined {
  if (isWhole(text)) return text;
  const more = [`s3${text}`, `x${text}`, `${text}x`, `${text}:x`, `x${text}:x`, `x${text}x`];
  return more.find((one) => isWhole(one) && cell.holds(one));
}

const isWhole = (action: string): boolean => /^[^:]+:[^:]+$/.test(action);
