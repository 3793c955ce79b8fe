import { describe, expect, test } from "vitest";
import type { Scope } from "../../lib/model/scope.ts";
import { handleSelf, type SelfPorts } from "../../lib/watch/handle-self.ts";
import { excess, resultFor } from "../ledger/samples.ts";
import { Stage } from "./stage.ts";

const scope: Extract<Scope, { kind: "self" }> = {
  kind: "self",
  account: "111122223333",
  region: "us-east-1",
};
const subject = "111122223333/self/us-east-1";
const settle = 180;

/** Rolecall's own parts as a look sees them, on a clock that only moves when somebody sleeps or looks. */
class SelfStage extends Stage {
  broken = false;
  looked = 0;
  /** Called at each look, before it sees anything. */
  onLook: () => Promise<void> = async () => {};
  onSleep: () => Promise<void> = async () => {};

  self(owner: string, more: Partial<SelfPorts> = {}): SelfPorts {
    const began = this.second;
    return {
      ...this.ports({
        self: async () => {
          this.looked++;
          await this.onLook();
          const resource = { ...resultFor("stack").resource, type: "rolecall" } as const;
          const part = { id: "rc-self", resource };
          return [this.broken ? excess("stack", "tampered", part) : resultFor("stack", part)];
        },
      }),
      now: () => this.at(this.second),
      owner,
      pauseSeconds: 30,
      names: ["rolecall-"],
      left: () => 900_000 - (this.second - began) * 1000,
      sleep: async (milliseconds) => {
        this.second += milliseconds / 1000;
        await this.onSleep();
      },
      looked: () => {
        this.second += 1;
      },
      ...more,
    };
  }

