import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cause } from "../../lib/change/model.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { blindnessControl } from "../../lib/ledger/blindness.ts";
import { explains } from "../../lib/ledger/explain.ts";
import type { Result, SuppressionMark } from "../../lib/model/result.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { at, Life } from "./life.ts";
import { account, causeBy, excess, lacking, resultFor } from "./samples.ts";

const ok = resultFor("a", { control: "trust-excess" });
const open = excess("a", undefined, { control: "trust-excess" });
const wider = excess("a", "open to everyone", { control: "trust-excess" });
const hour = 3600;

/** A call about role `a`. */
const call = (who: string, seconds: number, more: Partial<Cause> = {}): Cause =>
  causeBy(who, at(seconds), { about: ["a"], ...more });
const mallory = call("mallory", hour - 60);

/** In order, an hour later found by a schedule, with nobody named. */
function told(result: Result = open): Life {
  const life = new Life();
  life.see(0, [ok]);
  expect(life.see(hour, [result], { remind: true, until: at(hour + 2) })).toEqual(["opened"]);
  expect(life.last.causes).toEqual([]);
  return life;
}

describe("a maker that becomes known late", () => {
  test("is told once, as a change that changed nothing", () => {
    const life = told();
    expect(life.see(hour + 90, [open], { causes: [mallory] })).toEqual(["changed"]);
    expect(life.last).toMatchObject({
      id: `${open.id}.2`,
      explains: `${open.id}.1`,
      openedAt: at(hour),
      result: open,
      causes: [mallory],
      causesOmitted: 0,
    });
    expect(life.last.before).toBeUndefined();
    for (const later of [hour + 91, hour + 300, hour + 9000])
      expect(life.see(later, [open], { causes: [mallory] })).toEqual([]);
    expect(life.see(hour + 9100, [open], { causes: [call("eve", hour - 50)] })).toEqual([]);
  });

  test("of a change is told after the change", () => {
    const life = told();
    expect(life.see(2 * hour, [wider])).toEqual(["changed"]);
    expect(life.see(2 * hour + 60, [wider], { causes: [call("eve", 2 * hour - 5)] })).toEqual(["changed"]);
    expect(life.last).toMatchObject({ explains: `${open.id}.2`, result: wider });
    expect(life.last.before).toBeUndefined();
  });

  test("of what waited to be believed is told after the second look told it", () => {
    const control = "permissions-missing";
    const missing = lacking("a", undefined, { control });
    const detach = { action: "iam:DetachRolePolicy" };
    const life = new Life();
    life.see(0, [resultFor("a", { control })]);
    expect(life.see(hour, [missing])).toEqual([]);
    expect(life.see(hour + 181, [missing])).toEqual(["opened"]);
    expect(life.see(hour + 200, [missing], { causes: [call("bob", hour + 60, detach)] })).toEqual([]);
    expect(life.see(hour + 210, [missing], { causes: [call("ci", hour - 60, detach)] })).toEqual(["changed"]);
    life.see(hour + 400, [missing]);
    const worse = lacking("a", "all is gone", { control });
    expect(life.see(2 * hour, [worse])).toEqual([]);
    expect(life.see(2 * hour + 181, [worse])).toEqual(["changed"]);
    expect(life.see(2 * hour + 200, [worse], { causes: [call("bob", 2 * hour + 9, detach)] })).toEqual([]);
    expect(life.see(2 * hour + 210, [worse], { causes: [call("eve", 2 * hour - 9, detach)] })).toEqual([
      "changed",
    ]);
  });

  test("of what changed while it waited is whoever made it what was told", () => {
    const control = "permissions-missing";
    const [some, all] = [lacking("a", "some", { control }), lacking("a", "all", { control })];
    const detach = { action: "iam:DetachRolePolicy" };
    const life = new Life();
    life.see(0, [resultFor("a", { control })]);
    expect(life.see(hour, [some])).toEqual([]);
    expect(life.see(hour + 181, [all])).toEqual(["opened"]);
    expect(life.see(hour + 400, [all], { causes: [call("alice", hour - 999, detach)] })).toEqual([]);
    expect(life.see(hour + 401, [all], { causes: [call("bob", hour + 100, detach)] })).toEqual(["changed"]);
    expect(life.see(2 * hour, [some])).toEqual([]);
    expect(life.see(2 * hour + 181, [lacking("a", "most", { control })])).toEqual(["changed"]);
    const most = lacking("a", "most", { control });
    expect(life.see(2 * hour + 400, [most], { causes: [call("al", 2 * hour - 999, detach)] })).toEqual([]);
    expect(life.see(2 * hour + 401, [most], { causes: [call("ci", 2 * hour + 9, detach)] })).toEqual([
      "changed",
    ]);
  });

  test("of what is over by then is not who ended it", () => {
    const life = told();
    const mend = call("bob", hour + 80);
    life.see(hour + 90, [ok], { causes: [mallory, mend] });
    expect(life.see(hour + 300, [ok])).toEqual(["resolved"]);
    expect(life.last.causes).toEqual([mend]);
  });

  test("called after the last look that was to see it, whatever else was looked at meanwhile", () => {
    const life = new Life();
    life.see(0, [ok]);
    life.see(hour - 300, [], { whole: false, countsBlindness: false });
    life.see(hour, [open]);
    expect(life.see(hour + 90, [open], { causes: [call("eve", -200)] })).toEqual([]);
    expect(life.see(hour + 90, [open], { causes: [call("eve", hour - 999)] })).toEqual(["changed"]);
  });

  test("is told where the first telling named only somebody who cannot have done it", () => {
    const life = new Life();
    life.see(0, [ok]);
    const tag = call("alice", hour - 40, { action: "iam:TagRole" });
    expect(life.see(hour, [open], { causes: [tag] })).toEqual(["opened"]);
    expect(life.see(hour + 30, [open], { causes: [mallory] })).toEqual(["changed"]);
    expect(life.last.causes).toEqual([mallory]);
  });

  test("is told where the first telling named a record that names nobody", () => {
    const life = new Life();
    life.see(0, [ok]);
    const unknown = call("x", hour - 60, { actor: { kind: "unknown", who: "unknown" } });
    life.see(hour, [open], { causes: [unknown] });
    expect(life.see(hour + 30, [open], { causes: [mallory] })).toEqual(["changed"]);
  });

  test("is not told of what was told with its maker", () => {
    const life = new Life();
    life.see(0, [ok]);
    life.see(hour, [open], { causes: [mallory] });
    expect(life.see(hour + 30, [open], { causes: [call("eve", hour - 50)] })).toEqual([]);
  });

  test("is found by a look at the whole account, where the role has no observation of its own", () => {
    const life = new Life();
    life.see(hour, [open], { lookedAt: at(0), remind: true });
    expect(life.see(hour + 30, [open], { causes: [mallory] })).toEqual(["changed"]);
  });

  test("of a policy on the role is told; of another policy not", () => {
    const control = "permissions-excess";
    const policy = `arn:aws:iam::${account}:policy/p`;
    const edit = causeBy("eve", at(hour - 60), { action: "iam:CreatePolicyVersion", about: [policy] });
    const more = excess("a", "more", { control });
    const life = new Life();
    life.see(0, [resultFor("a", { control })]);
    life.see(hour, [more]);
    expect(life.see(hour + 30, [more], { causes: [edit], policies: [`${policy}2`] })).toEqual([]);
    expect(life.see(hour + 60, [more], { causes: [edit], policies: [policy] })).toEqual(["changed"]);
  });
});

