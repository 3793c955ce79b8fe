import type { Deed } from "./blocks.ts";
import type { Change, Named } from "./changes.ts";
import type { Item } from "./items.ts";
import { conditionsInWords, listOf, someOf } from "./names.ts";
import type { Grant } from "./probe.ts";
import { keysOf } from "./statements.ts";

/** The conditions under which it is granted; those that are the same on both sides go without saying. */
export function underInWords({ by, cause }: Grant, deed: Deed): string {
  const asked = (cause.kind === "condition" ? cause.instead : keysOf(by.statement)).filter(
    (key) => deed !== "pass" || key.toLowerCase() !== passedTo,
  );
  return asked.length === 0 ? "" : ` under the ${conditionsInWords(asked)}`;
}

/** What the side may do: "pass any role to EC2", "call `s3:GetObject` and 4 more on any resource". */
export function deedInWords(change: Change): string {
  const { grant, probe, deed } = change;
  const actions = inWords(change.actions);
  const where = inWords(change.resources);
  const who = principalsInWords(change.principals);
  const under = `${exceptionsInWords(change)}${underInWords(grant, deed)}`;
  const note = change.actions.every(({ latent }) => latent) ? " (only actions that do not exist today)" : "";
  switch (deed) {
    case "assume": {
      const ways = /^`sts:AssumeRole\w*`$/i.test(actions) ? "" : ` (${actions})`;
      return `be assumed by ${who}${ways}${under}${note}`;
    }
    case "use":
      return `be used by ${who} for ${actions}${under}${note}`;
    case "pass":
      return `pass ${where.replace(/^any resource/, "any role")} to ${servicesInWords(change)}${under}${note}`;
    case "call":
      return probe.kind === "resource"
        ? `be asked for ${actions} on ${where}${who === "" ? "" : ` by ${who}`}${under}${note}`
        : `call ${actions} on ${where}${under}${note}`;
    default:
      return deed satisfies never;
  }
}

function exceptionsInWords({ exceptions }: Change): string {
  if (exceptions.length === 0) return "";
  const names = (items: readonly Item[]) => someOf(items.map(({ name }) => name));
  const each = exceptions.map(
    ({ on, some, others }) => `${names(some)} ${on ? "on" : "by"} ${names(others)}`,
  );
  return ` (other than ${someOf(each)})`;
}

const mostPrincipals = 6;

/** Accounts last: who comes after "whom account `x` lets" would seem to be let as well. */
function principalsInWords(named: readonly Named[]): string {
  const shown = named
    .slice(0, mostPrincipals)
    .toSorted((a, b) => Number(isAccount(a)) - Number(isAccount(b)));
  return inWords([...shown, ...named.slice(mostPrincipals)], mostPrincipals);
}

const isAccount = ({ item }: Named): boolean => item.name.startsWith("anyone whom");

const inWords = (named: readonly Named[], most?: number): string => someOf(named.map(nameOf), most);

function nameOf({ item, but, latent }: Named): string {
  if (latent && item.cuts.length > 0) return `what may come of ${item.name}`;
  return but.length === 0 ? item.name : `${item.name} (other than ${someOf(but.map(({ name }) => name))})`;
}

/** The services that a role is passed to: "EC2" for `ec2.amazonaws.com`. */
function servicesInWords({ grant: { request, by }, probe }: Change): string {
  const key = Object.keys(request.context).find((name) => name.toLowerCase() === passedTo);
  if (key === undefined) return "any service";
  const listed = by.statement.conditions.flatMap((one) =>
    one.key.toLowerCase() === passedTo ? one.values : [],
  );
  const services = [request.context[key] ?? [], ...listed].flat().filter((service) => {
    const context = { ...request.context, [key]: service };
    return probe.confirms(request) && probe.confirms({ ...request, context });
  });
  return listOf([...new Set(services.map(serviceInWords))]);
}

const passedTo = "iam:passedtoservice";

function serviceInWords(service: string): string {
  const name = /^([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(service)?.[1];
  if (name !== undefined) return name.length <= 4 ? name.toUpperCase() : `\`${name}\``;
  return /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(service) ? `\`${service}\`` : "other services";
}
