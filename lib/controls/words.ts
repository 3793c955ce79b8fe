import type { Difference } from "../model/result.ts";

/** `a`, `b`, `c` and 4 more. */
export function list(words: readonly string[], most = 3): string {
  const unique = [...new Set(words)];
  const shown = unique.slice(0, most).map((word) => `\`${word}\``);
  const more = unique.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** What differences are about: `ec2:RunInstances` on `*`. */
export function actionsOf(differences: readonly Difference[]): string {
  const words = differences.map(({ witness }) => witness.action);
  const [first] = differences;
  const one = new Set(words).size === 1 && first !== undefined && first.witness.resource !== "*";
  return one ? `${list(words)} on \`${first.witness.resource}\`` : list(words);
}

/** Who differences are about. */
export function principalsOf(differences: readonly Difference[]): string {
  const words = differences.flatMap(({ witness: { principal } }) => {
    if (principal === undefined) return [];
    return [typeof principal === "string" ? principal : Object.values(principal).join()];
  });
  return words.length === 0 ? "someone" : list(words);
}

/** Said of a difference that no action of today shows. */
export const latentNote = (differences: readonly Difference[]): string =>
  differences.length > 0 && differences.every(({ latent }) => latent)
    ? " No action that exists today shows the difference, only one that AWS may add."
    : "";