describe("nobody is named late", () => {
  test.each([
    ["who called after it was seen", [call("eve", hour + 3)]],
    ["who called before it was last in order", [call("eve", -200)]],
    ["whose call does not say when it was made", [call("eve", 0, { at: "" })]],
    ["who touched another role", [call("eve", hour - 60, { about: ["b"] })]],
    ["whose call names nothing", [call("eve", hour - 60, { about: [] })]],
    ["who did something else to the role", [call("eve", hour - 60, { action: "iam:PutRolePolicy" })]],
    ["by a record that names nobody", [call("x", hour - 60, { actor: { kind: "unknown", who: "unknown" } })]],
  ])("%s", (_, causes) => {
    expect(told().see(hour + 90, [open], { causes })).toEqual([]);
  });

  test("for what the first look of all found", () => {
    const life = new Life();
    life.see(hour, [open], { remind: true, first: true });
    expect(life.see(hour + 90, [open], { causes: [mallory] })).toEqual([]);
  });

  test("for what may have been so while nobody could see it", () => {
    const life = new Life();
    life.see(0, [ok]);
    life.see(10, [resultFor("a", { control: "trust-excess", verdict: "unavailable", reason: "denied" })]);
    life.see(hour, [open]);
    expect(life.see(hour + 90, [open], { causes: [mallory] })).toEqual([]);
  });

  test("where the last look could not see the account", () => {
    const life = new Life();
    life.see(0, [ok]);
    life.see(hour - 300, [], { countsBlindness: false });
    life.see(hour, [open]);
    expect(life.see(hour + 90, [open], { causes: [mallory] })).toEqual([]);
  });

  test("for what another configuration may have called right", () => {
    const life = new Life();
    life.see(0, [ok], { judgedBy: "one" });
    life.see(hour, [open], { judgedBy: "two" });
    expect(life.see(hour + 90, [open], { judgedBy: "two", causes: [call("al", hour - 999)] })).toEqual([]);
    life.see(2 * hour, [wider], { judgedBy: "two" });
    const eve = call("eve", 2 * hour - 60);
    expect(life.see(2 * hour + 90, [wider], { judgedBy: "two", causes: [eve] })).toEqual(["changed"]);
  });

  test("for what only the configuration calls worse", () => {
    const life = told();
    const worse: Result = { ...open, severity: "critical" };
    expect(life.see(2 * hour, [worse])).toEqual(["changed"]);
    expect(life.see(2 * hour + 60, [worse], { causes: [call("eve", 2 * hour - 60)] })).toEqual([]);
  });

  test("for what is in order again, or about to be", () => {
    const life = told();
    expect(life.see(hour + 90, [ok], { causes: [mallory] })).toEqual([]);
    expect(life.see(hour + 300, [ok])).toEqual(["resolved"]);
    expect(life.see(hour + 400, [ok], { causes: [mallory] })).toEqual([]);
  });

  test("for what is accepted", () => {
    const suppression: SuppressionMark = { owner: "o", reason: "r", until: "2026-12-31" };
    const accepted = { ...open, suppression };
    const life = told();
    expect(life.see(hour + 60, [accepted])).toEqual(["suppressed"]);
    expect(life.see(hour + 90, [accepted], { causes: [mallory] })).toEqual([]);
    const silent = new Life();
    silent.see(0, [ok]);
    silent.see(hour, [accepted]);
    expect(silent.see(hour + 90, [accepted], { causes: [mallory] })).toEqual([]);
  });

  test("after a reminder: the telling before it is over", () => {
    const life = told();
    expect(life.see(9 * 24 * hour, [open], { remind: true })).toEqual(["reminder"]);
    expect(life.see(9 * 24 * hour + 60, [open], { causes: [mallory] })).toEqual([]);
  });

  test("while it flaps", () => {
    const life = new Life({ flapsAfter: 1 });
    life.see(0, [ok]);
    life.see(hour, [open], { causes: [call("ci", hour - 60)] });
    expect(life.see(hour + 300, [ok])).toEqual(["flapping"]);
    expect(life.see(hour + 700, [wider])).toEqual(["opened"]);
    expect(life.see(hour + 710, [wider], { causes: [call("eve", hour + 690)] })).toEqual([]);
  });

  test("for what an earlier version told, which does not say when it came about", () => {
    const life = told();
    const { unexplained: _, ...old } = life.state.findings[0] ?? expect.fail();
    life.state = { ...life.state, findings: [old] };
    expect(life.see(hour + 90, [open], { causes: [mallory] })).toEqual([]);
  });

  test("for a telling that an earlier version followed with another", () => {
    const life = told();
    const [finding = expect.fail()] = life.state.findings;
    life.state = { ...life.state, findings: [{ ...finding, sequence: finding.sequence + 1 }] };
    expect(life.see(hour + 90, [open], { causes: [mallory] })).toEqual([]);
  });
});

