import type { Matcher, Principal, PrincipalPattern, PrincipalType } from "../model.ts";
import { openQuestions } from "../open-questions.ts";
import { type Answer, not, some, unsure } from "./answer.ts";

/** Whether a statement is about whoever asks. */
export function matchPrincipals(
  matcher: Matcher<PrincipalPattern>,
  principal: Principal | undefined,
): Answer {
  return matcher.not
    ? matchNotPrincipal(matcher.patterns, principal)
    : some(matcher.patterns, (pattern) => matchPrincipal(pattern, principal));
}

function matchPrincipal(pattern: PrincipalPattern, principal: Principal | undefined): Answer {
  if (pattern.type === "everyone") return true;
  if (principal === undefined) return unsure("the request does not say who asks");
  if (isAnyOf(pattern, principal.type)) return true;
  if (isAnyOf(pattern, "AWS")) {
    return unsure(openQuestions.awsStarSpansAll);
  }
  if (pattern.type !== principal.type) return false;
  if (principal.type !== "AWS") return pattern.id === principal.id;
  return levelsOf(principal.id).some((level) => level(pattern.id));
}

/** Whether a pattern stands for all principals of a type. */
const isAnyOf = (pattern: PrincipalPattern, type: PrincipalType): boolean =>
  pattern.type === type && pattern.id === "*";

/**
 * AWS documents that NotPrincipal has to name every level of who is exempt (session, role, account): for
 * one who is named at some of them only, the statement may or may not hold.
 */
function matchNotPrincipal(patterns: readonly PrincipalPattern[], principal: Principal | undefined): Answer {
  const exempt = some(patterns, (pattern) => matchPrincipal(pattern, principal));
  if (exempt !== true || principal?.type !== "AWS") return not(exempt);
  if (patterns.some((pattern) => pattern.type === "everyone" || isAnyOf(pattern, "AWS"))) return false;
  const named = patterns.flatMap((pattern) => (pattern.type === "AWS" ? [pattern.id] : []));
  const whole = levelsOf(principal.id).every((level) => named.some(level));
  return whole ? false : unsure(openQuestions.oneLevelExempts);
}

/** The levels at which a principal of AWS can be named: itself, its role if it is a session, its account. */
function levelsOf(id: string): readonly ((named: string) => boolean)[] {
  const levels = [(named: string) => named === id];
  const parts = /^arn:([^:]*):(?:iam|sts)::([^:]*):(.*)$/s.exec(id);
  if (parts === null) return levels;
  const [, partition, account, resource = ""] = parts;
  const role = /^assumed-role\/([^/]+)\//.exec(resource)?.[1];
  if (role !== undefined) {
    // A session's ARN leaves out the path of its role; names of roles are unique in an account.
    const start = `arn:${partition}:iam::${account}:role/`;
    levels.push((named) => named.startsWith(start) && named.slice(named.lastIndexOf("/") + 1) === role);
  }
  if (resource !== "root") levels.push((named) => named === `arn:${partition}:iam::${account}:root`);
  return levels;
}
