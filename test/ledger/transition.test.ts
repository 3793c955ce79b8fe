import { describe, expect, test } from "vitest";
import { blindnessControl } from "../../lib/ledger/blindness.ts";
import type { SuppressionMark } from "../../lib/model/result.ts";
import { at, Life } from "./life.ts";
import { account, causeBy, excess, lacking, resultFor } from "./samples.ts";

const trustOk = resultFor("a");
const permissionsOk = resultFor("a", { control: "role-permissions" });
const open = excess("a");
const missing = lacking("a");

describe("excess access", () => {
  test("is told at the first read, with who did it", () => {
    const life = new Life();
    const cause = causeBy("mallory", at(-30));
    expect(life.see(0, [open], { causes: [cause] })).toEqual(["opened"]);
    expect(life.last).toMatchObject({
      id: `${open.id}.1`,
      sequence: 1,
      at: at(0),
      openedAt: at(0),
      causes: [cause],
      result: open,
    });
  });

  test("is told once, however often it is seen", () => {
    const life = new Life();
    life.see(0, [open]);
    for (const later of [10, 180, 4000]) expect(life.see(later, [open])).toEqual([]);
  });

  test("is told again when its content changes, with what it was before", () => {
    const life = new Life();
    life.see(0, [open]);
    const wider = excess("a", "open to everyone");
    expect(life.see(60, [wider], { causes: [causeBy("eve", at(50))] })).toEqual(["changed"]);
    expect(life.last).toMatchObject({
      id: `${open.id}.2`,
      openedAt: at(0),
      result: wider,
      before: { digest: open.digest, actual: open.actual },
    });
  });

  test("that is worse by configuration is told again, milder is not", () => {
    const life = new Life();
    life.see(0, [open]);
    expect(life.see(60, [excess("a", undefined, { severity: "low" })])).toEqual([]);
    expect(life.see(120, [excess("a", undefined, { severity: "critical" })])).toEqual(["changed"]);
  });
});

describe("missing access", () => {
  test("waits for the second look", () => {
    const life = new Life();
    const causes = [causeBy("ci", at(-30))];
    const first = life.pass(0, [missing], { causes });
    expect(first.alerts).toEqual([]);
    expect(first.unsettled).toBe(true);
    expect(life.see(180, [missing])).toEqual(["opened"]);
    expect(life.last).toMatchObject({ openedAt: at(0), at: at(180), causes });
  });

  test("that is put back within one deployment is never told", () => {
    const life = new Life();
    life.see(0, [missing], { causes: [causeBy("ci", at(-5))] });
    expect(life.see(60, [permissionsOk], { causes: [causeBy("ci", at(40))] })).toEqual([]);
    expect(life.see(400, [permissionsOk])).toEqual([]);
    expect(life.finding(missing)?.state).toBe("closed");
  });

  test("first seen at a settled look is told there and then", () => {
    const life = new Life();
    // The first read was stale: it showed the old state.
    expect(life.see(0, [permissionsOk], { causes: [causeBy("ci", at(-30))] })).toEqual([]);
    expect(life.see(180, [missing])).toEqual(["opened"]);
  });

  test("that a schedule finds, with no event, is looked at once more", () => {
    const life = new Life();
    const first = life.pass(0, [missing], { remind: true });
    expect(first.alerts).toEqual([]);
    expect(first.unsettled).toBe(true);
    expect(life.see(181, [missing])).toEqual(["opened"]);
    expect(life.last.causes).toEqual([]);
  });

  test("after a call that does not say when it was made is looked at once more", () => {
    const life = new Life();
    const first = life.pass(0, [permissionsOk], { causes: [causeBy("ci", "")] });
    expect(first.unsettled).toBe(true);
    expect(life.see(181, [missing])).toEqual([]);
    expect(life.see(400, [missing])).toEqual(["opened"]);
  });

  test("of a subject that never stops changing is told at last", () => {
    const life = new Life();
    const told: string[] = [];
    for (let second = 0; second <= 1000; second += 100) {
      told.push(...life.see(second, [missing], { causes: [causeBy("ci", at(second - 1))] }));
    }
    expect(told).toEqual(["opened"]);
    expect(life.last.at).toBe(at(900));
  });
});

