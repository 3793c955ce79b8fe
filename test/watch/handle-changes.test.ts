import { describe, expect, test } from "vitest";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { denied, found } from "../../lib/model/seen.ts";
import { handleAudit, scheduledScopes } from "../../lib/watch/handle-audit.ts";
import { handleChanges } from "../../lib/watch/handle-changes.ts";
import { messagesOf } from "../../lib/watch/messages.ts";
import type { Message, WatchPorts } from "../../lib/watch/ports.ts";
import { sample, samples } from "../change/samples.ts";
import { causeBy, excess } from "../ledger/samples.ts";
import { Stage } from "./stage.ts";
import { account, calm, judgeTruth, policyArn, type RoleName, type Trust, type Truth } from "./truth.ts";

const withTrust = (role: RoleName, trust: Trust): Truth => ({
  ...calm,
  roles: { ...calm.roles, [role]: { ...calm.roles[role], trust } },
});

let count = 0;
function event(name: string, params: object, more: object = {}): Message {
  const base = sample(`iam/${name}`);
  count++;
  return {
    id: `m${count}`,
    body: {
      ...base,
      ...more,
      detail: {
        ...base.detail,
        eventID: `e${count}`,
        eventTime: "2026-11-02T08:59:30Z",
        requestParameters: params,
      },
    },
  };
}
const edit = (roleName: string): Message => event("UpdateAssumeRolePolicy", { roleName });
const policy = { policyArn: `arn:aws:iam::${account}:policy/shared` };

