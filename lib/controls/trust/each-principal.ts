import { evaluate } from "../../policy/evaluate/evaluate.ts";
import { matchPrincipals } from "../../policy/evaluate/principal.ts";
import { likelyContexts } from "../../policy/explanation/likely-context.ts";
import type { Policy, PolicyWitness, Principal, PrincipalPattern, Request } from "../../policy/model.ts";
import type { Part } from "../part.ts";

/** Of more principals than this the rest are in the statement that is shown. */
const mostPrincipals = 20;

/**
 * A difference between trust policies comes with one witness for all whom a change lets in: with one for
 * each of them that a statement names, other accounts before services. `allows`, `denies`: the policies
 * that it lies between; the first pair that confirms its witness is asked.
 */
export function eachPrincipal(
  part: Part,
  direction: "excess" | "missing",
  pairs: readonly { readonly allows: Policy; readonly denies: Policy }[],
): Part {
  if (part.at !== "differs") return part;
  const [first] = part[direction];
  const pair = first && pairs.find((one) => confirms(one, first.request));
  if (first === undefined || pair === undefined) return part;
  const witnesses = [...part[direction]];
  for (const [principal, pattern, requests] of namedIn(pair.allows, first.request)) {
    if (witnesses.length >= mostPrincipals) break;
    const known = witnesses.some(({ request }) => names(pattern, request.principal));
    const request = known ? undefined : requests.find((one) => confirms(pair, { ...one, principal }));
    if (request !== undefined) witnesses.push({ request: { ...request, principal }, latent: false });
  }
  return { ...part, [direction]: witnesses.toSorted((a, b) => rank(a) - rank(b)) };
}

const rank = ({ request: { principal } }: PolicyWitness): number => (principal?.type === "AWS" ? 0 : 1);

const names = (pattern: PrincipalPattern, principal: Principal | undefined): boolean =>
  matchPrincipals({ not: false, patterns: [pattern] }, principal) === true;

/** Whether the one policy allows a request and the other does not. */
export function confirms(
  { allows, denies }: { readonly allows: Policy; readonly denies: Policy },
  request: Request,
): boolean {
  const verdictOf = (policy: Policy) => evaluate(request, { kind: "trust", documents: [policy] }).verdict;
  return verdictOf(allows) === "allowed" && verdictOf(denies) === "denied";
}

/** Whom the Allows name, one of each account, with requests that may be allowed them. */
function* namedIn(
  { statements }: Policy,
  like: Request,
): Iterable<readonly [Principal, PrincipalPattern, readonly Request[]]> {
  for (const statement of statements) {
    const { effect, principals, actions } = statement;
    if (effect !== "Allow" || principals === undefined || principals.not) continue;
    const own = actions.not ? [] : actions.patterns.filter((action) => !/[*?]/.test(action));
    const requests = [like.action, ...own].flatMap((action) =>
      [like.context, ...likelyContexts(statement)].map((context): Request => ({ action, context })),
    );
    for (const pattern of principals.patterns) {
      if (pattern.type === "everyone" || pattern.id === "*") continue;
      const id = pattern.type === "AWS" ? pattern.id.replace(/:root$/, ":role/example") : pattern.id;
      yield [{ type: pattern.type, id }, pattern, requests];
    }
  }
}