describe("a resolution", () => {
  test("waits for the second look and says who and since when", () => {
    const life = new Life();
    life.see(0, [open], { causes: [causeBy("mallory", at(-30))] });
    life.see(180, [open]);
    const repair = causeBy("alice", at(600));
    expect(life.see(630, [trustOk], { causes: [repair] })).toEqual([]);
    expect(life.see(810, [trustOk])).toEqual(["resolved"]);
    expect(life.last).toMatchObject({
      openedAt: at(0),
      closedAt: at(810),
      result: open,
      after: { detail: trustOk.detail, verdict: "passed" },
      causes: [repair],
    });
  });

  test("that was a stale read is not believed", () => {
    const life = new Life();
    life.see(0, [open]);
    life.see(600, [trustOk], { causes: [causeBy("alice", at(590))] });
    expect(life.see(780, [open])).toEqual([]);
    expect(life.finding(open)).toMatchObject({ state: "open" });
    expect(life.finding(open)?.unsettled).toBeUndefined();
  });

  test("does not blame the one who broke it", () => {
    const life = new Life();
    const [mallory, alice] = [causeBy("mallory", at(-30)), causeBy("alice", at(20))];
    life.see(0, [open], { causes: [mallory] });
    life.see(50, [trustOk], { causes: [alice] });
    expect(life.see(230, [trustOk])).toEqual(["resolved"]);
    expect(life.last.causes).toEqual([alice]);
  });

  test("and a return are two tellings of one finding", () => {
    const life = new Life();
    life.see(0, [open]);
    life.see(600, [trustOk]);
    life.see(800, [trustOk]);
    expect(life.see(2000, [open])).toEqual(["opened"]);
    expect(life.last).toMatchObject({ id: `${open.id}.3`, openedAt: at(2000) });
    expect(life.last.closedAt).toBeUndefined();
  });
});

describe("who", () => {
  test("of several actors in one batch, all are named", () => {
    const life = new Life();
    const causes = ["a", "b", "c"].map((who, index) => causeBy(who, at(index - 30)));
    life.see(0, [open], { causes });
    expect(life.last.causes).toEqual(causes);
  });

  test("a duplicate is one cause", () => {
    const life = new Life();
    const cause = causeBy("a", at(-1));
    life.see(0, [open], { causes: [cause, cause] });
    expect(life.last.causes).toEqual([cause]);
  });

  test("nobody is blamed for what no event explains", () => {
    const life = new Life();
    life.see(0, [open]);
    expect(life.last.causes).toEqual([]);
  });

  test("who is unknown is left out where somebody is known, and said where nobody is", () => {
    const unknown = causeBy("x", at(-2), { actor: { kind: "unknown", who: "unknown" } });
    const known = causeBy("eve", at(-1));
    const both = new Life();
    both.see(0, [open], { causes: [unknown, known] });
    expect(both.last.causes).toEqual([known]);
    const alone = new Life();
    alone.see(0, [open], { causes: [unknown] });
    expect(alone.last.causes).toEqual([unknown]);
  });

  test("in a region, those who touched the resource are named, not those at work beside it", () => {
    const arn = `arn:aws:ec2:eu-west-1:${account}:instance/i-1`;
    const untagged = excess("i-1", "untagged", {
      resource: { arn, type: "instance", account, region: "eu-west-1" },
    });
    const causes = [
      causeBy("eve", at(-2), { about: ["i-1"] }),
      causeBy("bob", at(-1), { about: ["i-2"] }),
      causeBy("ci", at(-1), { about: [] }),
    ];
    const life = new Life();
    life.see(0, [untagged], { causes });
    expect(life.last.causes.map((cause) => cause.actor.who.split("/").at(-1))).toEqual(["eve"]);
    const other = new Life();
    other.see(0, [untagged], { causes: causes.slice(1) });
    expect(other.last.causes.map((cause) => cause.actor.who.split("/").at(-1))).toEqual(["ci"]);
  });

  test("a thousand calls do not grow the ledger without bound", () => {
    const life = new Life();
    const causes = Array.from({ length: 1000 }, (_, index) => causeBy(`u${index}`, at(index / 1000)));
    life.see(10, [open], { causes });
    expect(life.last.causes).toHaveLength(20);
    expect(life.last.causesOmitted).toBe(980);
    expect(life.state.observation?.causes).toHaveLength(20);
  });
});