describe("a batch of changes", () => {
  test("of sixty events on one role is one read, one alert, and one further look", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    const outcome = await handleChanges(
      Array.from({ length: 60 }, () => edit("alpha")),
      stage.ports(),
    );
    expect(stage.reads).toEqual(["role alpha"]);
    expect(await stage.told()).toEqual(["opened role-trust alpha"]);
    expect(stage.looks).toEqual([
      {
        look: {
          rolecall: "look",
          version: 1,
          scope: { kind: "role", account, name: "alpha" },
          why: "settled",
        },
        delay: 180,
      },
    ]);
    expect(outcome).toMatchObject({ failed: [], changes: 60, alerts: 1, scopes: [`${account}/role/alpha`] });
    expect(stage.nudges).toBe(1);
    const [pending] = await stage.ledger.pending(1);
    expect(pending?.alert.causes).toHaveLength(20);
    expect(pending?.alert.causesOmitted).toBe(40);
  });

  test("names every actor, oldest first, and follows each by its event's id", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    const one = edit("alpha");
    const other = edit("alpha");
    await handleChanges([one, other], stage.ports());
    const [pending] = await stage.ledger.pending(1);
    const ids = pending?.alert.causes.map((cause) => cause.event);
    expect(ids).toHaveLength(2);
    const judged = stage.logged.find(({ message }) => message === "scope judged");
    expect(judged?.fields["trace"]).toEqual(ids);
  });

  test("leaves one id to follow from the event to the alert, and no text of the event's in a message", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    const forged = 'alpha"}\n{"level":"ERROR","message":"scope failed"';
    const hostile = edit("alpha");
    const base = hostile.body as { detail: object };
    const userIdentity = { type: "IAMUser", arn: forged };
    const body = { ...base, detail: { ...base.detail, userIdentity, eventID: "one-id" } };
    await handleChanges([{ ...hostile, body }], stage.ports());
    const traced = stage.logged.filter(({ fields }) => [fields["trace"]].flat().includes("one-id"));
    expect(traced.map(({ message }) => message)).toEqual(["change read", "alert pending", "scope judged"]);
    for (const { message } of stage.logged) expect(message).toMatch(/^[a-z ]+$/u);
  });

  test("says nothing where nothing drifted, and looks again all the same", async () => {
    const stage = new Stage();
    expect(await handleChanges([edit("alpha")], stage.ports())).toMatchObject({ alerts: 0, failed: [] });
    expect(stage.looks).toHaveLength(1);
    expect(stage.nudges).toBe(0);
  });

  test("about a policy reads every role that carries it", async () => {
    const stage = new Stage();
    stage.truth = { ...calm, policy: "m1" };
    await handleChanges([event("CreatePolicyVersion", policy)], stage.ports());
    expect(stage.reads.toSorted()).toEqual([`carriers ${policy.policyArn}`, "role alpha", "role beta"]);
    expect(stage.looks.map(({ look }) => look.scope)).toHaveLength(2);
  });

  test("about a policy whose carriers cannot be seen reads the account", async () => {
    const stage = new Stage();
    const ports = stage.ports();
    const facts = { ...ports.facts, rolesWithPolicy: async () => denied("iam:ListEntitiesForPolicy", "no") };
    await handleChanges([event("CreatePolicyVersion", policy)], { ...ports, facts });
    expect(stage.reads).toEqual(["account"]);
  });

  test("about a policy that is gone reads nothing", async () => {
    const stage = new Stage();
    const ports = stage.ports();
    const facts = { ...ports.facts, rolesWithPolicy: async () => ({ at: "absent" }) as const };
    expect(await handleChanges([event("DeletePolicy", policy)], { ...ports, facts })).toMatchObject({
      failed: [],
    });
    expect(stage.reads).toEqual([]);
  });

  test("whose event lost its parameters reads the account", async () => {
    const stage = new Stage();
    stage.truth = withTrust("gamma", "x1");
    await handleChanges([event("PutRolePolicy", { omitted: true })], stage.ports());
    expect(stage.reads).toEqual(["account"]);
    expect(await stage.told()).toContain("opened role-trust gamma");
  });

  test("gives back the messages of the one scope that failed, and only those", async () => {
    const stage = new Stage();
    stage.truth = withTrust("beta", "x1");
    const ports = stage.ports();
    const facts: typeof ports.facts = {
      ...ports.facts,
      role: async (name) => {
        if (name === "alpha") throw new Error("a defect");
        return ports.facts.role(name);
      },
    };
    const batch = [edit("alpha"), edit("beta"), edit("alpha")];
    const outcome = await handleChanges(batch, { ...ports, facts });
    expect(outcome.failed).toEqual([batch[0]?.id, batch[2]?.id]);
    expect(await stage.told()).toEqual(["opened role-trust beta"]);
  });

  test("gathers again when somebody saved something newer meanwhile, and never saves old facts", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    let conflicts = 1;
    const ledger: typeof stage.ledger = {
      ...stage.ledger,
      save: async (save) => {
        if (conflicts-- > 0) {
          // Since then it was repaired, and somebody else saw that.
          stage.truth = calm;
          return "conflict";
        }
        return stage.ledger.save(save);
      },
    };
    const outcome = await handleChanges([edit("alpha")], stage.ports({ ledger }));
    expect(stage.reads).toEqual(["role alpha", "role alpha"]);
    expect(outcome.failed).toEqual([]);
    expect(await stage.told()).toEqual([]);
  });

  test("gives its messages back when it keeps losing to others", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    const ledger: typeof stage.ledger = { ...stage.ledger, save: async () => "conflict" };
    const message = edit("alpha");
    expect(await handleChanges([message], stage.ports({ ledger }))).toMatchObject({ failed: [message.id] });
  });

  test("gives back what it could not follow from a policy to its roles", async () => {
    const stage = new Stage();
    const ports = stage.ports();
    const facts = { ...ports.facts, rolesWithPolicy: async () => Promise.reject(new Error("a defect")) };
    const message = event("CreatePolicyVersion", policy);
    expect(await handleChanges([message, edit("gamma")], { ...ports, facts })).toMatchObject({
      failed: [message.id],
      scopes: [`${account}/role/gamma`],
    });
  });

  test("gives back a message that is neither event nor look, so that it ends in the dead-letter queue", async () => {
    const stage = new Stage();
    const poison: Message[] = [undefined, null, "x", {}, { rolecall: "look" }].map((body, index) => ({
      id: `p${index}`,
      body,
    }));
    const outcome = await handleChanges([...poison, edit("alpha")], stage.ports());
    expect(outcome.failed).toEqual(poison.map((message) => message.id));
    expect(stage.reads).toEqual(["role alpha"]);
  });

  test("of another account leads nowhere", async () => {
    const stage = new Stage();
    const foreign = event("UpdateAssumeRolePolicy", { roleName: "alpha" }, { account: "999999999999" });
    expect(await handleChanges([foreign], stage.ports())).toMatchObject({ failed: [], scopes: [] });
    expect(stage.reads).toEqual([]);
  });

  test("survives a flusher that cannot be told", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    const nudge = { nudge: async () => Promise.reject(new Error("no queue")) };
    const outcome = await handleChanges([edit("alpha")], stage.ports({ nudge }));
    expect(outcome).toMatchObject({ failed: [], alerts: 1 });
    expect(await stage.told()).toHaveLength(1);
  });

  test("with a role that came or went asks the account as a whole, once for many", async () => {
    const stage = new Stage();
    await handleChanges(
      ["alpha", "beta"].map((roleName) => event("DeleteRole", { roleName })),
      stage.ports(),
    );
    const whole = stage.looks.filter(({ look }) => look.scope.kind === "account");
    expect(whole).toHaveLength(1);
    expect(whole[0]?.look.causes?.[0]?.action).toBe("iam:DeleteRole");
    const none = new Stage();
    await handleChanges(
      [event("DeleteRole", { roleName: "alpha" })],
      none.ports({ countedByPattern: () => false }),
    );
    expect(none.looks.filter(({ look }) => look.scope.kind === "account")).toEqual([]);
  });

  test("about Rolecall itself is judged by whoever can", async () => {
    const stage = new Stage();
    const tampering: Message = { id: "t", body: sample("self/cloudtrail-StopLogging") };
    expect(await handleChanges([tampering], stage.ports())).toMatchObject({ failed: [], scopes: [] });
    const asked: string[] = [];
    await handleChanges(
      [tampering],
      stage.ports({
        self: async (scope, causes) => {
          asked.push(`${scope.kind} ${causes[0]?.action}`);
          return [];
        },
      }),
    );
    expect(asked).toEqual(["self cloudtrail:StopLogging"]);
  });
});