describe("the maker of what happened to Rolecall itself", () => {
  const part = (arn: string, control: string): Result =>
    resultFor("x", {
      platform: "rolecall",
      control,
      resource: { arn, type: "rolecall", account, region: "us-east-1" },
    });
  const rule = part(`arn:aws:events:us-east-1:${account}:rule/rolecall-IamRule`, "self-rule");
  const trail = part(`arn:aws:cloudformation:us-east-1:${account}:stack/rolecall`, "self-trail");
  const lag = part(`arn:aws:cloudformation:us-east-1:${account}:stack/rolecall`, "self-ledger-lag");
  const blind = part("rolecall:111122223333/role/a", blindnessControl);

  test("is known by the part that the call names, and of a trail by any call on trails", () => {
    const disable = causeBy("m", at(0), { action: "events:DisableRule", about: ["rolecall-IamRule"] });
    const stop = causeBy("m", at(0), { action: "cloudtrail:StopLogging", about: ["main"] });
    expect(explains(disable, rule, [])).toBe(true);
    expect(explains(stop, trail, [])).toBe(true);
    expect(explains(stop, rule, [])).toBe(false);
    expect(explains(disable, trail, [])).toBe(false);
    const topic = `arn:aws:sns:us-east-1:${account}:rolecall-Alerts#lambda:rolecall-chat`;
    const filtered: Result = { ...part(topic, "self-subscription"), actual: "a filter" };
    const gone: Result = { ...filtered, actual: null };
    const about = ["rolecall-Alerts", "0a1b"];
    const unsubscribe = causeBy("m", at(0), { action: "sns:Unsubscribe", about });
    const filter = causeBy("m", at(0), { action: "sns:SetSubscriptionAttributes", about });
    expect([unsubscribe, filter].map((cause) => explains(cause, gone, []))).toEqual([true, false]);
    expect([unsubscribe, filter].map((cause) => explains(cause, filtered, []))).toEqual([false, true]);
    const emptied = causeBy("m", at(0), { action: "events:RemoveTargets", about: ["rolecall-IamRule"] });
    expect(explains(emptied, { ...rule, actual: null }, [])).toBe(false);
    for (const result of [lag, blind]) expect(explains(call("m", 0), result, [])).toBe(false);
  });

  test("is told though a look for another call overtook it", () => {
    const before = { ...rule, verdict: "passed" as const };
    const broken: Result = { ...rule, verdict: "failed", actual: "disabled" };
    const one = causeBy("m", at(100), { action: "events:PutTargets", about: ["rolecall-Ec2Rule"] });
    const two = causeBy("m", at(110), { action: "events:DisableRule", about: ["rolecall-IamRule"] });
    const life = new Life();
    life.see(0, [before]);
    // The second call was made while this look was under way.
    expect(life.see(109, [broken], { causes: [one], until: at(112) })).toEqual(["opened"]);
    expect(life.last.causes).toEqual([one]);
    expect(life.see(120, [broken], { causes: [two] })).toEqual(["changed"]);
    expect(life.last).toMatchObject({ explains: `${rule.id}.1`, causes: [two] });
  });
});