describe("undecided", () => {
  const undecided = resultFor("a", { verdict: "undecided", actual: "hard to say", reason: "too large" });

  test("opens a finding, at once", () => {
    expect(new Life().see(0, [undecided])).toEqual(["opened"]);
  });

  test("never resolves one", () => {
    const life = new Life();
    life.see(0, [open]);
    life.see(10, [undecided]);
    life.see(1000, [undecided]);
    expect(life.finding(open)?.state).toBe("open");
    expect(life.alerts.map((alert) => alert.transition)).toEqual(["opened", "changed"]);
  });

  test("is no drift when the same content was once proven to pass", () => {
    const life = new Life();
    life.see(0, [resultFor("a", { actual: "hard to say" })]);
    expect(life.see(1000, [undecided])).toEqual([]);
    expect(life.see(2000, [resultFor("a", { ...undecided, actual: "something else" })])).toEqual(["opened"]);
  });
});

describe("unavailable", () => {
  const unseen = resultFor("a", {
    verdict: "unavailable",
    reason: "iam:GetRole: AccessDenied",
    actual: null,
  });

  test("neither opens nor resolves", () => {
    const life = new Life({ blindAfterPasses: 100 });
    expect(life.see(0, [unseen])).toEqual([]);
    life.see(10, [open]);
    for (const later of [500, 1000, 5000]) expect(life.see(later, [unseen])).toEqual([]);
    expect(life.finding(open)?.state).toBe("open");
  });

  test("over several passes opens a finding on Rolecall, and sight resolves it", () => {
    const life = new Life();
    expect(life.see(0, [unseen])).toEqual([]);
    expect(life.see(200, [unseen])).toEqual([]);
    expect(life.see(600, [unseen])).toEqual(["opened"]);
    expect(life.last.result).toMatchObject({
      control: blindnessControl,
      severity: "high",
      resource: { type: "rolecall" },
    });
    expect(life.last.result.detail).toContain("iam:GetRole: AccessDenied");
    expect(life.see(900, [resultFor("a", { ...unseen, reason: "Throttling" })])).toEqual([]);
    life.see(1000, [trustOk]);
    expect(life.see(1200, [trustOk])).toEqual(["resolved"]);
  });

  test("in a burst of passes is not yet blindness", () => {
    const life = new Life();
    for (const second of [0, 1, 2, 3, 4]) expect(life.see(second, [unseen])).toEqual([]);
  });

  test("now and then is no blindness", () => {
    const life = new Life();
    for (let round = 0; round < 10; round++) {
      expect(life.see(round * 1000, [unseen])).toEqual([]);
      expect(life.see(round * 1000 + 500, [unseen])).toEqual([]);
      expect(life.see(round * 1000 + 900, [trustOk])).toEqual([]);
    }
  });

  test("of the subject as such is counted though no result says so", () => {
    const life = new Life();
    const more = { unseen: "iam:GetAccountAuthorizationDetails: Throttling" };
    for (const second of [0, 300]) expect(life.see(second, [], more)).toEqual([]);
    expect(life.see(600, [], more)).toEqual(["opened"]);
  });

  test("keeps who did it until it can be told", () => {
    const life = new Life();
    const cause = causeBy("eve", at(-10));
    life.see(0, [unseen], { causes: [cause] });
    life.see(400, [unseen]);
    life.see(500, [open]);
    expect(life.last.causes).toEqual([cause]);
  });
});

describe("what no result speaks of any more", () => {
  test("is resolved when it is gone", () => {
    const life = new Life();
    life.see(0, [open]);
    expect(life.see(500, [], { causes: [causeBy("ci", at(490))] })).toEqual([]);
    expect(life.see(700, [])).toEqual(["resolved"]);
    expect(life.last.after).toBeUndefined();
  });

  test("is no longer watched when the configuration does not ask", () => {
    const life = new Life();
    life.see(0, [open]);
    expect(life.see(500, [], { stillAsked: () => false })).toEqual(["no-longer-watched"]);
    expect(life.finding(open)?.state).toBe("closed");
    expect(life.last.causes).toEqual([]);
  });

  test("stays as it is when it cannot be seen, or was not looked for", () => {
    const life = new Life();
    life.see(0, [open]);
    expect(life.see(500, [], { sees: () => false })).toEqual([]);
    expect(life.see(1000, [], { whole: false })).toEqual([]);
    const aside = resultFor("a", { verdict: "not-applicable" });
    for (const later of [1200, 1500]) expect(life.see(later, [aside], { whole: false })).toEqual([]);
    expect(life.finding(open)?.state).toBe("open");
  });
});