describe("a further look", () => {
  const look = (stage: Stage): Message => ({
    id: "look",
    body: JSON.parse(JSON.stringify(stage.looks.at(-1)?.look)),
  });

  test("settles what the first left open, and is the last", async () => {
    const stage = new Stage();
    stage.truth = { ...calm, policy: "m1" };
    await handleChanges([event("DetachRolePolicy", { roleName: "alpha" })], stage.ports());
    expect(await stage.told()).toEqual([]);
    stage.second = 200;
    await handleChanges([look(stage)], stage.ports());
    expect(await stage.told()).toEqual(["opened role-permissions alpha"]);
    expect(stage.looks).toHaveLength(1);
  });

  test("is not sent twice while one is under way, and follows the latest change", async () => {
    const stage = new Stage();
    await handleChanges([edit("alpha")], stage.ports());
    stage.second = 100;
    const late = edit("alpha");
    const base = late.body as { detail: object };
    const body = { ...base, detail: { ...base.detail, eventTime: stage.at(90) } };
    await handleChanges([{ ...late, body }], stage.ports());
    expect(stage.looks).toHaveLength(1);
    // The look comes, too early for the later change: one more is sent.
    stage.second = 185;
    await handleChanges([look(stage)], stage.ports());
    expect(stage.looks).toHaveLength(2);
    stage.second = 400;
    await handleChanges([look(stage)], stage.ports());
    expect(stage.looks).toHaveLength(2);
  });

  test("that comes in one batch with a newer change is followed by another", async () => {
    const stage = new Stage();
    await handleChanges([edit("alpha")], stage.ports());
    stage.second = 180;
    const late = edit("alpha");
    const base = late.body as { detail: object };
    const body = { ...base, detail: { ...base.detail, eventTime: stage.at(150) } };
    await handleChanges([look(stage), { ...late, body }], stage.ports());
    expect(stage.looks).toHaveLength(2);
  });

  test("that comes in one batch with a newer change is early, in whatever order they come", async () => {
    for (const turn of [false, true]) {
      const stage = new Stage();
      await handleChanges([edit("alpha")], stage.ports());
      stage.second = 180;
      const late = edit("alpha");
      const base = late.body as { detail: object };
      const body = { ...base, detail: { ...base.detail, eventTime: stage.at(150) } };
      const batch = [look(stage), { ...late, body }];
      const settled: boolean[] = [];
      const judge: WatchPorts["judge"] = (facts, options) => {
        settled.push(options.settled);
        return judgeTruth(facts, options);
      };
      await handleChanges(turn ? batch.toReversed() : batch, stage.ports({ judge }));
      expect(settled).toEqual([false]);
    }
  });

  test("that comes before it is due is followed by another where something waits", async () => {
    const stage = new Stage();
    stage.truth = { ...calm, policy: "m1" };
    await handleChanges([event("DetachRolePolicy", { roleName: "alpha" })], stage.ports());
    // Delivered by a clock that is ahead.
    stage.second = 100;
    await handleChanges([look(stage)], stage.ports());
    expect(stage.looks).toHaveLength(2);
    stage.second = 280;
    await handleChanges([look(stage)], stage.ports());
    expect(await stage.told()).toEqual(["opened role-permissions alpha"]);
  });

  test("is never put off for longer than the queue holds it, and reminds of nothing", async () => {
    const stage = new Stage();
    const { alpha } = calm.roles;
    const settings = { ...defaultTransitionSettings, settleSeconds: 600 };
    stage.truth = { ...calm, roles: { ...calm.roles, alpha: { ...alpha, denied: true } } };
    await handleChanges([edit("alpha")], stage.ports({ settings }));
    for (const second of [1000, 3000]) {
      stage.second = second;
      await handleChanges([look(stage)], stage.ports({ settings }));
    }
    const due = (await stage.ledger.load(`${account}/role/alpha`)).observation?.lookDue ?? "";
    expect(Date.parse(due) - Date.parse(stage.at(3000))).toBeLessThan(910_000);
    stage.truth = withTrust("alpha", "x1");
    await handleChanges([edit("alpha")], stage.ports());
    stage.second = 30 * 86_400;
    await handleChanges([look(stage), edit("alpha")], stage.ports());
    expect((await stage.told()).filter((one) => one.startsWith("reminder"))).toEqual([]);
  });

  test("is tried again for a role that could not be seen, more slowly each time, and then left to the schedule", async () => {
    const stage = new Stage();
    const { alpha } = calm.roles;
    stage.truth = { ...calm, roles: { ...calm.roles, alpha: { ...alpha, denied: true } } };
    await handleChanges([edit("alpha")], stage.ports());
    for (let round = 0; round < 6; round++) {
      stage.second += 1000;
      await handleChanges([look(stage)], stage.ports());
    }
    expect(stage.looks.map(({ look: { why }, delay }) => [why, delay])).toContainEqual(["unseen", 360]);
    expect(stage.looks).toHaveLength(3);
    expect(await stage.told()).toEqual([expect.stringContaining("opened rolecall-can-see")]);
  });
});

