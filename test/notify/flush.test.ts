import { describe, expect, test } from "vitest";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { consoleNotifier } from "../../lib/local/console-notifier.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import { silentLog } from "../../lib/log.ts";
import type { Digest } from "../../lib/notify/alert.ts";
import { type FlushPorts, flush } from "../../lib/notify/flush.ts";
import { defaultNotifySettings } from "../../lib/notify/settings.ts";
import { alertFor, excess, findingFor, observationFor, pendingFor } from "../ledger/samples.ts";

const start = Date.UTC(2026, 10, 2, 9);
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const subject = "111122223333/role/a";

interface Stage extends FlushPorts {
  readonly published: Digest[];
  refusing: boolean;
  second: number;
}

function stage(ledger: LedgerPort = memoryLedger(), owner = "one"): Stage {
  const published: Digest[] = [];
  const began = 100;
  const self: Stage = {
    ledger,
    owner,
    log: silentLog,
    settings: { ...defaultNotifySettings, collectSeconds: 0 },
    published,
    refusing: false,
    second: 100,
    now: () => at(self.second),
    sleep: async (milliseconds) => {
      self.second += milliseconds / 1000;
    },
    left: () => 120_000 - (self.second - began) * 1000,
    notifier: {
      publish: async (digest) => {
        if (self.refusing) throw new Error("SNS is not there");
        published.push(digest);
      },
    },
  };
  return self;
}

