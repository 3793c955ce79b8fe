import { describe, expect, test } from "vitest";
import { readConfig } from "../../lib/cli/read-config.ts";
import type { FactsPort } from "../../lib/gather/port.ts";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { editedFacts } from "../../lib/local/edited-facts.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import { silentLog } from "../../lib/log.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { Scope } from "../../lib/model/scope.ts";
import { portsOf } from "../../lib/watch/from-config.ts";
import { handleAudit, scheduledScopes } from "../../lib/watch/handle-audit.ts";
import { handleChanges } from "../../lib/watch/handle-changes.ts";
import type { Look } from "../../lib/watch/ports.ts";
import { causeBy } from "../ledger/samples.ts";

const example = (name: string): string => new URL(`../../examples/${name}`, import.meta.url).pathname;
const config = readConfig(example("rolecall.yml"), process.cwd());
const account = "731984205316";
const whole: Scope = { kind: "account", account };

/** The example account under a ledger, with the real controls; what is told, once it has settled. */
class Watched {
  readonly ledger = memoryLedger();
  readonly edits = { trust: new Map<string, string>(), untagged: new Map<string, string>() };
  facts: FactsPort = editedFacts(openSnapshot(example("account")), this.edits);
  config: ResolvedConfig = config;
  #millis = Date.UTC(2026, 10, 2, 9);
  readonly #looks: Look[] = [];