  event(id: string, more: object = {}): unknown {
    return {
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.events",
      id,
      account: scope.account,
      region: scope.region,
      time: this.at(this.second),
      detail: {
        eventSource: "events.amazonaws.com",
        eventName: "DisableRule",
        eventID: id,
        eventTime: this.at(this.second),
        awsRegion: scope.region,
        userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${scope.account}:user/${id}` },
        requestParameters: { name: "rolecall-production-IamRule-1A2B" },
        ...more,
      },
    };
  }
}

describe("a look at Rolecall itself", () => {
  test("comes at once after an event, and again when all has settled", async () => {
    const stage = new SelfStage();
    const began = stage.second;
    expect(await handleSelf(stage.event("mallory"), scope, stage.self("one"))).toMatchObject({
      outcome: "done",
      looks: 2,
    });
    expect(stage.second - began).toBeGreaterThanOrEqual(settle);
    expect(await stage.ledger.noted(subject)).toEqual([]);
  });

  test("names who did it, when the first look saw nothing yet", async () => {
    const stage = new SelfStage();
    stage.onSleep = async () => {
      stage.broken = true;
    };
    await handleSelf(stage.event("mallory"), scope, stage.self("one"));
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ actor }) => actor.who)).toEqual([
      "arn:aws:iam::111122223333:user/mallory",
    ]);
    expect(stage.nudges).toBe(1);
  });

  test("sixty events at once are few looks, and every one of their makers is known to the last", async () => {
    const stage = new SelfStage();
    const events = Array.from({ length: 60 }, (_, index) => stage.event(`e${index}`));
    const outcomes = await Promise.all(
      events.map((event, index) => handleSelf(event, scope, stage.self(`run ${index}`))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === "busy")).toHaveLength(59);
    expect(stage.looked).toBeLessThanOrEqual(3);
    expect(await stage.ledger.noted(subject)).toEqual([]);
  });

  test("an event that finds another run looking is looked at by it, within the pause, with its maker", async () => {
    const stage = new SelfStage();
    let late = true;
    let at = 0;
    stage.onSleep = async () => {
      if (!late) return;
      late = false;
      at = stage.second;
      const other = await handleSelf(stage.event("late"), scope, stage.self("two"));
      expect(other).toMatchObject({ outcome: "busy", looks: 0 });
      stage.broken = true;
      stage.onLook = async () => {
        expect(stage.second - at).toBeLessThanOrEqual(30);
        stage.onLook = async () => {};
      };
    };
    await handleSelf(stage.event("early"), scope, stage.self("one"));
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ event }) => event)).toEqual(["early", "late"]);
    // Its own second look, too.
    expect(stage.second - at).toBeGreaterThanOrEqual(settle);
  });

  test("an event that comes while the lease is given back is not lost", async () => {
    const stage = new SelfStage();
    const ports = stage.self("one");
    let late = true;
    const release: SelfPorts["ledger"]["release"] = async (name, owner) => {
      if (late) {
        late = false;
        stage.broken = true;
        const other = await handleSelf(stage.event("late"), scope, stage.self("two"));
        expect(other.outcome).toBe("busy");
      }
      await ports.ledger.release(name, owner);
    };
    await handleSelf(stage.event("early"), scope, { ...ports, ledger: { ...ports.ledger, release } });
    expect(await stage.ledger.noted(subject)).toEqual([]);
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ event }) => event)).toEqual(["late"]);
  });

  test("a run that died is followed by its repetition, which forgets nobody", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    stage.onLook = () => Promise.reject(new Error("died"));
    await expect(handleSelf(stage.event("early"), scope, stage.self("one"))).rejects.toThrow("died");
    expect(await stage.ledger.noted(subject)).toHaveLength(1);
    stage.onLook = async () => {};
    await handleSelf(stage.event("early"), scope, stage.self("one"));
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ event }) => event)).toEqual(["early"]);
  });

  test("a run that was killed holds its lease for a minute or two, and the tick sees to what it left", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    await stage.ledger.lease(`look/${subject}`, "killed", stage.at(0), stage.at(90));
    expect((await handleSelf(stage.event("mallory"), scope, stage.self("two"))).outcome).toBe("busy");
    stage.second = 3600;
    await handleSelf({ rolecall: "tick" }, scope, stage.self("three"));
    expect(await stage.ledger.noted(subject)).toEqual([]);
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ event }) => event)).toEqual(["mallory"]);
  });

  test("events without end make it ask for a repetition rather than be cut", async () => {
    const stage = new SelfStage();
    let count = 0;
    stage.onSleep = async () => {
      await handleSelf(stage.event(`e${++count}`), scope, stage.self(`other ${count}`));
    };
    await expect(handleSelf(stage.event("first"), scope, stage.self("one"))).rejects.toThrow("do not settle");
    expect(stage.looked).toBeLessThanOrEqual(900 / 30);
  });

  test("calls on the parts of others, of which a busy account makes one a second, bring no look and name nobody", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    for (let second = 0; second < 900; second++) {
      const event = stage.event(`scaling-${second}`, { requestParameters: { name: "orders-scale-out" } });
      const outcome = await handleSelf(event, scope, stage.self(`run ${second}`));
      expect(outcome).toMatchObject({ outcome: "done", looks: 0 });
    }
    expect(stage.looked).toBe(0);
    expect(await stage.ledger.noted(subject)).toEqual([]);
    await handleSelf(stage.event("mallory"), scope, stage.self("one"));
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ event }) => event)).toEqual(["mallory"]);
  });

  test("a person who asks gets one look at once, whoever else looks", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    await stage.ledger.lease(`look/${subject}`, "another", stage.at(0), stage.at(900));
    const began = stage.second;
    const outcome = await handleSelf({}, scope, stage.self("person"));
    expect(outcome).toMatchObject({ outcome: "done", looks: 1 });
    expect(outcome.results).toHaveLength(1);
    expect(stage.second - began).toBeLessThan(5);
  });

  test("a call that the table does not know still has a maker; one that failed has none", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    await handleSelf(stage.event("odd", { eventName: "TagResourceOfTomorrow" }), scope, stage.self("one"));
    const [pending] = await stage.ledger.pending(10);
    expect(pending?.alert.causes.map(({ action }) => action)).toEqual(["events:TagResourceOfTomorrow"]);
    const failed = stage.event("failed", { errorCode: "AccessDenied" });
    expect(await handleSelf(failed, scope, stage.self("two"))).toMatchObject({ looks: 1 });
  });

  test("a call that a look overtook is told with its maker when its event comes, and once", async () => {
    const stage = new SelfStage();
    const arn = `arn:aws:events:us-east-1:${scope.account}:rule/rolecall-IamRule`;
    const resource = { arn, type: "rolecall", account: scope.account, region: scope.region } as const;
    const part = { id: "rc-rule", control: "self-rule", resource };
    const self = async () => [stage.broken ? excess("rule", "disabled", part) : resultFor("rule", part)];
    await handleSelf({ rolecall: "tick" }, scope, stage.self("schedule", { self }));
    stage.second = 600;
    const mallory = stage.event("mallory", { requestParameters: { name: "rolecall-IamRule" } });
    stage.broken = true;
    const other = { requestParameters: { name: "rolecall-Ec2Rule" } };
    await handleSelf(stage.event("first", other), scope, stage.self("one", { self }));
    await handleSelf(mallory, scope, stage.self("two", { self }));
    await handleSelf(mallory, scope, stage.self("three", { self }));
    const told = (await stage.ledger.pending(10)).map(({ alert }) => alert);
    expect(told.map(({ transition, causes }) => [transition, causes.map(({ event }) => event)])).toEqual([
      ["opened", ["first"]],
      ["changed", ["mallory"]],
    ]);
    expect(told[1]?.explains).toBe(told[0]?.id);
  });

  test("a nudge that fails does not fail the look", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    const nudge = { nudge: () => Promise.reject(new Error("no function")) };
    const outcome = await handleSelf(stage.event("mallory"), scope, stage.self("one", { nudge }));
    expect(outcome.alerts).toBe(1);
    expect(stage.logged.map(({ message }) => message)).toContain("nudge failed");
  });

  test("says what it saw though the ledger is gone, and still fails", async () => {
    const stage = new SelfStage();
    stage.broken = true;
    const gone = async (): Promise<never> => {
      throw new Error("ResourceNotFoundException");
    };
    const told: string[] = [];
    const ports = stage.self("one", {
      looked: (results) => told.push(...results.map(({ verdict }) => verdict)),
    });
    const ledger = { ...ports.ledger, note: gone, noted: gone, load: gone };
    for (const input of [stage.event("mallory"), {}])
      await expect(handleSelf(input, scope, { ...ports, ledger })).rejects.toThrow("ResourceNotFound");
    expect(told).toEqual(["failed", "failed"]);
  });
});