describe("a role deleted and made again", () => {
  test("resolves what it was and opens what it is", () => {
    const life = new Life();
    const gone = resultFor("a", { control: "role-exists", verdict: "failed", actual: "absent" });
    const there = resultFor("a", { control: "role-exists", actual: "there" });
    life.see(0, [there, open]);
    life.see(500, [gone], { causes: [causeBy("ci", at(480))] });
    expect(life.see(700, [gone])).toEqual(["resolved", "opened"]);
    life.see(900, [there, open], { causes: [causeBy("ci", at(880))] });
    expect(life.alerts.at(-1)).toMatchObject({ transition: "opened", finding: open.id });
    expect(life.see(1100, [there, open])).toEqual(["resolved"]);
    expect(life.last.result.control).toBe("role-exists");
  });
});

describe("a suppression", () => {
  const mark: SuppressionMark = { owner: "platform@example.com", reason: "migration", until: "2026-12-31" };
  const accepted = { ...open, suppression: mark };
  const day = 86_400;

  test("of a told finding is told once, and holds its tongue then", () => {
    const life = new Life();
    life.see(0, [open]);
    expect(life.see(100, [accepted])).toEqual(["suppressed"]);
    expect(life.last.suppression).toEqual(mark);
    expect(life.see(200, [accepted])).toEqual([]);
    expect(life.see(8 * day, [accepted], { remind: true })).toEqual([]);
  });

  test("that was there first is silent", () => {
    const life = new Life();
    expect(life.see(0, [accepted])).toEqual([]);
    expect(life.see(100, [accepted])).toEqual([]);
    expect(life.finding(open)).toMatchObject({ state: "open", suppression: mark });
  });

  test("is announced a week before it expires, once", () => {
    const life = new Life();
    life.see(0, [accepted]);
    expect(life.see(52 * day, [accepted])).toEqual([]);
    expect(life.see(53 * day, [accepted])).toEqual(["suppression-expiring"]);
    expect(life.see(54 * day, [accepted])).toEqual([]);
  });

  test("of a few days is announced a day after it was told, at the earliest", () => {
    const life = new Life();
    const brief = { ...open, suppression: { ...mark, until: "2026-11-05" } };
    life.see(0, [open]);
    expect(life.see(100, [brief])).toEqual(["suppressed"]);
    expect(life.see(3600, [brief])).toEqual([]);
    expect(life.see(2 * day, [brief])).toEqual(["suppression-expiring"]);
    expect(life.see(4 * day, [open])).toEqual(["suppression-ended"]);
  });

  test("that is prolonged is announced again before its new end", () => {
    const life = new Life();
    life.see(0, [accepted]);
    expect(life.see(53 * day, [accepted])).toEqual(["suppression-expiring"]);
    const longer = { ...open, suppression: { ...mark, until: "2027-03-31" } };
    expect(life.see(60 * day, [longer])).toEqual([]);
    expect(life.see(145 * day, [longer])).toEqual(["suppression-expiring"]);
    expect(life.last.suppression?.until).toBe("2027-03-31");
  });

  test("that expired or was taken back lets the finding speak again", () => {
    const life = new Life();
    life.see(0, [accepted]);
    expect(life.see(61 * day, [open])).toEqual(["suppression-ended"]);
    expect(life.last.suppression).toEqual(mark);
    expect(life.see(62 * day, [open])).toEqual([]);
    expect(life.finding(open)?.suppression).toBeUndefined();
  });

  test("is tied to content: other content is told as a change", () => {
    const life = new Life();
    life.see(0, [accepted]);
    expect(life.see(100, [excess("a", "open to everyone")])).toEqual(["changed"]);
    expect(life.last.before?.digest).toBe(open.digest);
  });

  test("of a finding that resolves meanwhile ends in silence", () => {
    const life = new Life();
    life.see(0, [accepted]);
    life.see(500, [trustOk]);
    expect(life.see(700, [trustOk])).toEqual([]);
    expect(life.finding(open)?.state).toBe("closed");
    expect(life.see(1000, [open])).toEqual(["opened"]);
    expect(life.finding(open)?.suppression).toBeUndefined();
  });
});

