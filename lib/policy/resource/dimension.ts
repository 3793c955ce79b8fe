import { type Grants, hasVariables, type PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import type { TextDimension } from "../comparison/text-groups.ts";
import { hasTwoReadings, resourceGlob } from "../glob/arn.ts";
import { type Assignment, fillTemplate, foldVariables } from "../glob/template.ts";

/** Resources: ARNs, field by field, with variables. */
export function resourceDimension(
  grants: Grants,
  asked: Asked,
  assignment: Assignment | undefined,
): TextDimension<PrincipalStep> {
  return {
    parse(text, list) {
      const variables = hasVariables(list.version, asked.reading.oldVariables);
      const { glob, open } = fillTemplate(text, true, variables, assignment);
      if (glob === undefined || open) return { glob, guess: open ? foldVariables(text) : undefined };
      return {
        glob: resourceGlob(glob, hasTwoReadings(glob) && asked.ask("shortArnAsText")),
        guess: undefined,
      };
    },
    world: () => undefined,
    withGuess: (step, text, expected) => grants.withTest(step, grants.guess(text, expected)),
  };
}
