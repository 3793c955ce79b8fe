import { describe, expect, test } from "vitest";
import type { PendingAlert } from "../../lib/ledger/model.ts";
import type { Severity } from "../../lib/model/severity.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { choose } from "../../lib/notify/choose.ts";
import { quietUntil } from "../../lib/notify/quiet-hours.ts";
import { renderEmail } from "../../lib/notify/render-email.ts";
import { defaultNotifySettings, type NotifySettings } from "../../lib/notify/settings.ts";
import { alertFor, causeBy, excess, findingFor, pendingFor } from "../ledger/samples.ts";

const start = Date.UTC(2026, 10, 2, 9);
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const subject = "111122223333/role/a";
const settings = (more: Partial<NotifySettings> = {}): NotifySettings => ({
  ...defaultNotifySettings,
  collectSeconds: 0,
  ...more,
});

let count = 0;
function pending(severity: Severity, more: Partial<Alert> = {}, since = at(0)): PendingAlert {
  const id = more.finding ?? `rc-${count++}`;
  const result = excess("a", "open", { id, severity });
  const finding = findingFor(subject, id, { result, sequence: more.sequence ?? 1 });
  return pendingFor(alertFor(finding, more), since);
}

describe("a burst", () => {
  test("is one digest: counts, the worst ten in full, the others in a line each, where the rest is", () => {
    const alerts = [
      ...Array.from({ length: 90 }, () => pending("low")),
      ...Array.from({ length: 7 }, () => pending("high")),
      ...Array.from({ length: 3 }, () => pending("critical")),
    ];
    const { digests } = choose(alerts, settings(), at(100));
    expect(digests).toHaveLength(1);
    const [{ digest, tells } = expectOne()] = digests;
    expect(tells).toHaveLength(100);
    expect(digest.alerts.map((alert) => alert.result.severity)).toEqual([
      ...Array.from({ length: 3 }, () => "critical"),
      ...Array.from({ length: 7 }, () => "high"),
    ]);
    expect(digest.rest).toHaveLength(90);
    expect(digest.counts).toMatchObject({
      total: 100,
      bySeverity: { low: 90, high: 7, critical: 3, info: 0, medium: 0 },
      byTransition: { opened: 100 },
    });
    expect(digest.attributes).toEqual({
      severity: "critical",
      severities: ["critical", "high", "low"],
      account: "111122223333",
      platforms: ["ecs"],
      regions: ["global"],
      transitions: ["opened"],
    });
    expect(digest.where).toContain("serverless invoke -f audit");
  });

  test("counts those that only say who did what was told, the ones not told in full among them", () => {
    const late = Array.from({ length: 30 }, () =>
      pending("low", { transition: "changed", explains: "rc.1" }),
    );
    const { digests } = choose([...late, pending("low", { transition: "changed" })], settings(), at(100));
    const [{ digest } = expectOne()] = digests;
    expect(digest.counts).toMatchObject({ byTransition: { changed: 31 }, explaining: 30 });
    expect(renderEmail(digest).body).toContain("31 low (1 changed, 30 now known who)");
    expect(
      choose([pending("low")], settings(), at(100)).digests[0]?.digest.counts.explaining,
    ).toBeUndefined();
  });

  test("of five thousand still lists no more than a hundred, and counts the others", () => {
    const [{ digest } = expectOne()] = choose(
      Array.from({ length: 5000 }, () => pending("low")),
      settings(),
      at(100),
    ).digests;
    expect(digest.alerts.length + digest.rest.length).toBe(110);
    expect(digest.counts.total).toBe(5000);
  });

  test("puts what stands before what ended", () => {
    const alerts = [pending("critical", { transition: "resolved", closedAt: at(1) }), pending("low")];
    const [{ digest } = expectOne()] = choose(alerts, settings(), at(100)).digests;
    expect(digest.alerts.map((alert) => alert.transition)).toEqual(["opened", "resolved"]);
    expect(digest.attributes).toMatchObject({ severity: "critical", severities: ["critical", "low"] });
  });

  test("has the same id for the same alerts, in any order and at any time", () => {
    const alerts = [pending("high"), pending("low")];
    const [one] = choose(alerts, settings(), at(100)).digests;
    const [other] = choose(alerts.toReversed(), settings(), at(200)).digests;
    expect(one?.digest.id).toBe(other?.digest.id);
    const [more] = choose([...alerts, pending("low")], settings(), at(200)).digests;
    expect(more?.digest.id).not.toBe(one?.digest.id);
  });
});