describe("a finding that flaps", () => {
  /** Opens and closes it once, an hour each. */
  const round = (life: Life, hour: number): readonly string[] => [
    ...life.see(hour * 3600, [open]),
    ...life.see(hour * 3600 + 1000, [trustOk]),
    ...life.see(hour * 3600 + 1200, [trustOk]),
  ];

  test("is told once, then said to flap, then left alone until it rests", () => {
    const life = new Life();
    expect(round(life, 0)).toEqual(["opened", "resolved"]);
    // The fourth within a day.
    expect(round(life, 1)).toEqual(["opened", "flapping"]);
    expect(life.last.flips).toBe(4);
    expect(life.see(2 * 3600, [open])).toEqual([]);
    expect(life.see(2 * 3600 + 300, [trustOk])).toEqual([]);
    expect(life.see(2 * 3600 + 500, [trustOk])).toEqual([]);
    expect(life.see(2 * 3600 + 700, [open])).toEqual([]);
    // Still open after a quarter of an hour: that is where it stays.
    expect(life.see(2 * 3600 + 1700, [open])).toEqual(["opened"]);
    expect(life.last.flips).toBe(7);
    expect(life.see(2 * 3600 + 2700, [open])).toEqual([]);
  });

  test("does not hide content that was never told", () => {
    const life = new Life();
    for (const hour of [0, 1, 2]) round(life, hour);
    expect(life.see(3 * 3600 - 2000, [excess("a", "open to everyone")])).toEqual(["opened"]);
    expect(life.last.result.actual).toBe("open to everyone");
  });

  test("over days does not flap", () => {
    const life = new Life();
    for (let hour = 0; hour < 300; hour += 30) expect(round(life, hour)).toEqual(["opened", "resolved"]);
  });

  test("has not come to rest while it cannot be seen, or is about to be otherwise", () => {
    const life = new Life();
    for (const hour of [0, 1]) round(life, hour);
    expect(life.see(2 * 3600, [open])).toEqual([]);
    const unseen = resultFor("a", { verdict: "unavailable", actual: null, reason: "denied" });
    expect(life.see(2 * 3600 + 2000, [unseen])).toEqual([]);
    // In order again, by one look: not yet believed.
    expect(life.see(2 * 3600 + 2100, [trustOk])).toEqual([]);
    expect(life.see(2 * 3600 + 2300, [trustOk])).toEqual([]);
    expect(life.see(2 * 3600 + 3300, [trustOk])).toEqual(["resolved"]);
    expect(life.last.flips).toBe(6);
  });

  test("and came to rest begins anew", () => {
    const life = new Life();
    for (const hour of [0, 1]) round(life, hour);
    expect(life.see(3 * 3600, [trustOk])).toEqual(["resolved"]);
    expect(round(life, 4)).toEqual(["opened", "resolved"]);
  });

  test("and is watched no longer asks for no further look", () => {
    const life = new Life();
    for (const hour of [0, 1]) round(life, hour);
    life.see(2 * 3600, [open]);
    expect(life.see(2 * 3600 + 60, [], { stillAsked: () => false })).toEqual(["no-longer-watched"]);
    expect(life.pass(2 * 3600 + 90, []).unsettled).toBe(false);
  });

  test("and is accepted while it is closed is silent, and asks for no further look", () => {
    const life = new Life();
    for (const hour of [0, 1]) round(life, hour);
    const accepted = { ...open, suppression: { owner: "o", reason: "r", until: "2026-12-31" } };
    expect(life.see(2 * 3600, [accepted])).toEqual([]);
    for (const hour of [3, 4, 5]) expect(life.pass(hour * 3600, [accepted]).unsettled).toBe(false);
  });

  test("asks to be looked at again until it rests", () => {
    const life = new Life();
    for (const hour of [0, 1]) round(life, hour);
    expect(life.pass(2 * 3600, [open]).unsettled).toBe(true);
    expect(life.pass(2 * 3600 + 1000, [open]).unsettled).toBe(false);
  });
});

