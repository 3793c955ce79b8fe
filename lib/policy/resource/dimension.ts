import type { Budget } from "../comparison/budget.ts";
import { type Grants, hasVariables, type PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import type { TextDimension } from "../comparison/text-groups.ts";
import { hasTwoReadings, openArnGlob, resourceGlob } from "../glob/arn.ts";
import { covers, type Template } from "../glob/covers.ts";
import { Pattern, plainPattern } from "../glob/pattern.ts";
import { type Assignment, fillTemplate, foldVariables } from "../glob/template.ts";

const template = (text: string): Template => ({ text, wildcards: true, fields: true });

/** A `*`, or a whole ARN without wildcards but for a `*` at its end. */
const simple = /^(?:(?:[^:*?$]*:){5}[^*?$]*)?\*?$/;

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
      if (simple.test(text)) return { pattern: plainPattern(text) };
      const { oldVariables, tagCaseFolds } = asked.reading;
      const variables = hasVariables(list.version, oldVariables) && { tagCaseFolds, assignment };
      const { glob, openAt } = fillTemplate(text, true, variables);
      if (glob === undefined) return {};
      if (openAt === undefined) {
        const asText = hasTwoReadings(glob) && asked.ask("shortArnAsText");
        return { pattern: new Pattern(resourceGlob(glob, asText)) };
      }
      const guess = foldVariables(text, tagCaseFolds);
      open.add(guess);
      return { pattern: new Pattern(openArnGlob(glob, openAt)), guess };
    },
    world: () => undefined,
    // What a pattern matches, one that covers it matches too.
    withGuess: (step, guess, expected) =>
      [...open]
        .filter((other) => (expected ? isWithin(guess, other) : isWithin(other, guess)))
        .reduce((so, other) => withGuess(so, other, expected), withGuess(step, guess, expected)),
  };
}
