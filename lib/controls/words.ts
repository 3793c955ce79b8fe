import type { Difference } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";

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
  // A resource that a witness made up says nothing to a reader of one line; the witness itself is told below.
  const one =
    new Set(words).size === 1 &&
    first !== undefined &&
    !/^\*?$|:123456789012:|example/.test(first.witness.resource);
  return one ? `${list(words)} on \`${first.witness.resource}\`` : list(words);
}

/**
 * Who differences are about, at the start of a sentence. A witness made up for an account that `named`
 * lets in as a whole is called by its account: nobody should look for `role/example`.
 */
export function principalsOf(differences: readonly Difference[], named: Policy): string {
  const words = differences.flatMap(({ witness: { principal, resource } }) => {
    if (principal === undefined) return [];
    if (typeof principal !== "string") return [Object.values(principal).join()];
    const account = /^(arn:[^:]*:(?:iam|sts)::(\d{12}):)/.exec(principal);
    if (account?.[1] === undefined || names(named, principal)) return [principal];
    const root = `${account[1].replace(":sts:", ":iam:")}root`;
    if (!names(named, root)) return [principal];
    // The number alone would be that of an account which is let in.
    return [partitionOf(root) === partitionOf(resource) ? `account ${account[2]}` : root];
  });
  if (words.length === 0) return "Someone";
  return list(words)
    .replace(/`account (\d+)`/g, "account `$1`")
    .replace(/^a/, "A");
}

const partitionOf = (arn: string): string | undefined => arn.split(":")[1];

const names = ({ statements }: Policy, id: string): boolean =>
  statements.some(({ principals }) =>
    principals?.patterns.some((pattern) => pattern.type !== "everyone" && pattern.id === id),
  );

/** Said of a difference that no action of today shows. */
export const latentNote = (differences: readonly Difference[]): string =>
  differences.length > 0 && differences.every(({ latent }) => latent)
    ? " No action that exists today shows the difference, only one that AWS may add."
    : "";
