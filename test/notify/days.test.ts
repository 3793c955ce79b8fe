import { describe, expect, test } from "vitest";
import type { PendingAlert } from "../../lib/ledger/model.ts";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import type { SubjectPass } from "../../lib/ledger/transition.ts";
import type { Result } from "../../lib/model/result.ts";
import type { Digest } from "../../lib/notify/alert.ts";
import { choose } from "../../lib/notify/choose.ts";
import { defaultNotifySettings, type NotifySettings } from "../../lib/notify/settings.ts";
import { at, Life } from "../ledger/life.ts";
import { excess, lacking, pendingFor, resultFor } from "../ledger/samples.ts";

/** Days of one subject and of the flusher behind it; what people are sent. */
class Days {
  readonly life = new Life();
  readonly #settings: NotifySettings;
  #pending: PendingAlert[] = [];

  constructor(settings: Partial<NotifySettings> = {}) {
    this.#settings = { ...defaultNotifySettings, ...settings };
  }

  see(seconds: number, results: readonly Result[], more: Partial<SubjectPass> = {}): void {
    const { alerts } = this.life.pass(seconds, results, more);
    this.#pending.push(...alerts.map((alert) => pendingFor(alert)));
  }

  /** What is sent at a time: `news: opened high, resolved critical`. */
  sent(seconds: number): readonly string[] {
    return this.digests(seconds).map(({ kind, alerts }) => {
      const parts = alerts.map(({ transition, result }) => `${transition} ${result.severity}`);
      return `${kind}: ${parts.join(", ")}`;
    });
  }

  digests(seconds: number): readonly Digest[] {
    const { digests } = choose(this.#pending, this.#settings, at(seconds));
    const told = new Set(digests.flatMap(({ tells }) => tells));
    this.#pending = this.#pending.filter(({ id }) => !told.has(id));
    return digests.map(({ digest }) => digest);
  }
}

const minute = 60;
const hour = 3600;
const day = 24 * hour;
const audit = { remind: true } as const;

test("a first audit with a hundred findings is one digest: counts, the worst ten, a line each for the rest", () => {
  const days = new Days();
  const findings = Array.from({ length: 100 }, (_, n) =>
    n % 2 === 0
      ? excess(`role-${n}`, "open", { severity: n < 10 ? "critical" : "high" })
      : lacking(`role-${n}`, "less", { severity: "medium" }),
  );
  days.see(0, findings, { ...audit, first: true });
  const digests = days.digests(minute);
  expect(digests).toHaveLength(1);
  expect(digests[0]).toMatchObject({
    counts: { total: 100, bySeverity: { critical: 5, high: 45, medium: 50 } },
    attributes: { severities: ["critical", "high", "medium"] },
  });
  expect(digests[0]?.alerts).toHaveLength(10);
  expect(digests[0]?.rest).toHaveLength(90);
  days.see(5 * minute, findings);
  expect(days.sent(6 * minute)).toEqual([]);
});

test("a later look waits until what is missing is seen twice, and tells what is open at once", () => {
  const days = new Days();
  days.see(0, [], { ...audit, first: true });
  days.see(hour, [excess("a"), lacking("a")]);
  expect(days.sent(hour + minute)).toEqual(["news: opened high"]);
  days.see(hour + 4 * minute, [excess("a"), lacking("a")]);
  expect(days.sent(hour + 5 * minute)).toEqual(["news: opened high"]);
});

describe("what stands for weeks", () => {
  test("is one reminder a day for what is critical and one list a week for the rest", () => {
    const days = new Days();
    const critical = excess("a", "open", { severity: "critical" });
    const sent: string[] = [];
    // Four audits a day, as scheduled, each some seconds early or late. The beginning is a Monday, 09:00.
    for (let n = 0; n <= 56; n++) {
      const time = n * 6 * hour + (n % 3) * 20;
      days.see(time, [critical, lacking("a")], { ...audit, first: n === 0 });
      sent.push(...days.sent(time + minute).map((what) => `day ${Math.floor(time / day)} ${what}`));
    }
    const reminders = Array.from({ length: 14 }, (_, n) => `day ${n + 1} standing: reminder critical`);
    // At the audit that follows seven o'clock on Monday.
    const weekly = ["day 7 roll: reminder high", "day 14 roll: reminder high"];
    expect(sent.slice(1).toSorted()).toEqual([...reminders, ...weekly].toSorted());
    expect(sent[0]).toBe("day 0 news: opened critical, opened high");
  });
});

test("an hour of opening and closing every ten minutes is told as opened, resolved, opened, flapping, and its end", () => {
  const days = new Days();
  const sent: string[] = [];
  const good = resultFor("a");
  for (let n = 0; n < 40; n++) {
    const time = n * 5 * minute;
    // Open and closed for ten minutes each, for an hour; then it stays open.
    const open = time >= hour || Math.floor(n / 2) % 2 === 0;
    days.see(time, [open ? excess("a") : good]);
    sent.push(...days.sent(time + minute));
  }
  expect(sent).toEqual([
    "news: opened high",
    "news: resolved high",
    "news: opened high",
    "news: flapping high",
    "news: opened high",
  ]);
  const last = days.life.alerts.at(-1);
  expect(last?.flips).toBeGreaterThan(defaultTransitionSettings.flapsAfter);
});

test("what opened and was repaired in the quiet hours is told in the morning, as something that is over", () => {
  // 09:00 to 17:00 UTC is quiet, for a change.
  const days = new Days({ quiet: { from: 9, to: 17, offsetMinutes: 0 } });
  const good = [resultFor("a"), resultFor("b")];
  const critical = excess("b", "open", { severity: "critical" });
  days.see(0, [excess("a"), critical]);
  expect(days.sent(minute)).toEqual(["news: opened critical"]);
  days.see(hour, good);
  days.see(2 * hour, good);
  expect(days.sent(3 * hour)).toEqual(["news: resolved critical"]);
  const [evening] = days.digests(8 * hour);
  expect(evening?.alerts.map(({ transition, closedAt }) => [transition, closedAt])).toEqual([
    ["resolved", at(2 * hour)],
    ["opened", at(2 * hour)],
  ]);
});

test("an entry that is taken out of the configuration is told as no longer watched, once", () => {
  const days = new Days();
  days.see(0, [excess("a")]);
  expect(days.sent(minute)).toEqual(["news: opened high"]);
  const gone = { ...audit, stillAsked: () => false } as const;
  days.see(day, [], gone);
  expect(days.sent(day + minute)).toEqual(["news: no-longer-watched high"]);
  days.see(8 * day, [], gone);
  expect(days.sent(8 * day + minute)).toEqual([]);
});

test("a change that AWS made to its own policy is nobody's in the account, whoever was at work on the role", () => {
  const days = new Days();
  const result = excess("a", "v11", { control: "managed-policy", severity: "info" });
  const cause = {
    event: "e1",
    action: "iam:TagRole",
    at: at(-20),
    actor: { kind: "user", who: "eve" },
    about: ["a"],
  } as const;
  days.see(0, [result], { causes: [cause] });
  expect(days.digests(minute)[0]?.alerts[0]?.causes).toEqual([]);
});