describe("company", () => {
  const collecting = settings({ collectSeconds: 10, collectAtMostSeconds: 60 });

  test("is waited for until none came for a while", () => {
    const alerts = [pending("high", {}, at(0)), pending("high", {}, at(5))];
    expect(choose(alerts, collecting, at(12))).toMatchObject({ digests: [], held: 2, heldUntil: at(15) });
    expect(choose(alerts, collecting, at(15)).digests).toHaveLength(1);
  });

  test("is not waited for longer than a minute", () => {
    const alerts = Array.from({ length: 20 }, (_, index) => pending("high", {}, at(index * 5)));
    expect(choose(alerts.slice(0, 12), collecting, at(59)).digests).toEqual([]);
    expect(choose(alerts.slice(0, 13), collecting, at(60)).digests).toHaveLength(1);
  });

  test("nothing pending waits for nothing", () => {
    expect(choose([], collecting, at(0))).toEqual({ digests: [], silent: [], held: 0 });
  });
});

describe("quiet hours", () => {
  const night = { from: 22, to: 7, offsetMinutes: 60 };
  const berlin = { from: 22, to: 7, timeZone: "Europe/Berlin" };

  test("hold back what is not critical, until they end", () => {
    const alerts = [pending("critical"), pending("high"), pending("low")];
    const now = "2026-11-02T23:30:00.000Z";
    const choice = choose(alerts, settings({ quiet: night }), now);
    expect(choice.digests[0]?.digest.alerts.map((alert) => alert.result.severity)).toEqual(["critical"]);
    expect(choice).toMatchObject({ held: 2, heldUntil: "2026-11-03T06:00:00.000Z" });
    const morning = choose(alerts.slice(1), settings({ quiet: night }), "2026-11-03T06:00:00.000Z");
    expect(morning.digests[0]?.digest.counts.total).toBe(2);
  });

  test("do not tell the beginning of a finding after what became of it", () => {
    const first = pending("high", { finding: "rc-n", sequence: 1 });
    const worse = pending("critical", { finding: "rc-n", sequence: 2, transition: "changed" });
    const choice = choose(
      [pending("high"), first, worse],
      settings({ quiet: night }),
      "2026-11-02T23:30:00.000Z",
    );
    expect(choice.digests.flatMap(({ tells }) => tells)).toEqual(["rc-n.1", "rc-n.2"]);
    expect(choice.digests[0]?.digest.alerts.map(({ transition }) => transition)).toEqual(["opened"]);
    expect(choice.held).toBe(1);
  });

  test.each([
    [night, "2026-11-02T20:59:59.000Z", undefined],
    [night, "2026-11-02T21:00:00.000Z", "2026-11-03T06:00:00.000Z"],
    [night, "2026-11-03T05:59:59.000Z", "2026-11-03T06:00:00.000Z"],
    [night, "2026-11-03T06:00:00.000Z", undefined],
    [{ from: 12, to: 14, offsetMinutes: 0 }, "2026-11-02T13:00:00.000Z", "2026-11-02T14:00:00.000Z"],
    [{ from: 12, to: 14, offsetMinutes: 0 }, "2026-11-02T11:59:00.000Z", undefined],
    [{ from: 23, to: 1, offsetMinutes: -300 }, "2026-11-02T05:30:00.000Z", "2026-11-02T06:00:00.000Z"],
    [{ from: 5, to: 5, offsetMinutes: 0 }, "2026-11-02T05:00:00.000Z", undefined],
    [{ from: 5, to: 6, offsetMinutes: 7 }, "2026-11-02T05:00:00.000Z", "2026-11-02T05:53:00.000Z"],
    [{ from: 22, to: 7, timeZone: "Asia/Kolkata" }, "2026-11-02T18:00:00.000Z", "2026-11-03T01:30:00.000Z"],
    [berlin, "2026-11-02T20:59:00.000Z", undefined],
    // Summer time ends, summer time begins: seven o'clock is seven o'clock.
    [berlin, "2026-10-24T22:00:00.000Z", "2026-10-25T06:00:00.000Z"],
    [berlin, "2026-03-28T23:00:00.000Z", "2026-03-29T05:00:00.000Z"],
  ])("%j at %s end at %s", (quiet, now, until) => {
    expect(quietUntil(quiet, now)).toBe(until);
  });
});

describe("standing findings", () => {
  test("are reminded of apart from news: critical ones by themselves, the others as the roll", () => {
    const reminder = { transition: "reminder" } as const;
    const alerts = [
      pending("low", reminder),
      pending("critical", reminder),
      pending("high"),
      pending("medium", reminder),
    ];
    const { digests } = choose(alerts, settings(), at(100));
    expect(digests.map(({ digest }) => [digest.kind, digest.counts.total])).toEqual([
      ["news", 1],
      ["standing", 1],
      ["roll", 2],
    ]);
  });
});