  async audit(...scopes: readonly Scope[]): Promise<readonly string[]> {
    this.#millis += 3_600_000;
    const ports = {
      facts: this.facts,
      ledger: this.ledger,
      later: { look: async (look: Look) => void this.#looks.push(look) },
      nudge: { nudge: async () => {} },
      log: silentLog,
      ...portsOf(this.config),
      now: () => new Date(this.#millis++).toISOString(),
      settings: defaultTransitionSettings,
    };
    for (const scope of scopes) await handleAudit(scope, ports);
    for (let look = this.#looks.shift(); look !== undefined; look = this.#looks.shift()) {
      this.#millis += 200_000;
      await handleChanges([{ id: "look", body: look }], ports);
    }
    const pending = await this.ledger.pending(10_000);
    await this.ledger.clear(pending.map(({ id }) => id));
    return pending.map(({ alert }) => {
      const { control, resource } = alert.result;
      return `${alert.transition} ${control} ${resource.arn.split("/").at(-1)}`;
    });
  }

  async open(): Promise<readonly string[]> {
    return (await this.ledger.openFindings(account))
      .map((finding) => `${finding.state} ${finding.id}`)
      .toSorted();
  }
}

/** What the judge says of it right now. */
async function bad(
  facts: FactsPort,
  of: ResolvedConfig,
  scopes: readonly Scope[],
): Promise<readonly string[]> {
  const { gatherScope } = await import("../../lib/watch/gather.ts");
  const ids: string[] = [];
  for (const scope of scopes) {
    const seen = await gatherScope(scope, "2026-11-02T09:00:00.000Z", facts);
    const options = { scope, now: "2026-11-02T12:00:00.000Z", settled: true };
    for (const result of await portsOf(of).judge(seen, options)) {
      const mine = scope.kind === "region" || result.resource.region === "global";
      if (mine && (result.verdict === "failed" || result.verdict === "undecided"))
        ids.push(`open ${result.id}`);
    }
  }
  return [...new Set(ids)].toSorted();
}

const scopes = scheduledScopes(config, account, "us-east-1");

describe("the example account, watched", () => {
  test("ends with exactly the findings that its audit shows, each told once", async () => {
    const watched = new Watched();
    const told = await watched.audit(...scopes);
    const expected = await bad(watched.facts, config, scopes);
    expect(expected.length).toBeGreaterThan(20);
    expect(await watched.open()).toEqual(expected);
    expect(told.filter((one) => one.startsWith("opened"))).toHaveLength(expected.length);
    expect(await watched.audit(...scopes)).toEqual([]);
  });

  test("a look at a region, which shows its nodes' roles besides, ends nothing that only the whole account shows", async () => {
    const watched = new Watched();
    const assumedBy = "kommander-management";
    watched.config = {
      ...config,
      roles: config.roles.map((role) =>
        role.select.name === "rancher-controlplane" ? { ...role, assumedBy } : role,
      ),
    };
    expect(await watched.audit(whole)).toContain("opened management-assume-role rancher-controlplane");
    expect(await watched.audit(...scopes.slice(1))).not.toContain(
      "resolved management-assume-role rancher-controlplane",
    );
    expect(await watched.audit(whole)).toEqual([]);
  });

  test("an entry taken out of the configuration closes its findings as no longer watched", async () => {
    const watched = new Watched();
    await watched.audit(whole);
    const without = (name: string): ResolvedConfig => ({
      ...config,
      roles: config.roles.filter(({ select }) => select.name !== name),
    });
    watched.config = without("kommander-staging");
    const told = await watched.audit(whole);
    expect(told.length).toBeGreaterThan(0);
    for (const one of told) expect(one).toMatch(/^no-longer-watched .* kommander-staging$/u);
  });

  test("an entry for a role that never was is no longer watched either, when it is taken out", async () => {
    const watched = new Watched();
    expect(await watched.audit(whole)).toContain("opened role-exists ecsInstanceRole-eu");
    watched.config = {
      ...config,
      roles: config.roles.filter(({ select }) => select.name !== "ecsInstanceRole-eu"),
    };
    expect(await watched.audit(whole)).toEqual(["no-longer-watched role-exists ecsInstanceRole-eu"]);
  });

  test("a role that is deleted resolves what was wrong with it and is missed", async () => {
    const watched = new Watched();
    await watched.audit(whole);
    const { facts } = watched;
    watched.facts = {
      ...facts,
      account: async () => {
        const iam = await facts.account();
        const items = iam.roles.items.filter(({ name }) => name !== "kommander-staging");
        return { ...iam, roles: { ...iam.roles, items } };
      },
    };
    const told = await watched.audit(whole);
    expect(told).toContain("opened role-exists kommander-staging");
    expect(told.filter((one) => one.startsWith("resolved")).length).toBeGreaterThan(0);
    expect(told.filter((one) => one.startsWith("no-longer-watched"))).toEqual([]);
  });

  test("a role that nobody configured and that trusted a retired platform is resolved when it no longer does", async () => {
    const watched = new Watched();
    const trust = (principal: object): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
      });
    const iam = await watched.facts.account();
    const looked = new Set(config.roles.map(({ select }) => select.name));
    const role = iam.roles.items.find(
      ({ name, path }) =>
        path === "/" && !looked.has(name) && !name.startsWith("ecs-") && !name.startsWith("rancher-"),
    );
    if (role === undefined) throw new Error("the example has a role that nobody configured");
    await watched.audit(whole);
    watched.edits.trust.set(role.name, trust({ AWS: "arn:aws:iam::689684103426:root" }));
    expect(await watched.audit(whole)).toEqual([expect.stringMatching(`^opened .* ${role.name}$`)]);
    watched.edits.trust.set(role.name, trust({ Service: "ec2.amazonaws.com" }));
    expect(await watched.audit(whole)).toEqual([expect.stringMatching(`^resolved .* ${role.name}$`)]);
  });

  test("by role or by account, the same findings", async () => {
    const byAccount = new Watched();
    await byAccount.audit(whole);
    const byRole = new Watched();
    const { roles } = await byRole.facts.account();
    await byRole.audit(...roles.items.map(({ name }): Scope => ({ kind: "role", account, name })));
    const known = await byAccount.open();
    const open = await byRole.open();
    expect(open.length).toBeGreaterThan(20);
    for (const one of open) expect(known).toContain(one);
    // Judged by role after the account, nothing opens, changes or resolves.
    const names = roles.items.map(({ name }): Scope => ({ kind: "role", account, name }));
    expect(await byAccount.audit(...names)).toEqual([]);
  });
});

test("only entries with a pattern count roles that come and go", () => {
  const { countedByPattern } = portsOf(config);
  expect(countedByPattern("ecs-batch-nodes")).toBe(true);
  expect(countedByPattern("ecsInstanceRole")).toBe(false);
  expect(countedByPattern("somebody-else")).toBe(false);
});

