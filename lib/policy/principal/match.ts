import type { PrincipalList } from "../comparison/normalise.ts";
import type { Asked } from "../comparison/reading.ts";
import type { Assignment } from "../glob/template.ts";
import type { Principal, PrincipalPattern } from "../model.ts";

/** Whether a list of principals, or of exceptions, takes in who asks. */
export function listsPrincipal(
  { not, patterns }: PrincipalList,
  principal: Principal,
  asked: Asked,
): boolean {
  const { type } = principal;
  const levels = levelsOf(principal);
  const isNamed = (pattern: PrincipalPattern): boolean => {
    if (pattern.type === "everyone") return true;
    if (isEverybody(pattern)) return type === "AWS" || asked.ask("awsStarSpansAll");
    return pattern.type === type && (pattern.id === "*" || levels.some((level) => level(pattern.id)));
  };
  if (!not) return patterns.some(isNamed);
  const naming = patterns.filter(isNamed);
  if (naming.length === 0) return true;
  if (type !== "AWS" || naming.some(isEverybody)) return false;
  // AWS asks that NotPrincipal names each level of who is exempt.
  const whole = levels.every((level) => naming.some((pattern) => "id" in pattern && level(pattern.id)));
  return !whole && !asked.ask("oneLevelExempts");
}

const isEverybody = (pattern: PrincipalPattern): boolean =>
  pattern.type === "everyone" || (pattern.type === "AWS" && pattern.id === "*");

/** The levels at which a principal can be named: itself, the role of a session, the account. */
function levelsOf(principal: Principal): readonly ((named: string) => boolean)[] {
  const levels = [(named: string): boolean => named === principal.id];
  const arn = arnOf(principal);
  if (arn === undefined) return levels;
  const { iam, resource, sessionOf } = arn;
  if (sessionOf !== undefined)
    levels.push((named) => named.startsWith(`${iam}role/`) && named.endsWith(`/${sessionOf}`));
  if (resource !== "root") levels.push((named) => named === `${iam}root`);
  return levels;
}

export interface IamArn {
  /** How ARNs of IAM begin in its account, and how sessions of a role there do. */
  readonly iam: string;
  readonly sessions: string;
  readonly account: string;
  /** `role/path/name`, `assumed-role/name/session`, `user/name`, `root`. */
  readonly resource: string;
  /** The name of the role that it is, or that it is a session of. */
  readonly role: string | undefined;
  readonly sessionOf: string | undefined;
}

export const arnOf = ({ type, id }: Principal): IamArn | undefined =>
  type === "AWS" ? readIamArn(id) : undefined;

export function readIamArn(id: string): IamArn | undefined {
  const [, partition, account = "", resource = ""] =
    /^arn:([^:]*):(?:iam|sts)::([^:]*)(?::(.*))?$/s.exec(id) ?? [];
  if (partition === undefined) return undefined;
  const [, role, sessionOf] = /^(?:role\/(?:.*\/)?([^/]*)$|assumed-role\/([^/]+)\/)/s.exec(resource) ?? [];
  return {
    iam: `arn:${partition}:iam::${account}:`,
    sessions: `arn:${partition}:sts::${account}:assumed-role/`,
    account,
    resource,
    role,
    sessionOf,
  };
}

/** Who asks; of a session its role's ARN, where the documents tell it: a session's own leaves out the path. */
export interface Asker extends Principal {
  readonly role?: string | undefined;
}

/** Keys, in lower case, that AWS sets from the principal itself. */
export const principalKeys = ["aws:principalarn", "aws:principalaccount"] as const;

export const isPrincipalKey = (key: string): boolean =>
  (principalKeys as readonly string[]).includes(key.toLowerCase());

/** The values of these keys for a principal; a session's ARN counts as its role's. */
export function keysOfPrincipal(asker: Asker): Assignment {
  const arn = arnOf(asker);
  const own = arn?.sessionOf === undefined ? asker.id : (asker.role ?? `${arn.iam}role/${arn.sessionOf}`);
  return new Map([
    ["aws:principalarn", arn && own],
    ["aws:principalaccount", arn?.account],
  ]);
}
