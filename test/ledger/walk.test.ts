import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cause } from "../../lib/change/model.ts";
import type { Finding } from "../../lib/ledger/model.ts";
import type { Result, SuppressionMark } from "../../lib/model/result.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { at, Life } from "./life.ts";
import { causeBy, excess, lacking, resultFor } from "./samples.ts";

const mark: SuppressionMark = { owner: "o", reason: "r", until: "2027-12-31" };

/** What a pass may see of a control. */
const sights = {
  ok: (control: string) => resultFor("a", { control }),
  bad: (control: string) => badFor(control, "one"),
  other: (control: string) => badFor(control, "other"),
  third: (control: string) => badFor(control, "third", { severity: "critical" }),
  accepted: (control: string) => badFor(control, "one", { suppression: mark }),
  undecided: (control: string) =>
    resultFor("a", { control, verdict: "undecided", actual: "hard", reason: "large" }),
  unavailable: (control: string) =>
    resultFor("a", { control, verdict: "unavailable", actual: null, reason: "denied" }),
  "not applicable": (control: string) => resultFor("a", { control, verdict: "not-applicable", actual: null }),
  gone: () => undefined,
} as const;
type Sight = keyof typeof sights;

const badFor = (control: string, content: string, more: Partial<Result> = {}): Result =>
  (control === "trust-excess" ? excess : lacking)("a", content, { control, ...more });

const controls = ["trust-excess", "permissions-missing"] as const;
const sight = fc.constantFrom(...(Object.keys(sights) as Sight[]));
const stepOf = fc.record({
  after: fc.constantFrom(1, 31, 200, 950, 4000, 90_000),
  sees: fc.tuple(sight, sight),
  /** How long before the look a call was made; ahead of it where negative. */
  called: fc.option(fc.constantFrom(31, 5, 400, 7200, -3600, -9e6)),
  remind: fc.boolean(),
  asked: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  whole: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
});
const seen = ([trust, permissions]: readonly [Sight, Sight]): readonly Result[] =>
  [sights[trust](controls[0]), sights[permissions](controls[1])].filter((one) => one !== undefined);

const over = ({ transition, closedAt }: Alert): boolean =>
  closedAt !== undefined || transition === "resolved" || transition === "no-longer-watched";

/** Whether whoever read all that was told of a finding knows how it stands. */
function known(finding: Finding, told: readonly Alert[]): boolean {
  const last = told.findLast(({ finding: id }) => id === finding.id);
  if (finding.state === "waiting") return false;
  if (finding.state === "closed") return last === undefined || over(last) || last.suppression !== undefined;
  if (finding.suppression !== undefined) return true;
  return last !== undefined && !over(last) && last.result.digest === finding.digest;
}

const walk = fc.array(stepOf, { minLength: 1, maxLength: 40 });

test("whatever a subject went through, once it rests it is looked at no more, and its reader knows how it stands", () => {
  fc.assert(
    fc.property(walk, fc.tuple(sight, sight), (steps, last) => {
      const life = new Life();
      let now = 0;
      for (const { after, sees, called, remind, whole, asked } of steps) {
        now += after;
        const causes: readonly Cause[] =
          called === null ? [] : [causeBy("m", at(now - called), { about: ["a"] })];
        life.see(now, seen(sees), { causes, remind, whole, stillAsked: () => asked });
      }
      let outcome = life.pass(now + 1000, seen(last));
      for (let look = 1; look < 20 && outcome.unsettled; look++)
        outcome = life.pass(now + 1000 + look * 200, seen(last));
      expect(outcome.unsettled).toBe(false);
      if (!last.includes("unavailable")) expect(life.state.observation?.causes).toEqual([]);
      const after = life.see(now + 9000, seen(last));
      // Blindness has a pace of its own.
      if (!last.includes("unavailable")) expect(after).toEqual([]);
      life.alerts.forEach((alert) => {
        const same = life.alerts.filter(({ finding }) => finding === alert.finding);
        expect(same.map(({ sequence }) => sequence)).toEqual(same.map((_, index) => index + 1));
      });
      for (const [index, control] of controls.entries()) {
        const id = resultFor("a", { control }).id;
        const finding = life.state.findings.find((one) => one.id === id);
        const what = last[index] ?? "ok";
        if (what === "unavailable" || finding === undefined) continue;
        expect(
          ["bad", "other", "third", "accepted"].includes(what) ? ["open"] : ["open", "closed"],
        ).toContain(finding.state);
        if (["ok", "gone", "not applicable"].includes(what)) expect(finding.state).toBe("closed");
        expect(known(finding, life.alerts), `${what} ${finding.state}`).toBe(true);
      }
    }),
    { numRuns: Number(process.env["WALKS"] ?? 300) },
  );
});

test("however fast it changes, a finding is told few times in a day", () => {
  const fast = fc.array(fc.constantFrom<Sight>("ok", "bad", "other", "third"), {
    minLength: 50,
    maxLength: 50,
  });
  fc.assert(
    fc.property(fast, fc.constantFrom(30, 200, 400), (sees, pause) => {
      const life = new Life();
      const day = Math.floor(86_400 / pause / 50);
      for (let n = 0; n < day * 50; n++) life.see(n * pause, seen([sees[n % 50] ?? "ok", "ok"]));
      expect(life.alerts.length).toBeLessThan(60);
    }),
    { numRuns: 10 },
  );
});