describe("what stands", () => {
  const day = 86_400;
  const critical = excess("a", "open to the world", { severity: "critical" });

  test("critical, is reminded of at its own pace, at a scheduled pass", () => {
    const life = new Life();
    life.see(0, [critical]);
    expect(life.see(0.9 * day, [critical], { remind: true })).toEqual([]);
    expect(life.see(day - 61, [critical])).toEqual([]);
    // The schedule of a day came a minute early.
    expect(life.see(day - 60, [critical], { remind: true })).toEqual(["reminder"]);
    expect(life.see(day + 100, [critical], { remind: true })).toEqual([]);
  });

  test("otherwise, is listed once a week, all together", () => {
    // The beginning is a Monday, 09:00; the roll is on Mondays at 07:00.
    const life = new Life();
    life.see(0, [open]);
    life.see(3 * day, [open, missing]);
    life.see(3 * day + 200, [open, missing]);
    expect(life.see(6 * day, [open, missing], { remind: true })).toEqual([]);
    expect(life.see(7 * day - 2 * 3600, [open, missing], { remind: true })).toEqual(["reminder", "reminder"]);
    expect(life.see(8 * day, [open, missing], { remind: true })).toEqual([]);
  });
});

describe("a transition", () => {
  test("writes nothing for what did not change", () => {
    const life = new Life();
    life.see(0, [open, permissionsOk]);
    expect(life.pass(500, [open, permissionsOk]).findings).toEqual([]);
  });

  test("over its own outcome tells nothing more", () => {
    const life = new Life();
    life.see(0, [open, missing]);
    expect(life.see(0, [open, missing])).toEqual([]);
  });

  test("of a result that is far too large remembers what fits and says so", () => {
    const life = new Life();
    life.see(0, [excess("a", "x".repeat(1_000_000), { detail: "y".repeat(100_000) })]);
    expect(JSON.stringify(life.finding(open)).length).toBeLessThan(20_000);
    expect(life.last.result.actual).toContain("1000002 characters");
  });
});

test("what was decided is forgotten with what it was decided of", () => {
  const life = new Life();
  const passRole = resultFor("a", { control: "pass-role" });
  const decided = (): boolean => Object.hasOwn(life.state.observation?.decided ?? {}, passRole.id);
  life.see(0, [trustOk, passRole]);
  life.see(100, [trustOk], { whole: false });
  expect(decided()).toBe(true);
  life.see(200, [trustOk]);
  expect(decided()).toBe(false);
});

test("blindness that is counted elsewhere is not counted here", () => {
  const life = new Life();
  for (const second of [0, 300, 600, 900])
    expect(life.see(second, [], { unseen: "denied", countsBlindness: false })).toEqual([]);
  expect(life.state.observation?.blind).toBeUndefined();
});

describe("clocks that differ", () => {
  test("a call from the future does not keep its subject unsettled for ever", () => {
    const life = new Life();
    const causes = [causeBy("mallory", at(400 * 86_400))];
    expect(life.see(0, [open], { causes })).toEqual(["opened"]);
    expect(life.last.causes).toEqual(causes);
    expect(life.pass(200, [open]).unsettled).toBe(false);
    expect(life.state.observation?.causes).toEqual([]);
  });
});

describe("content that goes back and forth", () => {
  const [one, other] = [open, excess("a", "open to everyone")];
  test("is told a few times, then said to flap, then left alone until it rests", () => {
    const life = new Life();
    const told: string[] = [];
    for (let n = 0; n < 100; n++) told.push(...life.see(n * 240, [n % 2 === 0 ? one : other]));
    expect(told).toEqual(["opened", "changed", "changed", "changed", "flapping"]);
    expect(life.see(100 * 240, [excess("a", "open to 3")])).toEqual(["changed"]);
    expect(life.see(101 * 240 + 900, [one])).toEqual([]);
    expect(life.see(102 * 240 + 1800, [one])).toEqual(["opened"]);
    expect(life.last.result).toEqual(one);
  });

  test("of an accepted finding that lacks something for a moment is not told", () => {
    const life = new Life();
    const accepted = lacking("a", "ECR is gone", {
      suppression: { owner: "o", reason: "r", until: "2026-12-31" },
    });
    for (const second of [0, 200]) expect(life.see(second, [accepted])).toEqual([]);
    for (let n = 1; n < 10; n++) {
      const causes = [causeBy("ci", at(n * 1000))];
      expect(life.see(n * 1000 + 30, [lacking("a", "all is gone")], { causes })).toEqual([]);
      expect(life.see(n * 1000 + 210, [accepted])).toEqual([]);
    }
    expect(life.see(20_000, [lacking("a", "all is gone")], { causes: [causeBy("ci", at(19_970))] })).toEqual(
      [],
    );
    expect(life.see(20_180, [lacking("a", "all is gone")])).toEqual(["changed"]);
    expect(life.last.suppression).toBeDefined();
  });
});
