import type { Matcher, Request, Statement } from "../model.ts";
import { openQuestions } from "../open-questions.ts";
import { type Answer, every, not, some, unsure } from "./answer.ts";
import { matchArn } from "./arn.ts";
import { matchCondition } from "./condition.ts";
import { fill, matchGlob, type Scope } from "./pattern.ts";
import { matchPrincipals } from "./principal.ts";

/** Whether a statement is about the request: its action, its resource, who asks, and all conditions. */
export function matchStatement(statement: Statement, request: Request, scope: Scope): Answer {
  scope.spend(1 + statement.actions.patterns.length / 16);
  return every(parts, (part) => part(statement, request, scope));
}

const parts: readonly ((statement: Statement, request: Request, scope: Scope) => Answer)[] = [
  (statement, request, scope) => matchActions(statement.actions, request.action, scope),
  (statement, request, scope) =>
    statement.resources === undefined || matchResources(statement.resources, request.resource, scope),
  (statement, request) =>
    statement.principals === undefined || matchPrincipals(statement.principals, request.principal),
  (statement, _, scope) => every(statement.conditions, (condition) => matchCondition(condition, scope)),
];

/** Letter case does not count. */
function matchActions(matcher: Matcher<string>, action: string, scope: Scope): Answer {
  const lower = action.toLowerCase();
  const initial = initialOf(lower);
  const any = some(matcher.patterns, (pattern) => {
    // Most patterns are of another service.
    const first = initialOf(pattern);
    if (first !== initial && !ofAny.includes(first)) return false;
    return pattern.includes(" ") ? matchSpaced(pattern, lower, scope) : matchAction(pattern, lower, scope);
  });
  return matcher.not ? not(any) : any;
}

/** The first character, whatever its letter case: those of patterns are ASCII. */
const initialOf = (text: string): number => text.charCodeAt(0) | 0x20;

/** A pattern that begins so may be of any service. */
const ofAny = ["*", "?", " "].map(initialOf);

/** Whether AWS drops a space in an action is not documented. */
const matchSpaced = (pattern: string, action: string, scope: Scope): Answer =>
  matchAction(withoutSpaces(pattern), withoutSpaces(action), scope) === true
    ? unsure(openQuestions.spacedAction)
    : false;

const withoutSpaces = (action: string): string => action.replaceAll(" ", "");

function matchAction(pattern: string, action: string, scope: Scope): Answer {
  const lower = pattern.toLowerCase();
  if (lower === action) return true;
  // Actions have no variables.
  return /[*?]/.test(lower) && matchGlob(lower, action, { ...scope, variables: false });
}

/** A policy on one resource may leave the resource out of the request: only `*` is sure to mean it. */
function matchResources(matcher: Matcher<string>, resource: string | undefined, scope: Scope): Answer {
  const any = some(matcher.patterns, (pattern) => {
    if (/^\*+$/.test(pattern)) return true;
    if (resource === undefined) return unsure("the request does not name its resource");
    // Whether NotResource then means every resource or none is not documented.
    if (matcher.not && fill(pattern, scope, true) === false) {
      return unsure("`NotResource` with a policy variable that has no value");
    }
    return matchArn(pattern, resource, scope, "resource");
  });
  return matcher.not ? not(any) : any;
}
