import type { Cause } from "../change/model.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { Scope } from "../model/scope.ts";
import { matchesInAnyCase } from "./spelling.ts";

/** The calls that a role which nobody configured is looked at for: it may begin to trust a retired platform. */
const trusting: ReadonlySet<string> = new Set(["iam:CreateRole", "iam:UpdateAssumeRolePolicy"]);

/**
 * Whether anything that is configured hangs on a scope, after these calls. Most writes of a busy account
 * touch roles and regions that nobody watches: they are not worth a read.
 */
export function concerns(config: ResolvedConfig, scope: Scope, causes: readonly Cause[]): boolean {
  switch (scope.kind) {
    case "role": {
      const { name } = scope;
      const watched = config.roles.some(
        ({ select, assumedBy }) =>
          assumedBy === name || select.name === undefined || matchesInAnyCase(select.name, name),
      );
      if (watched || config.foreignAccounts.length === 0) return watched;
      return causes.length === 0 || causes.some(({ action }) => trusting.has(action));
    }
    case "user":
      return config.legacyUsers.some(({ name }) => name === scope.name);
    case "region":
      return config.clusters.some(({ region }) => region === "*" || region === scope.region);
    case "profile":
    case "policy":
    case "account":
    case "self":
      return true;
    default:
      return scope satisfies never;
  }
}