describe("a look at the account after a role came", () => {
  const scope = { kind: "account", account } as const;
  const look = (stage: Stage, about: readonly string[]): Message => ({
    id: "look",
    body: {
      rolecall: "look",
      version: 1,
      scope,
      why: "settled",
      causes: [causeBy("ci", stage.at(3400), { action: "iam:CreateRole", about })],
    },
  });

  test.each([
    ["who made it for another role", ["beta"], 0],
    ["its maker for that role", ["alpha"], 1],
    ["whoever made a call that names nothing", [], 1],
    ["who changed a policy on it", [policyArn], 1],
  ] as const)("names %s or nobody", async (_, about, named) => {
    const stage = new Stage();
    await handleAudit(scope, stage.ports());
    stage.truth = withTrust("alpha", "x1");
    stage.second = 3600;
    await handleChanges([look(stage, about)], stage.ports());
    const told = (await stage.ledger.pending(100)).filter(({ alert }) =>
      alert.result.resource.arn.endsWith("alpha"),
    );
    expect(told.map(({ alert }) => alert.causes.length)).toEqual([named]);
    const rows = (await stage.ledger.observations(account)).map(({ subject }) => subject);
    // Nobody touched it, and nothing is wrong with it.
    expect(rows.includes(`${account}/role/beta`)).toBe(about.length === 0 || about[0] !== "alpha");
  });
});

describe("a name in other letters than the role's", () => {
  /** As IAM answers: by any letters, with the name as it is. */
  const anyLetters = (stage: Stage): WatchPorts => {
    const ports = stage.ports();
    const facts = { ...ports.facts, role: (name: string) => ports.facts.role(name.toLowerCase()) };
    return { ...ports, facts };
  };

  test("leads to the role, and is remembered under its own name, with who did it", async () => {
    const stage = new Stage();
    stage.truth = withTrust("alpha", "x1");
    await handleChanges([edit("ALPHA"), edit("Alpha"), edit("alpha")], anyLetters(stage));
    expect(await stage.told()).toEqual(["opened role-trust alpha"]);
    const [pending] = await stage.ledger.pending(1);
    expect(pending?.alert.causes[0]?.about).toEqual(["alpha"]);
    const rows = (await stage.ledger.observations(account)).map(({ subject }) => subject);
    expect(rows.filter((row) => row.includes("/role/"))).toEqual([`${account}/role/alpha`]);
    for (const { look } of stage.looks) expect(look.scope).toEqual({ kind: "role", account, name: "alpha" });
  });
});

