import type { PrincipalList } from "../comparison/normalise.ts";
import type { Asked } from "../comparison/reading.ts";
import type { Principal, PrincipalPattern } from "../model.ts";

/** Whether a list of principals, or of exceptions, takes in who asks. */
export function listsPrincipal(list: PrincipalList, principal: Principal, asked: Asked): boolean {
  if (!list.not) return list.patterns.some((pattern) => namesPrincipal(pattern, principal, asked));
  const naming = list.patterns.filter((pattern) => namesPrincipal(pattern, principal, asked));
  if (naming.length === 0) return true;
  if (principal.type !== "AWS" || naming.some(isEverybody)) return false;
  // AWS asks that NotPrincipal names each level of who is exempt.
  const missing = levelsOf(principal.id).some(
    (level) => !list.patterns.some((pattern) => pattern.type === "AWS" && level(pattern.id)),
  );
  return missing && !asked.ask("oneLevelExempts");
}

function namesPrincipal(pattern: PrincipalPattern, principal: Principal, asked: Asked): boolean {
  if (pattern.type === "everyone") return true;
  if (isEverybody(pattern)) return principal.type === "AWS" || asked.ask("awsStarSpansAll");
  if (pattern.type !== principal.type) return false;
  if (principal.type !== "AWS") return pattern.id === principal.id;
  return levelsOf(principal.id).some((level) => level(pattern.id));
}

const isEverybody = (pattern: PrincipalPattern): boolean =>
  pattern.type === "everyone" || (pattern.type === "AWS" && pattern.id === "*");

export interface IamArn {
  readonly partition: string;
  readonly account: string;
  /** `role/path/name`, `assumed-role/name/session`, `user/name`, `root`. */
  readonly resource: string;
}

export function readIamArn(id: string): IamArn | undefined {
  const [arn, partition = "", service, region, account = "", ...resource] = id.split(":");
  if (arn !== "arn" || (service !== "iam" && service !== "sts") || region !== "") return undefined;
  return { partition, account, resource: resource.join(":") };
}

/** The levels at which a principal can be named: itself, the role of a session, the account. */
function levelsOf(id: string): readonly ((named: string) => boolean)[] {
  const levels = [(named: string): boolean => named === id];
  const arn = readIamArn(id);
  if (arn === undefined) return levels;
  const { partition, account, resource } = arn;
  if (resource.startsWith("assumed-role/")) {
    const role = resource.split("/")[1];
    const roles = `arn:${partition}:iam::${account}:role/`;
    levels.push((named) => named.startsWith(roles) && named.split("/").at(-1) === role);
  }
  if (resource !== "root") levels.push((named) => named === `arn:${partition}:iam::${account}:root`);
  return levels;
}

/** Keys, in lower case, that AWS sets from the principal itself. */
export const principalKeys = ["aws:principalarn", "aws:principalaccount"] as const;

export const isPrincipalKey = (key: string): boolean =>
  (principalKeys as readonly string[]).includes(key.toLowerCase());

/** The values of these keys for a principal; a session's ARN counts as its role's. */
export function keysOfPrincipal({ type, id }: Principal): ReadonlyMap<string, string | undefined> {
  const arn = type === "AWS" ? readIamArn(id) : undefined;
  const isSession = arn?.resource.startsWith("assumed-role/") === true;
  const own = isSession ? `arn:${arn.partition}:iam::${arn.account}:role/${arn.resource.split("/")[1]}` : id;
  return new Map([
    ["aws:principalarn", arn === undefined ? undefined : own],
    ["aws:principalaccount", arn?.account],
  ]);
}
