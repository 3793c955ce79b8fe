import type { PrincipalList } from "../comparison/normalise.ts";
import type { Asked } from "../comparison/reading.ts";
import type { Assignment } from "../glob/template.ts";
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
  if (principal.type !== "AWS") return pattern.id === "*" || pattern.id === principal.id;
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
  const role = sessionRole(resource);
  if (role !== undefined) {
    const roles = `arn:${partition}:iam::${account}:role/`;
    levels.push((named) => named.startsWith(roles) && named.split("/").at(-1) === role);
  }
  if (resource !== "root") levels.push((named) => named === `arn:${partition}:iam::${account}:root`);
  return levels;
}

/** The name of the role that a session is of. */
export const sessionRole = (resource: string): string | undefined =>
  /^assumed-role\/([^/]+)\//.exec(resource)?.[1];

/** Who asks; of a session its role's ARN, where the documents tell it: a session's own leaves out the path. */
export interface Asker extends Principal {
  readonly role?: string;
}

/** Keys, in lower case, that AWS sets from the principal itself. */
export const principalKeys = ["aws:principalarn", "aws:principalaccount"] as const;

export const isPrincipalKey = (key: string): boolean =>
  (principalKeys as readonly string[]).includes(key.toLowerCase());

/** The values of these keys for a principal; a session's ARN counts as its role's. */
export function keysOfPrincipal({ type, id, role }: Asker): Assignment {
  const arn = type === "AWS" ? readIamArn(id) : undefined;
  const name = arn && sessionRole(arn.resource);
  const own = name === undefined ? id : (role ?? `arn:${arn?.partition}:iam::${arn?.account}:role/${name}`);
  return new Map([
    ["aws:principalarn", arn === undefined ? undefined : own],
    ["aws:principalaccount", arn?.account],
  ]);
}
