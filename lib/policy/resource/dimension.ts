import type { Budget } from "../comparison/budget.ts";
import { type Grants, hasVariables, type PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import type { TextDimension } from "../comparison/text-groups.ts";
import { hasTwoReadings, openArnGlob, resourceGlob } from "../glob/arn.ts";
import { covers, type Template } from "../glob/covers.ts";
import { Pattern } from "../glob/pattern.ts";
import { type Assignment, fillTemplate, foldVariables } from "../glob/template.ts";

const template = (text: string): Template => ({ text, wildcards: true, fields: true });

/** A whole ARN, without wildcards but for a `*` at its end. */
const simple = /^(?:[^:*?$]*:){5}[^*?$]*\*?$/;

/** Resources: ARNs, field by field, with variables. */
export function resourceDimension(
  { withGuess }: Grants,
  asked: Asked,
  assignment: Assignment | undefined,
  budget: Budget,
): TextDimension<PrincipalStep> {
  /** Patterns whose variables are open. */
  const open = new Set<string>();
  const isWithin = (inner: string, outer: string): boolean =>
    inner !== outer && covers(template(outer), template(inner), budget);
  return {
    parse(text, list) {
      if (text === "*") return { pattern: new Pattern("", true), guess: undefined };
      if (simple.test(text)) {
        const open = text.endsWith("*");
        return { pattern: new Pattern(open ? text.slice(0, -1) : text, open), guess: undefined };
      }
      const variables = hasVariables(list.version, asked.reading.oldVariables);
      const { tagCaseFolds } = asked.reading;
      const { glob, openAt } = fillTemplate(text, true, variables && { tagCaseFolds, assignment });
      if (glob === undefined) return { pattern: undefined, guess: undefined };
      if (openAt !== undefined) {
        const guess = foldVariables(text, tagCaseFolds);
        open.add(guess);
        return { pattern: new Pattern(openArnGlob(glob, openAt)), guess };
      }
      const whole = resourceGlob(glob, hasTwoReadings(glob) && asked.ask("shortArnAsText"));
      return { pattern: new Pattern(whole), guess: undefined };
    },
    world: () => undefined,
    // What a pattern matches, one that covers it matches too.
    withGuess: (step, guess, expected) =>
      [...open]
        .filter((other) => (expected ? isWithin(guess, other) : isWithin(other, guess)))
        .reduce((so, other) => withGuess(so, other, expected), withGuess(step, guess, expected)),
  };
}