describe("what nobody asked for", () => {
  test("is forgotten, not kept for ever", () => {
    const [info, high] = [pending("info"), pending("high")];
    const choice = choose([info, high], settings({ atLeast: "medium" }), at(100));
    expect(choice.silent).toEqual([info.id]);
    expect(choice.digests[0]?.tells).toEqual([high.id]);
  });
  test("is told when it was worse before: what was told as high does not stay high in silence", () => {
    const { detail, digest, verdict, actual } = excess("a", "open");
    const before = { detail, digest, verdict, actual, severity: "high" as const };
    const sunk = pending("low", { transition: "changed", before });
    const choice = choose([sunk], settings({ atLeast: "medium" }), at(100));
    expect(choice.silent).toEqual([]);
    expect(choice.digests[0]?.tells).toEqual([sunk.id]);
  });
});

describe("alerts of one finding that waited together", () => {
  const [eve, bob] = [causeBy("eve", at(1)), causeBy("bob", at(2))];
  const first = pending("high", { finding: "rc-x", sequence: 1, causes: [eve] });
  const changed = pending("high", { finding: "rc-x", sequence: 2, transition: "changed", causes: [bob] });
  const resolved = pending("high", { finding: "rc-x", sequence: 3, transition: "resolved", closedAt: at(9) });

  test("are told as an opening with the latest content and everybody who had a hand in it", () => {
    const [{ digest, tells } = expectOne()] = choose([changed, first], settings(), at(100)).digests;
    expect(digest.alerts).toHaveLength(1);
    expect(digest.alerts[0]).toMatchObject({ id: "rc-x.2", transition: "opened", causes: [eve, bob] });
    expect([...tells].sort()).toEqual(["rc-x.1", "rc-x.2"]);
  });

  test("are told as a change from what was told last", () => {
    const telling = (digest: string) => {
      const { detail, severity, verdict, actual } = excess("a", "open");
      return { digest, detail, severity, verdict, actual };
    };
    const change = (sequence: number) =>
      pending("high", {
        finding: "rc-c",
        sequence,
        transition: "changed",
        before: telling(`before-${sequence}`),
      });
    const [{ digest } = expectOne()] = choose([change(4), change(5)], settings(), at(100)).digests;
    expect(digest.alerts.map(({ id, before }) => [id, before?.digest])).toEqual([["rc-c.5", "before-4"]]);
  });

  test("keep a resolution apart from what it resolves", () => {
    const [{ digest } = expectOne()] = choose([first, changed, resolved], settings(), at(100)).digests;
    expect(digest.alerts.map((alert) => alert.id)).toEqual(["rc-x.2", "rc-x.3"]);
  });

  const late = pending("high", {
    finding: "rc-x",
    sequence: 2,
    transition: "changed",
    explains: "rc-x.1",
    causes: [bob],
  });

  test("are told as one with their maker, where only that came late", () => {
    const [{ digest, tells } = expectOne()] = choose([first, late], settings(), at(100)).digests;
    expect(digest.alerts).toHaveLength(1);
    expect(digest.alerts[0]).toMatchObject({ id: "rc-x.2", transition: "opened", causes: [eve, bob] });
    expect(digest.alerts[0]?.explains).toBeUndefined();
    expect(tells).toHaveLength(2);
  });

  test("are told as a change where one followed a maker who came late", () => {
    const before = { digest: "d", detail: "narrow", severity: "high", verdict: "failed", actual: 1 } as const;
    const third = pending("high", {
      finding: "rc-x",
      sequence: 3,
      transition: "changed",
      before,
      causes: [eve],
    });
    const [{ digest } = expectOne()] = choose([late, third], settings(), at(100)).digests;
    expect(digest.alerts).toHaveLength(1);
    expect(digest.alerts[0]).toMatchObject({
      id: "rc-x.3",
      transition: "changed",
      before,
      causes: [eve, bob],
    });
    expect(digest.alerts[0]?.explains).toBeUndefined();
  });

  test("wait for the end of the quiet hours like any other that is not critical", () => {
    const quiet = { from: 0, to: 23, offsetMinutes: 0 };
    expect(choose([late], settings({ quiet }), at(100))).toMatchObject({ digests: [], held: 1 });
  });

  test("drop a reminder that was overtaken", () => {
    const reminder = pending("critical", { finding: "rc-y", sequence: 1, transition: "reminder" });
    const news = pending("critical", { finding: "rc-y", sequence: 2, transition: "changed" });
    const { digests } = choose([reminder, news], settings(), at(100));
    expect(digests.flatMap(({ tells }) => tells)).toContain("rc-y.1");
    expect(digests.flatMap(({ digest }) => digest.alerts).map((alert) => alert.id)).toEqual(["rc-y.2"]);
  });
});

function expectOne(): never {
  throw new Error("there is a digest");
}
