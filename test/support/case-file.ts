import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { resolveSecrets } from "../../lib/config/resolve-secrets.ts";
import { fillTemplate } from "../../lib/controls/fill-template.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { DocumentSource, Facts, RoleFacts } from "../../lib/model/facts.ts";
import type { Verdict } from "../../lib/model/result.ts";
import type { Scope } from "../../lib/model/scope.ts";
import { absent, denied, found, type Roster, type Seen } from "../../lib/model/seen.ts";
import type { Severity } from "../../lib/model/severity.ts";

/** `denied: iam:GetRole` in place of a value: it could not be seen. */
type Maybe<T> = T | { readonly denied: string };
/** `catalogue: cluster-api/nodes` stands for a document of the baselines, for those too long to write out. */
type Document = DocumentSource | { readonly catalogue: string };

function documentOf(document: Document): DocumentSource {
  if (typeof document === "string" || typeof document["catalogue"] !== "string")
    return document as DocumentSource;
  const [platform, policy = ""] = document["catalogue"].split("/");
  const found = catalogue.find((each) => each.platform === platform)?.policies[policy];
  if (found === undefined) throw new Error(`the catalogue has no ${document["catalogue"]}`);
  return fillTemplate(found.document, new Map([["partition", "aws"]]));
}

interface CaseRole {
  readonly name: string;
  readonly path?: string;
  readonly trust?: Maybe<Document>;
  readonly inline?: Maybe<Readonly<Record<string, Document>>>;
  /** Names of policies of the account, or ARNs. */
  readonly attached?: Maybe<readonly string[]>;
  readonly boundary?: Maybe<string>;
  readonly profiles?: Maybe<readonly string[]>;
  readonly tags?: Maybe<Readonly<Record<string, string>>>;
}

/** An account and its configuration in few words. */
interface CaseAccount {
  readonly partition?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly roles?: readonly CaseRole[];
  /** Documents by name, or by ARN. */
  readonly policies?: Readonly<Record<string, Document>>;
  /** The role in each instance profile, or null. */
  readonly profiles?: Readonly<Record<string, string | null>>;
  readonly users?: readonly string[];
  /** Lists that are not whole. */
  readonly gaps?: readonly ("roles" | "policies" | "profiles" | "users")[];
}

export interface CaseExpectation {
  readonly control: string;
  readonly verdict: Verdict;
  readonly severity?: Severity;
  readonly directions?: readonly ("excess" | "missing")[];
  /** A part of the detail, consequence or reason. */
  readonly says?: string;
  readonly resource?: string;
  readonly suppressed?: boolean;
}

interface Case extends CaseAccount {
  readonly name: string;
  /** Which account it starts from: see bases.yml. */
  readonly base?: string;
  /** What is different about the base's first role. */
  readonly role?: Partial<CaseRole>;
  readonly scope?: Scope;
  readonly settled?: boolean;
  readonly now?: string;
  /** Ids of docs/rules.yml that it shows. */
  readonly rules?: readonly string[];
  /** What others took for drift, or overlooked, that it shows. */
  readonly pitfall?: string;
  /** The result that the case is about. */
  readonly expect: CaseExpectation;
  /** All other results that are neither passed nor not applicable. */
  readonly also?: readonly CaseExpectation[];
}

export interface LoadedCase extends Case {
  /** From the root of the repository. */
  readonly file: string;
  readonly account: CaseAccount;
}

const folder = new URL("../cases", import.meta.url).pathname;
const account = "210987654321";

/** All cases on roles, in the order of their files. */
export function loadCases(): readonly LoadedCase[] {
  const bases = parse(readFileSync(join(folder, "bases.yml"), "utf8")) as Record<string, CaseAccount>;
  const files = readdirSync(join(folder, "roles"))
    .filter((name) => name.endsWith(".yml"))
    .sort();
  return files.flatMap((name) => {
    const path = join(folder, "roles", name);
    const file = relative(join(folder, "../.."), path);
    const { cases } = parse(readFileSync(path, "utf8"), { merge: true }) as { cases: readonly Case[] };
    return cases.map((each) => ({ ...each, file, account: accountOf(each, bases) }));
  });
}

