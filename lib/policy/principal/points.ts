import type { Principal, PrincipalPattern } from "../model.ts";
import { readIamArn } from "./match.ts";

/**
 * Principals that stand for all, as far as these patterns can tell: each that is named, sessions of named
 * roles, someone else in each named account, and a stranger of each type. `alsoArns` are in question elsewhere.
 */
export function principalPoints(
  patterns: Iterable<PrincipalPattern>,
  alsoArns: Iterable<string>,
): readonly Principal[] {
  const points = new Map<string, Principal>();
  const add = (type: Principal["type"], id: string): void => {
    points.set(`${type}:${id}`, { type, id });
  };
  const named = new Set<string>();
  const accounts = new Map<string, { readonly partition: string; readonly account: string }>();
  const sessions: string[] = [];
  for (const pattern of patterns) {
    if (pattern.type === "everyone" || pattern.id === "*") continue;
    named.add(pattern.id);
    const arn = pattern.type === "AWS" ? readIamArn(pattern.id) : undefined;
    if (arn === undefined) {
      add(pattern.type, pattern.id);
      continue;
    }
    const { partition, account, resource } = arn;
    accounts.set(`${partition}:${account}`, { partition, account });
    const isSession = resource.startsWith("assumed-role/");
    if (resource !== "root") add("AWS", pattern.id);
    const role = isSession
      ? resource.split("/")[1]
      : resource.startsWith("role/")
        ? resource.split("/").at(-1)
        : undefined;
    if (role !== undefined) sessions.push(`arn:${partition}:sts::${account}:assumed-role/${role}/`);
    if (isSession) add("AWS", `arn:${partition}:iam::${account}:role/${role}`);
  }
  const fresh = (start: string, end = ""): string => {
    let id = `${start}example${end}`;
    for (let i = 1; named.has(id); i++) id = `${start}example-${i}${end}`;
    return id;
  };
  for (const { partition, account } of accounts.values()) {
    const iam = `arn:${partition}:iam::${account}:`;
    add("AWS", fresh(`${iam}role/`));
    if (named.has(`${iam}root`)) add("AWS", `${iam}root`);
  }
  for (const session of sessions) add("AWS", fresh(session));
  let stranger = 111_122_223_333;
  while (accounts.has(`aws:${stranger}`)) stranger++;
  add("AWS", `arn:aws:iam::${stranger}:role/example`);
  add("Service", fresh("", ".amazonaws.com"));
  add("Federated", fresh(`arn:aws:iam::${stranger}:saml-provider/`));
  add("CanonicalUser", fresh("0123456789abcdef"));
  for (const arn of alsoArns) add("AWS", arn);
  return [...points.values()];
}
