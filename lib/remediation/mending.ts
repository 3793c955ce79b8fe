import type { WatchedRole } from "../model/config.ts";
import type { AccountIdentity, IamFacts, RoleFacts } from "../model/facts.ts";

/** One role that does not answer as its entry of the configuration asks, and the account around it. */
export interface Mending {
  readonly identity: AccountIdentity;
  readonly iam: IamFacts;
  readonly role: RoleFacts;
  readonly watched: WatchedRole;
}

/** Values for the `{{name}}`s of the entry's documents; the ExternalId has none, so that it is never printed. */
export function templateValues(
  identity: AccountIdentity,
  { parameters }: Pick<WatchedRole, "parameters">,
): ReadonlyMap<string, string> {
  const own = new Map([
    ["account", identity.account],
    ["partition", identity.partition],
  ]);
  const filled = Object.entries(parameters).map(
    ([name, value]) =>
      [name, value.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => own.get(key) ?? whole)] as const,
  );
  return new Map([...own, ...filled]);
}