describe("a maker whose event comes after a scheduled audit told what they did", () => {
  const scope = { kind: "account", account } as const;
  const called = { eventTime: "2026-11-02T09:59:30Z" };
  /** In order; an hour later a stranger is let in, and the schedule sees it first. */
  async function toldBySchedule(more: (stage: Stage) => Partial<WatchPorts> = () => ({})): Promise<Stage> {
    const stage = new Stage();
    await handleAudit(scope, stage.ports());
    stage.truth = withTrust("alpha", "x1");
    stage.second = 3600;
    await handleAudit(scope, stage.ports(more(stage)));
    expect(await stage.told()).toContain("opened role-trust alpha");
    stage.second = 3700;
    return stage;
  }
  const late = (more: object = {}, name = "UpdateAssumeRolePolicy", roleName = "alpha"): Message => {
    const message = edit(roleName);
    const { detail, ...around } = message.body as { readonly detail: object };
    return { ...message, body: { ...around, detail: { ...detail, eventName: name, ...called, ...more } } };
  };
  const followed = async (stage: Stage) =>
    (await stage.ledger.pending(100)).filter(({ alert }) => alert.explains !== undefined);

  test("is told, once, however often the event is delivered", async () => {
    const stage = await toldBySchedule();
    const message = late();
    await handleChanges([message, { ...message, id: "twice" }], stage.ports());
    for (const second of [3720, 3900, 5000]) {
      stage.second = second;
      await handleChanges([message], stage.ports());
    }
    const [follow, ...more] = await followed(stage);
    expect(more).toEqual([]);
    expect(follow?.alert).toMatchObject({ transition: "changed", sequence: 2 });
    expect(follow?.alert.causes).toHaveLength(1);
  });

  test("is told once by two functions at the same time", async () => {
    const stage = await toldBySchedule();
    await Promise.all([1, 2, 3, 4].map(() => handleChanges([late()], stage.ports())));
    expect(await followed(stage)).toHaveLength(1);
  });

  test("is not whoever called before the role was configured", async () => {
    const stage = await toldBySchedule(() => ({ judgedBy: "another configuration" }));
    await handleChanges([late()], stage.ports());
    expect(await followed(stage)).toEqual([]);
  });

  test("is not whoever called while it was judged what had been seen", async () => {
    const stage = await toldBySchedule((slow) => ({
      judge: (facts, options) => {
        slow.second += 60;
        return judgeTruth(facts, options);
      },
    }));
    await handleChanges([late({ eventTime: "2026-11-02T10:00:30Z" })], stage.ports());
    expect(await followed(stage)).toEqual([]);
  });

  test.each([
    ["a call that failed", late({ errorCode: "AccessDenied" })],
    ["a call that only reads", late({ readOnly: true }, "GetRole")],
    ["a call after it was seen", late({ eventTime: "2026-11-02T10:00:30Z" })],
    ["a call of before the last audit", late({ eventTime: "2026-11-02T08:30:00Z" })],
    ["a call on another role", late({}, undefined, "beta")],
    ["a call that does something else", late({}, "TagRole")],
  ])("is not whoever made %s", async (_, message) => {
    const stage = await toldBySchedule();
    await handleChanges([message], stage.ports());
    expect(await followed(stage)).toEqual([]);
  });
});