function accountOf(each: Case, bases: Readonly<Record<string, CaseAccount>>): CaseAccount {
  const base = each.base === undefined ? {} : bases[each.base];
  if (base === undefined) throw new Error(`${each.name}: there is no base ${each.base}`);
  const [first, ...others] = base.roles ?? [];
  return {
    ...base,
    ...each,
    config: each.config ?? base.config ?? {},
    roles: each.roles ?? (first === undefined ? [] : [{ ...first, ...each.role }, ...others]),
    policies: { ...base.policies, ...each.policies },
    profiles: each.profiles ?? base.profiles ?? {},
  };
}

export function configOf(each: LoadedCase): ResolvedConfig {
  const text = JSON.stringify({ version: 1, ...each.account.config });
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: Buffer.from(text) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(`${each.name}: ${JSON.stringify(compiled.errors)}`);
  const resolved = resolveSecrets(compiled.config, () => undefined);
  return resolved.ok ? resolved.config : compiled.config;
}

export function factsOf({ account: given }: LoadedCase): Facts {
  const partition = given.partition ?? "aws";
  const arn = (rest: string) => `arn:${partition}:iam::${account}:${rest}`;
  const policyArn = (name: string) => (name.startsWith("arn:") ? name : arn(`policy/${name}`));
  const roster = <T>(items: readonly T[], kind: "roles" | "policies" | "profiles" | "users"): Roster<T> =>
    given.gaps?.includes(kind)
      ? { items, gap: denied("iam:GetAccountAuthorizationDetails", "the reply was cut short") }
      : { items };
  const profiles = Object.entries(given.profiles ?? {});
  const roles = (given.roles ?? []).map(
    (role, index): RoleFacts => ({
      arn: arn(`role${role.path ?? "/"}${role.name}`),
      name: role.name,
      path: role.path ?? "/",
      id: `AROAEXAMPLE${String(index).padStart(9, "0")}`,
      trust: seen(role.trust, documentOf),
      inline: seen(role.inline ?? {}, (documents) =>
        Object.entries(documents).map(([name, document]) => ({ name, document: documentOf(document) })),
      ),
      attached: seen(role.attached ?? [], (names) =>
        names.map((name) => ({ arn: policyArn(name), name: name.split("/").at(-1) ?? name })),
      ),
      boundary: role.boundary === undefined ? absent : seen(role.boundary, policyArn),
      profiles: seen(
        role.profiles ?? profiles.filter(([, inside]) => inside === role.name).map(([name]) => name),
        (names) => names,
      ),
      tags: seen(role.tags ?? {}, (tags) => new Map(Object.entries(tags))),
    }),
  );
  return {
    identity: { account, partition },
    at: "2026-06-01T12:00:00.000Z",
    source: "snapshot",
    iam: {
      roles: roster(roles, "roles"),
      policies: roster(
        Object.entries(given.policies ?? {}).map(([name, document]) => ({
          arn: policyArn(name),
          name: name.split("/").at(-1) ?? name,
          defaultVersion: "v1",
          document: documentOf(document),
        })),
        "policies",
      ),
      profiles: roster(
        profiles.map(([name, role]) => ({
          arn: arn(`instance-profile/${name}`),
          name,
          path: "/",
          roles: role === null ? [] : [role],
        })),
        "profiles",
      ),
      users: roster(
        (given.users ?? []).map((name) => ({ arn: arn(`user/${name}`), name })),
        "users",
      ),
    },
    regions: [],
  };
}

function seen<T, R>(value: Maybe<T> | undefined, read: (value: T) => R): Seen<R> {
  if (value === undefined) return absent;
  if (typeof value === "object" && value !== null && "denied" in value)
    return denied(value.denied, "not authorized");
  return found(read(value as T));
}
