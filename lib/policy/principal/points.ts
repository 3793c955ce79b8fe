import type { Principal, PrincipalPattern } from "../model.ts";
import { type Asker, arnOf, readIamArn } from "./match.ts";

/**
 * Principals that stand for all, as far as these patterns can tell: each that is named, sessions of named
 * roles, someone else in each named account, and a stranger of each type. `alsoArns` are in question elsewhere.
 */
export function principalPoints(
  patterns: Iterable<PrincipalPattern>,
  alsoArns: readonly string[],
): readonly Asker[] {
  const points = new Map<string, Principal>();
  const add = (type: Principal["type"], id: string): void => {
    points.set(`${type}:${id}`, { type, id });
  };
  const named = new Set<string>();
  /** How ARNs of IAM begin in the accounts that are named. */
  const accounts = new Set<string>();
  /** How sessions of a role begin, and the role's ARN where a pattern names it. */
  const sessions = new Map<string, string | undefined>();
  for (const pattern of patterns) {
    if (pattern.type === "everyone" || pattern.id === "*") continue;
    const { type, id } = pattern;
    named.add(id);
    const arn = arnOf(pattern);
    if (arn?.resource !== "root") add(type, id);
    if (arn === undefined) continue;
    const { iam, role, sessionOf } = arn;
    accounts.add(iam);
    if (sessionOf !== undefined) add("AWS", `${iam}role/${sessionOf}`);
    const session = `${arn.sessions}${role ?? sessionOf}/`;
    if (role !== undefined) sessions.set(session, sessions.get(session) ?? id);
    else if (sessionOf !== undefined) sessions.set(session, sessions.get(session));
  }
  const fresh = (start: string, end = ""): string => {
    let id = `${start}example${end}`;
    for (let i = 1; named.has(id); i++) id = `${start}example-${i}${end}`;
    return id;
  };
  for (const iam of accounts) {
    add("AWS", fresh(`${iam}role/`));
    if (named.has(`${iam}root`)) add("AWS", `${iam}root`);
  }
  for (const session of sessions.keys()) add("AWS", fresh(session));
  let stranger = 111_122_223_333;
  const asked = new Set(alsoArns.map((arn) => readIamArn(arn)?.account));
  while (accounts.has(`arn:aws:iam::${stranger}:`) || asked.has(String(stranger))) stranger++;
  add("AWS", `arn:aws:iam::${stranger}:role/example`);
  add("Service", fresh("", ".amazonaws.com"));
  for (const kind of ["saml", "oidc"]) add("Federated", fresh(`arn:aws:iam::${stranger}:${kind}-provider/`));
  add("CanonicalUser", fresh("0123456789abcdef"));
  for (const arn of alsoArns) add("AWS", arn);
  return [...points.values()].map((point) => ({
    ...point,
    role: sessions.get(point.id.slice(0, point.id.lastIndexOf("/") + 1)),
  }));
}