describe("an audit", () => {
  test("of an account judges every role, and remembers those it has something to say of", async () => {
    const stage = new Stage();
    stage.truth = withTrust("beta", "x1");
    const looked = await handleAudit({ kind: "account", account }, stage.ports());
    expect(stage.reads).toEqual(["account"]);
    // The stranger at beta, and what gamma lacks: on the first look of all nothing has just begun.
    expect(looked.alerts).toBe(2);
    const subjects = (await stage.ledger.observations(account)).map((one) => one.subject);
    expect(subjects.toSorted()).toEqual([
      `${account}/account`,
      `${account}/role/beta`,
      `${account}/role/gamma`,
    ]);
  });

  test("that loses to another over what a pattern asks for gathers the account again, not a role called by the pattern", async () => {
    const stage = new Stage();
    const arn = `arn:aws:iam::${account}:role/team-*`;
    const nothing = excess("x", "none", { resource: { arn, type: "role", account, region: "global" } });
    let conflicts = 1;
    const ledger: typeof stage.ledger = {
      ...stage.ledger,
      save: async (save) =>
        save.observation.subject.endsWith("team-*") && conflicts-- > 0 ? "conflict" : stage.ledger.save(save),
    };
    await handleAudit({ kind: "account", account }, stage.ports({ ledger, judge: () => [nothing] }));
    expect(stage.reads).toEqual(["account", "account"]);
    expect(await stage.told()).toEqual([expect.stringContaining("team-*")]);
  });

  test("throws on an outage, so that it is tried again", async () => {
    const stage = new Stage();
    const facts = { ...stage.ports().facts, account: async () => Promise.reject(new Error("no network")) };
    await expect(handleAudit({ kind: "account", account }, stage.ports({ facts }))).rejects.toThrow(
      "no network",
    );
  });

  test("of an account that cannot be read is one finding, not one for each role", async () => {
    const stage = new Stage();
    await handleAudit({ kind: "account", account }, stage.ports());
    const gap = denied("iam:GetAccountAuthorizationDetails", "AccessDenied");
    const empty = { items: [], gap };
    const facts = {
      ...stage.ports().facts,
      account: async () => ({ roles: empty, policies: empty, profiles: empty, users: empty }),
    };
    for (const second of [1000, 2000, 3000]) {
      stage.second = second;
      await handleAudit({ kind: "account", account }, stage.ports({ facts, judge: () => [] }));
    }
    expect((await stage.told()).filter((one) => one.includes("rolecall-can-see"))).toHaveLength(1);
  });

  test("of an account that cannot be read does not say that its roles are seen again", async () => {
    const stage = new Stage();
    const { alpha } = calm.roles;
    stage.truth = { ...calm, roles: { ...calm.roles, alpha: { ...alpha, denied: true } } };
    for (const second of [0, 1000, 2000]) {
      stage.second = second;
      await handleAudit({ kind: "account", account }, stage.ports());
    }
    const blind = async () => (await stage.ledger.load(`${account}/role/alpha`)).observation?.blind?.passes;
    expect(await blind()).toBe(3);
    const empty = { items: [], gap: denied("iam:GetAccountAuthorizationDetails", "AccessDenied") };
    const unread = async () => ({ roles: empty, policies: empty, profiles: empty, users: empty });
    const facts = { ...stage.ports().facts, account: unread };
    stage.second = 3000;
    await handleAudit({ kind: "account", account }, stage.ports({ facts, judge: () => [] }));
    expect(await blind()).toBe(3);
  });

  test("of a region with many profiles reads the account, not each of them", async () => {
    const stage = new Stage();
    const ports = stage.ports();
    const region = async (name: string) => {
      const seen = await ports.facts.region(name);
      const [one] = seen.instances.items;
      if (one === undefined) throw new Error("no instance");
      const items = Array.from({ length: 30 }, (_, n) => ({
        ...one,
        id: `i-${n}`,
        profile: `arn:aws:iam::${account}:instance-profile/p${n}`,
      }));
      return { ...seen, instances: { items } };
    };
    await handleAudit(
      { kind: "region", account, region: "eu-west-1" },
      { ...ports, facts: { ...ports.facts, region }, judge: () => [] },
    );
    expect(stage.reads.filter((read) => !read.startsWith("region"))).toEqual(["account"]);
  });

  test("is scheduled for the account and each region with a cluster; Rolecall itself has a schedule of its own", () => {
    const cluster = (region: string) => ({ region }) as never;
    const config = { clusters: [cluster("eu-west-1"), cluster("eu-west-1"), cluster("*")] } as never;
    expect(scheduledScopes(config, account, "us-east-1", ["us-west-2"])).toEqual([
      { kind: "account", account },
      { kind: "region", account, region: "eu-west-1" },
      { kind: "region", account, region: "us-west-2" },
    ]);
  });
});

describe("a handler's input", () => {
  test("may be a batch of the queue, a bare event, or a bare look", () => {
    const body = sample("iam/CreateRole");
    expect(
      messagesOf({
        Records: [
          { messageId: "1", body: JSON.stringify(body) },
          { messageId: "2", body: "{" },
        ],
      }),
    ).toEqual([
      { id: "1", body },
      { id: "2", body: undefined },
    ]);
    expect(messagesOf(body)).toEqual([{ id: body["id"], body }]);
    expect(messagesOf(undefined)).toEqual([{ id: "bare", body: undefined }]);
  });

  test.each(samples)("$name is handled as it lies in its file", async ({ event: body }) => {
    const stage = new Stage();
    const ports = stage.ports({ self: async () => [] });
    const facts = { ...ports.facts, rolesWithPolicy: async () => found(["ecsInstanceRole"]) };
    const outcome = await handleChanges(messagesOf(body), { ...ports, facts });
    expect(outcome.failed).toEqual([]);
    expect(outcome.changes + outcome.ignored).toBe(1);
  });
});
