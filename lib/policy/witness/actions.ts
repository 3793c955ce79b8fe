import { serviceOf } from "../action/dimension.ts";
import type { ExistingActions } from "../actions/existing-actions.ts";
import type { ResourceStep } from "../comparison/grants.ts";
import type { TextCell } from "../comparison/text-cells.ts";

export interface NamedAction {
  readonly name: string;
  /** The form of ARNs that it is about, when known; `*`: none. */
  readonly shape: string | undefined;
  /** It does not exist today, as far as is known. */
  readonly latent: boolean;
}

const mostTried = 400;

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
  const add = (found: { readonly action: string; readonly shape?: string } | undefined): void => {
    if (found !== undefined) real.push({ name: found.action, shape: found.shape ?? "*", latent: false });
  };
  for (const example of examples) {
    add(existing.find(example));
    if (real.length >= 2) break;
  }
  // An automaton's text says where to look, not what exists there.
  if (real.length === 0) {
    let tried = 0;
    const look = (service: string, most: number): void => {
      for (const found of existing.ofService(service).slice(0, most)) {
        if (real.length >= 2 || tried++ > mostTried) return;
        if (cell.holds(found.action.toLowerCase())) add(found);
      }
    };
    const services = new Set(examples.flatMap((example) => serviceOf(example) ?? []));
    for (const service of services) look(service, mostTried);
    for (const service of ["s3", "ec2", "iam", "sts", "kms", "lambda", ...existing.services])
      look(service, 2);
  }
  return [...real, ...made];
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
  if (/^[^:]+:[^:]/.test(text)) return text;
  return [`${text}:x`, `x${text}:x`, `${text}x`].find((one) => /^[^:]+:[^:]/.test(one) && cell.holds(one));
}