/** A ledger that keeps what it was asked for. */
const watched = (ledger: LedgerPort, asked: string[]): LedgerPort =>
  Object.fromEntries(
    Object.entries(ledger).map(([name, call]) => [
      name,
      (...args: readonly unknown[]) => {
        asked.push(name);
        return (call as (...given: readonly unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as LedgerPort;

let version = 0;
async function write(ledger: LedgerPort, ...ids: readonly string[]): Promise<void> {
  const findings = ids.map((id) => findingFor(subject, id, { result: excess("a", "open", { id }) }));
  const known = (await ledger.load(subject)).observation?.version ?? 0;
  const saved = await ledger.save({
    expects: known,
    observation: observationFor(subject, { version: known + 1, observedAt: at(++version) }),
    findings,
    alerts: findings.map((finding) => pendingFor(alertFor(finding), at(0))),
  });
  expect(saved).toBe("saved");
}

describe("the flusher", () => {
  test("publishes what is pending as one digest, and forgets it", async () => {
    const one = stage();
    await write(one.ledger, "rc-1", "rc-2", "rc-3");
    expect(await flush(one)).toEqual({ outcome: "done", published: 1, held: 0 });
    expect(one.published.map((digest) => digest.counts.total)).toEqual([3]);
    expect(await flush(one)).toEqual({ outcome: "done", published: 0, held: 0 });
  });

  test("forgets what is below all that anybody asked for, without telling it", async () => {
    const ledger = memoryLedger();
    await write(ledger, "rc-1");
    const one = stage(ledger);
    await flush({ ...one, settings: { ...one.settings, atLeast: "critical" } });
    expect(one.published).toEqual([]);
    expect(await ledger.pending(10)).toEqual([]);
  });

  test("loses nothing while SNS refuses for an hour", async () => {
    const one = stage();
    one.refusing = true;
    for (let minute = 0; minute < 60; minute++) {
      await write(one.ledger, `rc-${minute}`);
      one.second += 60;
      expect((await flush({ ...one, left: () => 120_000 })).outcome).toBe("refused");
    }
    one.refusing = false;
    await flush({ ...one, left: () => 120_000 });
    expect(one.published.map((digest) => digest.counts.total)).toEqual([60]);
    expect(await one.ledger.pending(100)).toEqual([]);
  });

  test("that died between publishing and forgetting is followed by the same telling under the same ids", async () => {
    const state = memoryLedger();
    const dying = stage({
      ...state,
      clear: async () => {
        throw new Error("died");
      },
    });
    await write(state, "rc-1", "rc-2");
    await expect(flush(dying)).rejects.toThrow("died");
    const next = stage(state, "two");
    await flush(next);
    expect(next.published.map((digest) => digest.id)).toEqual(dying.published.map((digest) => digest.id));
    expect(next.published[0]?.alerts.map((alert) => alert.id)).toEqual(
      dying.published[0]?.alerts.map((alert) => alert.id),
    );
    expect(await state.pending(10)).toEqual([]);
  });

  test("leaves the work to another that is at it", async () => {
    const ledger = memoryLedger();
    await write(ledger, "rc-1");
    await ledger.lease("flush", "other", at(90), at(150));
    const one = stage(ledger);
    expect((await flush(one)).outcome).toBe("busy");
    one.second = 150;
    expect((await flush({ ...one, left: () => 120_000 })).published).toBe(1);
  });

  test("gives its lease back, even when it fails", async () => {
    const ledger = memoryLedger();
    await write(ledger, "rc-1");
    const one = stage({
      ...ledger,
      clear: async () => {
        throw new Error("throttled");
      },
    });
    await expect(flush(one)).rejects.toThrow("throttled");
    expect(await flush(stage(ledger, "two"))).toMatchObject({ outcome: "done", published: 1 });
  });

  test("stops when somebody else took over because it was too slow", async () => {
    const ledger = memoryLedger();
    await write(ledger, "rc-1");
    const one = stage(ledger);
    let reads = 0;
    const slow: FlushPorts = {
      ...one,
      left: () => 120_000,
      ledger: {
        ...ledger,
        pending: async (limit) => {
          if (++reads === 2) {
            one.second += 120;
            await ledger.lease("flush", "two", at(one.second), at(one.second + 60));
          }
          return ledger.pending(limit);
        },
      },
    };
    expect((await flush(slow)).outcome).toBe("busy");
    expect(one.published).toEqual([]);
  });

  test("costs one read and no write when nothing is to be told", async () => {
    const asked: string[] = [];
    const idle = await flush(stage(watched(memoryLedger(), asked)));
    expect(idle).toEqual({ outcome: "done", published: 0, held: 0 });
    expect(asked).toEqual(["pending"]);
  });

  test("costs one read and no write while what waits is for the end of the quiet hours", async () => {
    const ledger = memoryLedger();
    const asked: string[] = [];
    await write(ledger, "rc-1");
    const quiet = { from: 0, to: 23, offsetMinutes: 0 };
    const one = stage(watched(ledger, asked));
    const flushed = await flush({ ...one, settings: { ...one.settings, quiet } });
    expect(flushed).toMatchObject({ outcome: "done", published: 0, held: 1 });
    expect(asked).toEqual(["pending"]);
  });

  test("waits for company under its lease: a burst is one digest", async () => {
    const ledger = memoryLedger();
    const one = stage(ledger);
    one.second = 1;
    const settings = { ...defaultNotifySettings, collectSeconds: 10, collectAtMostSeconds: 60 };
    await write(ledger, "rc-1");
    let slept = 0;
    const flushed = await flush({
      ...one,
      settings,
      left: () => 120_000,
      sleep: async (milliseconds) => {
        one.second += milliseconds / 1000;
        // What the others' nudges find while it waits.
        expect((await flush({ ...stage(ledger, "two"), now: () => at(one.second - 0.1) })).outcome).toBe(
          "busy",
        );
        if (slept++ === 0) await write(ledger, "rc-2", "rc-3");
      },
    });
    expect(flushed).toEqual({ outcome: "done", published: 1, held: 0 });
    expect(one.published.map((digest) => digest.counts.total)).toEqual([3]);
  });

  test("looks once more after it gave the lease back: a nudge that found it held is not left to the sweep", async () => {
    const ledger = memoryLedger();
    const one = stage(ledger);
    await write(ledger, "rc-1");
    let late = true;
    const flushed = await flush({
      ...one,
      ledger: {
        ...ledger,
        release: async (name, owner) => {
          // Written after the holder's last look; its nudge comes while the lease is still held.
          if (late) {
            late = false;
            await write(ledger, "rc-2");
            expect((await flush(stage(ledger, "two"))).outcome).toBe("busy");
          }
          await ledger.release(name, owner);
        },
      },
    });
    expect(flushed).toEqual({ outcome: "done", published: 2, held: 0 });
    expect(await ledger.pending(10)).toEqual([]);
  });

  test("tells what sixty nudges at once ask for once, and loses nothing", async () => {
    const ledger = memoryLedger();
    const stages = Array.from({ length: 60 }, (_, index) => stage(ledger, `nudge ${index}`));
    await write(ledger, ...Array.from({ length: 20 }, (_, index) => `rc-${index}`));
    const outcomes = await Promise.all(stages.map((one) => flush(one)));
    const published = stages.flatMap((one) => one.published);
    expect(published.map((digest) => digest.counts.total)).toEqual([20]);
    expect(outcomes.filter(({ outcome }) => outcome === "busy").length).toBeGreaterThan(50);
    expect(await ledger.pending(10)).toEqual([]);
  });

  test("begins no publishing that its time would cut", async () => {
    const one = stage();
    await write(one.ledger, "rc-1");
    expect(await flush({ ...one, left: () => 40_000 })).toMatchObject({ outcome: "done", published: 0 });
    expect(one.published).toEqual([]);
    expect(await flush(one)).toMatchObject({ published: 1 });
  });

  test("holds nothing back for quiet hours when there is more than it can look through", async () => {
    const ledger = memoryLedger();
    const quiet = { from: 0, to: 23, offsetMinutes: 0 };
    const one = { ...stage(ledger), settings: { ...defaultNotifySettings, collectSeconds: 0, quiet } };
    for (let part = 0; part < 80; part++) {
      await write(ledger, ...Array.from({ length: 25 }, (_, index) => `rc-${part}-${index}`));
    }
    await write(ledger, "rc-late");
    await flush(one);
    expect(one.published.length).toBeGreaterThan(0);
  });
});

describe("the console", () => {
  test("shows a digest as its e-mail subscriber reads it, with nothing that moves a terminal", async () => {
    const written: string[] = [];
    const ledger = memoryLedger();
    const hostile = excess("a", "open", { id: "rc-h", detail: "\u001b[2J\u202egone\r\nSubject: forged" });
    await ledger.save({
      expects: 0,
      observation: observationFor(subject),
      findings: [],
      alerts: [pendingFor(alertFor(findingFor(subject, "rc-h", { result: hostile })))],
    });
    await flush({ ...stage(ledger), notifier: consoleNotifier((text) => written.push(text)) });
    const text = written.join("");
    expect(text).toMatch(/^Subject: HIGH/u);
    expect(text).not.toMatch(/[\u001b\u202e\r]/u);
    expect(text.match(/^Subject:/gmu)).toHaveLength(1);
  });
});