describe("what hangs together", () => {
  const { companions } = portsOf(config);
  const role = (name: string): Scope => ({ kind: "role", account, name });

  test("a role is judged with its management role, and again when that one changes", () => {
    expect(companions(role("kommander-prod")).roles).toEqual(["kommander-management"]);
    expect(companions(role("kommander-management")).dependents).toEqual([role("kommander-prod")]);
  });

  test("a profile of a usual name touches the roles that it could hold", () => {
    const profile: Scope = { kind: "profile", account, name: "ecsInstanceRole" };
    expect(companions(profile).dependents).toContainEqual(role("ecsInstanceRole"));
    const region = (name: string): Scope => ({ kind: "region", account, region: name });
    expect(companions({ ...profile, name: "somebody-else" }).dependents).toEqual([
      region("eu-west-1"),
      region("us-west-2"),
    ]);
  });

  test("a profile touches the home region too, where a cluster is looked for that names none", () => {
    const anywhere = { ...config, clusters: config.clusters.map((one) => ({ ...one, region: "*" })) };
    const profile: Scope = { kind: "profile", account, name: "somebody-else" };
    expect(portsOf(anywhere, "us-east-1").companions(profile).dependents).toEqual([
      { kind: "region", account, region: "us-east-1" },
    ]);
  });
});

describe("what is worth a read", () => {
  const { concerns } = portsOf(config);
  const role = (name: string): Scope => ({ kind: "role", account, name });
  const by = (action: string) => [causeBy("ci", "2026-11-02T09:00:00Z", { action })];

  test("a role that an entry may be about, or that is to assume one", () => {
    for (const name of ["ecsInstanceRole", "ecs-new-nodes", "kommander-management"]) {
      expect(concerns(role(name), by("iam:PutRolePolicy"))).toBe(true);
    }
  });

  test("any other role only for its trust, which may let a retired platform in", () => {
    expect(concerns(role("somebody-else"), by("iam:PutRolePolicy"))).toBe(false);
    expect(concerns(role("somebody-else"), by("iam:UpdateAssumeRolePolicy"))).toBe(true);
    const trusting = [...by("iam:PutRolePolicy"), ...by("iam:CreateRole")];
    expect(concerns(role("somebody-else"), trusting)).toBe(true);
    const without = portsOf({ ...config, foreignAccounts: [] });
    expect(without.concerns(role("somebody-else"), by("iam:CreateRole"))).toBe(false);
  });

  test("a region with a watched cluster, a user that should be gone", () => {
    const region = (name: string): Scope => ({ kind: "region", account, region: name });
    expect(concerns(region("eu-west-1"), [])).toBe(true);
    expect(concerns(region("ap-south-1"), [])).toBe(false);
    const user = (name: string): Scope => ({ kind: "user", account, name });
    expect(concerns(user("dockercloud-user"), [])).toBe(true);
    expect(concerns(user("eve"), [])).toBe(false);
  });

  test("everything by entries that select without a name", () => {
    const [one] = config.roles;
    if (one === undefined) throw new Error("there is one");
    const any = portsOf({ ...config, roles: [{ ...one, select: { path: "/team/*" } }] });
    expect(any.concerns(role("somebody-else"), by("iam:PutRolePolicy"))).toBe(true);
  });
});

test("IAM takes a name in any letters: what is configured is looked at however a call spells it", () => {
  const ports = portsOf(config);
  const role = (name: string): Scope => ({ kind: "role", account, name });
  const causes = [causeBy("mallory", "2026-11-02T09:00:00Z", { action: "iam:PutRolePolicy" })];
  for (const { select } of config.roles) {
    const name = (select.name ?? "any").replaceAll("*", "x");
    for (const spelled of [name, name.toUpperCase(), name.toLowerCase()])
      expect(ports.concerns(role(spelled), causes), spelled).toBe(true);
    expect(ports.countedByPattern(name.toUpperCase())).toBe(ports.countedByPattern(name));
    if (select.name === name) expect(ports.spelled(role(name.toUpperCase()))).toEqual(role(name));
  }
  expect(ports.spelled({ kind: "user", account, name: "DOCKERCLOUD-USER" })).toMatchObject({
    name: "dockercloud-user",
  });
  expect(ports.spelled(role("nobody"))).toEqual(role("nobody"));
});
