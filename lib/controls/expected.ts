import type { PolicyTemplate, WatchedRole } from "../model/config.ts";
import type { AccountIdentity } from "../model/facts.ts";
import { lazily } from "../model/lazily.ts";
import type { Policy, PolicyKind } from "../policy/model.ts";
import { fillTemplate, fillText } from "./fill-template.ts";
import { parse } from "./lookups.ts";
import type { ExpectedPolicies } from "./permissions/analyse-permissions.ts";

/** What an entry expects in one account: its documents filled in and parsed, when they are asked for. */
export interface Expected {
  readonly trust: () => Policy;
  readonly permissions: () => ExpectedPolicies;
}

const nothing: Policy = { version: "2012-10-17", statements: [] };

/** Kept with the entry, which is one object for all roles that it matches. */
const known = new WeakMap<WatchedRole, { readonly key: string; readonly expected: Expected }>();

export function expectedOf(watched: WatchedRole, { account, partition }: AccountIdentity): Expected {
  const key = `${partition}:${account}`;
  const before = known.get(watched);
  if (before?.key === key) return before.expected;
  const facts = new Map([
    ["account", account],
    ["partition", partition],
  ]);
  const values = new Map([
    ...Object.entries(watched.parameters).map(([name, value]) => [name, fillText(value, facts)] as const),
    ...facts,
    ...(watched.externalId?.value === undefined ? [] : [["externalId", watched.externalId.value] as const]),
  ]);
  /** Each template once, so that a pinned document is the same object wherever it is used. */
  const parsed = new Map<string, Policy>();
  const document = (template: PolicyTemplate, kind: PolicyKind): Policy => {
    const text = JSON.stringify(template);
    const seen = parsed.get(text);
    if (seen !== undefined) return seen;
    const result = parse(fillTemplate(template, values), kind, partition);
    // Documents were checked with the configuration: a fault here is one of Rolecall's own.
    if (!result.ok) throw new Error(`the baseline ${watched.baseline} has a document that is not valid`);
    parsed.set(text, result.policy);
    return result.policy;
  };
  const expected: Expected = {
    trust: lazily(() => (watched.trust === undefined ? nothing : document(watched.trust, "trust"))),
    permissions: lazily(() => {
      const wanted = watched.permissions;
      return {
        mode: wanted?.mode ?? "atLeast",
        required: (wanted?.required ?? []).map((each) => document(each, "identity")),
        allowed: (wanted?.allowed ?? []).map((each) => document(each, "identity")),
        pinned: (wanted?.pinned ?? []).map(({ arn, version, document: template }) => ({
          arn: fillText(arn, values),
          version,
          policy: document(template, "identity"),
        })),
        passRoleByName: wanted?.passRoleByName ?? false,
      };
    }),
  };
  known.set(watched, { key, expected });
  return expected;
}
