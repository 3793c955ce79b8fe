import type { Cause } from "../change/model.ts";
import type { Facts } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import type { Work } from "./look-at.ts";
import type { WatchPorts } from "./ports.ts";
import { matchesInAnyCase, sameName } from "./spelling.ts";
import { policiesOn } from "./subjects.ts";

/** Of the calls that led to a look, those that may have to do with one subject: an account holds many. */
export function callsOn(
  subject: Scope,
  { scope, causes }: Work,
  facts: Facts,
  ports: Pick<WatchPorts, "companions">,
): readonly Cause[] {
  if (scope.kind !== "account" || causes.length === 0 || !("name" in subject)) return causes;
  const near = ports.companions?.(subject);
  const names = [...policiesOn(subject, facts), ...(near?.roles ?? []), ...(near?.profiles ?? [])];
  return causes.filter(
    ({ about }) =>
      about.length === 0 ||
      about.some((one) => names.some((name) => sameName(name, one)) || matchesInAnyCase(subject.name, one)),
  );
}