test("who only attached an interface to a node is not who took away its tags", () => {
  const arn = `arn:aws:ec2:eu-west-1:${account}:instance/i-1`;
  const resource = { arn, type: "instance", account, region: "eu-west-1" } as const;
  const untagged = excess("a", undefined, { control: "cluster-node-tagged", resource });
  const on = (action: string, id = "i-1"): boolean =>
    explains(call("m", 0, { action, about: [id] }), untagged, []);
  expect([on("ec2:DeleteTags"), on("ec2:AttachNetworkInterface"), on("ec2:DeleteTags", "i-2")]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  // It hangs on another role's policies.
  ["management-assume-role", "iam:PutRolePolicy", "iam:CreateRole"],
  // IAM takes no id of what is gone: somebody deleted the principal.
  ["trust-dead-principal", "iam:UpdateAssumeRolePolicy", undefined],
  ["boundary", "iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary"],
  ["attachments", "iam:PutRolePolicy", "iam:DetachRolePolicy"],
  ["legacy-user", "iam:DeleteUserPolicy", "iam:CreateUser"],
])("what %s finds is not brought about by %s, but by %s", (control, other, maker) => {
  const result = excess("a", undefined, { control });
  const by = (action: string): boolean => explains(call("m", 0, { action }), result, []);
  expect(by(other)).toBe(false);
  expect(maker === undefined || by(maker)).toBe(true);
});

test("of every control it is known which calls bring about what it finds", () => {
  const nobody = ["trust-dead-principal", "managed-policy", "suppression-current"];
  const actions = ["CreateRole", "DeleteRole", "PutRolePolicy", "CreateUser"].map((name) => `iam:${name}`);
  const arn = `arn:aws:ec2:eu-west-1:${account}:instance/a`;
  const where = (control: string): Partial<Result> =>
    control.startsWith("cluster-")
      ? { resource: { arn, type: "instance", account, region: "eu-west-1" } }
      : {};
  const unknown = controlIds.filter((control) => {
    const result = excess("a", undefined, { control, ...where(control) });
    return ![...actions, "ec2:CreateTags"].some((action) => explains(call("m", 0, { action }), result, []));
  });
  expect(unknown).toEqual(nobody);
});

test("however late, often and in whatever order calls come, a telling is followed by one at most", () => {
  const seconds = fc.integer({ min: 0, max: 3 * hour });
  const cause = fc.record({
    who: fc.constantFrom("a", "b", "c"),
    at: seconds,
    fits: fc.boolean(),
  });
  const pass = fc.record({
    at: seconds,
    sees: fc.constantFrom(ok, open, wider),
    causes: fc.array(fc.nat(9), { maxLength: 4 }),
    remind: fc.boolean(),
  });
  let followed = 0;
  fc.assert(
    fc.property(
      fc.array(cause, { minLength: 10, maxLength: 10 }),
      fc.array(pass, { minLength: 3, maxLength: 20 }),
      (calls, passes) => {
        const known = calls.map(({ who, at: when, fits }) =>
          call(who, when, fits ? {} : { action: "iam:TagRole" }),
        );
        const life = new Life({ flapsAfter: 1000 });
        life.see(0, [ok]);
        for (const { at: when, sees, causes, remind } of passes.toSorted((a, b) => a.at - b.at)) {
          const come = causes.flatMap((index) => known[index] ?? []);
          life.see(when + 1, [sees], { causes: come, remind });
        }
        const before = new Map<string, Alert>();
        const explained = new Set<string>();
        for (const alert of life.alerts) {
          before.set(alert.id, alert);
          if (alert.explains === undefined) continue;
          followed++;
          const first = before.get(alert.explains);
          expect(alert).toMatchObject({ transition: "changed", sequence: (first?.sequence ?? 0) + 1 });
          expect(["opened", "changed"]).toContain(first?.transition);
          expect(first?.explains).toBeUndefined();
          expect(alert.result.digest).toBe(first?.result.digest);
          expect(explained.has(alert.explains)).toBe(false);
          explained.add(alert.explains);
          for (const { at: made, action } of alert.causes) {
            expect(action).toBe("iam:UpdateAssumeRolePolicy");
            expect(made <= (first?.at ?? "")).toBe(true);
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
  expect(followed).toBeGreaterThan(50);
});
