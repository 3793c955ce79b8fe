import { describe, expect, test } from "vitest";
import type { Cause } from "../../lib/change/model.ts";
import { findingsPerSave, type LedgerSave } from "../../lib/ledger/model.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { alertFor, findingFor, observationFor, pendingFor } from "../ledger/samples.ts";

const t = (second: number): string => new Date(Date.UTC(2026, 10, 2, 9, 0, second)).toISOString();

/** What every ledger must do. `fresh` gives an empty one, or one in which no other test has a subject. */
export function ledgerContract(name: string, fresh: () => Promise<LedgerPort>): void {
  const first = (subject: string, more: Partial<LedgerSave> = {}): LedgerSave => ({
    expects: 0,
    observation: observationFor(subject, { observedAt: t(1), version: 1 }),
    findings: [],
    alerts: [],
    ...more,
  });

  describe(`a ledger ${name}`, () => {
    test("keeps calls for the next look at their subject, each once, until they are forgotten", async () => {
      const ledger = await fresh();
      const subject = "111122223333/self/us-east-1";
      const call = (event: string): Cause => ({
        event,
        action: "events:DisableRule",
        at: t(1),
        actor: { kind: "user", who: "arn:aws:iam::111122223333:user/mallory", from: "203.0.113.7" },
        about: ["__proto__"],
      });
      expect(await ledger.noted(subject)).toEqual([]);
      await Promise.all(["one", "two", "two", "__proto__"].map((event) => ledger.note(subject, call(event))));
      await ledger.note("111122223333/self/us-east-2", call("elsewhere"));
      const kept = (await ledger.noted(subject)).toSorted((a, b) => (a.event < b.event ? -1 : 1));
      expect(kept).toEqual([call("__proto__"), call("one"), call("two")]);
      await ledger.forget(subject, [call("one"), call("__proto__"), call("never")]);
      expect(await ledger.noted(subject)).toEqual([call("two")]);
      expect(await ledger.load(subject)).toEqual({ findings: [] });
    });

    test("knows nothing of a subject that was never saved", async () => {
      const ledger = await fresh();
      expect(await ledger.load("111122223333/role/none")).toEqual({ findings: [] });
    });

    test("gives back what was saved, closed findings included", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/a";
      const findings = [
        findingFor(subject, "rc-a1", { state: "open" }),
        findingFor(subject, "rc-a2", { state: "closed", closedAt: t(1) }),
        findingFor(subject, "rc-a3", {
          state: "waiting",
          unsettled: { to: "changed", since: t(1), digest: "d" },
          flapping: ["d"],
        }),
      ];
      const save = first(subject, { findings });
      expect(await ledger.save(save)).toBe("saved");
      const state = await ledger.load(subject);
      expect(state.observation).toEqual(save.observation);
      expect(state.findings.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(findings);
    });

    test("keeps hostile text as it is", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/__proto__";
      const observation = observationFor(subject, {
        observedAt: t(1),
        version: 1,
        decided: JSON.parse('{"__proto__":"d","constructor":"e"}'),
        blind: { since: t(0), passes: 1, reason: '\u0000\u202e\n"}\\\ud83d\ude00 é' },
      });
      expect(await ledger.save(first(subject, { observation }))).toBe("saved");
      expect((await ledger.load(subject)).observation).toEqual(observation);
    });

    test("refuses a save that was computed from an older version", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/b";
      await ledger.save(first(subject));
      const late = first(subject, { observation: observationFor(subject, { observedAt: t(2), version: 1 }) });
      expect(await ledger.save(late)).toBe("conflict");
      expect((await ledger.load(subject)).observation?.observedAt).toBe(t(1));
    });

    test("refuses an observation that is not newer, though it was computed from the latest version", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/c";
      await ledger.save(
        first(subject, { observation: observationFor(subject, { observedAt: t(5), version: 1 }) }),
      );
      for (const observedAt of [t(4), t(5)]) {
        const slow: LedgerSave = {
          ...first(subject, { observation: observationFor(subject, { observedAt, version: 2 }) }),
          expects: 1,
        };
        expect(await ledger.save(slow), observedAt).toBe("conflict");
      }
      const newer = {
        ...first(subject, { observation: observationFor(subject, { observedAt: t(6), version: 2 }) }),
        expects: 1,
      };
      expect(await ledger.save(newer)).toBe("saved");
    });

    test("takes the further parts of an observation under its own time, and only those", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/parts";
      await ledger.save(first(subject));
      const next = {
        ...first(subject, { observation: observationFor(subject, { observedAt: t(1), version: 2 }) }),
        expects: 1,
      };
      expect(await ledger.save(next)).toBe("conflict");
      expect(await ledger.save({ ...next, continues: true })).toBe("saved");
      const older = {
        ...first(subject, { observation: observationFor(subject, { observedAt: t(0), version: 3 }) }),
        expects: 2,
      };
      expect(await ledger.save({ ...older, continues: true })).toBe("conflict");
    });

    test("writes findings and alerts with their observation or not at all", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/d";
      await ledger.save(first(subject));
      const finding = findingFor(subject, "rc-d", { state: "open" });
      const save = first(subject, { findings: [finding], alerts: [pendingFor(alertFor(finding), t(9))] });
      expect(await ledger.save(save)).toBe("conflict");
      expect((await ledger.load(subject)).findings).toEqual([]);
      expect((await ledger.pending(1000)).map((one) => one.id)).not.toContain("rc-d.1");
    });

    test("takes as many findings in one write as are promised, each with two alerts", async () => {
      const ledger = await fresh();
      const subject = "111122223333/region/eu-west-1";
      const findings = Array.from({ length: findingsPerSave }, (_, index) =>
        findingFor(subject, `rc-many${String(index).padStart(2, "0")}`, { state: "open" }),
      );
      const alerts = findings.flatMap((finding) => [
        pendingFor(alertFor(finding), t(3)),
        pendingFor(alertFor({ ...finding, sequence: 2 }), t(3)),
      ]);
      expect(await ledger.save(first(subject, { findings, alerts }))).toBe("saved");
      expect((await ledger.load(subject)).findings).toHaveLength(findingsPerSave);
      const ids = alerts.map((alert) => alert.id);
      expect((await ledger.pending(1000)).filter((one) => ids.includes(one.id))).toHaveLength(ids.length);
      await ledger.clear(ids);
    });

    test("of two savers at once lets one through", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/race";
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          ledger.save(
            first(subject, { observation: observationFor(subject, { observedAt: t(index), version: 1 }) }),
          ),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
    });

    test("lists an account's observations and its findings that are not closed", async () => {
      const ledger = await fresh();
      const mine = "444455556666/role/e";
      const findings = [
        findingFor(mine, "rc-e1", { state: "open" }),
        findingFor(mine, "rc-e2", { state: "waiting" }),
        findingFor(mine, "rc-e3", { state: "closed" }),
      ];
      await ledger.save(first(mine, { findings }));
      await ledger.save(first("444455556666/account"));
      await ledger.save(first("777788889999/role/e"));
      const subjects = (await ledger.observations("444455556666")).map((one) => one.subject);
      expect(subjects.toSorted()).toEqual(["444455556666/account", mine]);
      const open = (await ledger.openFindings("444455556666")).map((one) => one.id);
      expect(open.toSorted()).toEqual(["rc-e1", "rc-e2"]);
      // Closed since: no longer listed.
      const [one] = findings;
      if (one === undefined) throw new Error("there is one");
      await ledger.save({
        expects: 1,
        observation: observationFor(mine, { observedAt: t(2), version: 2 }),
        findings: [{ ...one, state: "closed" }],
        alerts: [],
      });
      expect((await ledger.openFindings("444455556666")).map((finding) => finding.id)).toEqual(["rc-e2"]);
    });

    test("keeps what is pending until it is cleared, oldest first, and clearing twice is no error", async () => {
      const ledger = await fresh();
      const subject = "111122223333/role/f";
      const findings = ["rc-f1", "rc-f2", "rc-f3"].map((id) => findingFor(subject, id, { state: "open" }));
      const alerts = findings.map((finding, index) => pendingFor(alertFor(finding), t(30 - index)));
      await ledger.save(first(subject, { findings, alerts }));
      const mine = async (limit: number) =>
        (await ledger.pending(limit)).filter((one) => one.id.startsWith("rc-f"));
      expect((await mine(1000)).map((one) => one.id)).toEqual(["rc-f3.1", "rc-f2.1", "rc-f1.1"]);
      expect((await mine(1000)).at(-1)).toEqual(alerts[0]);
      expect((await ledger.pending(1)).length).toBe(1);
      await ledger.clear(["rc-f3.1"]);
      await ledger.clear(["rc-f3.1", "rc-never.1"]);
      await ledger.clear([]);
      expect((await mine(1000)).map((one) => one.id)).toEqual(["rc-f2.1", "rc-f1.1"]);
      await ledger.clear(["rc-f1.1", "rc-f2.1"]);
      expect(await mine(1000)).toEqual([]);
    });

    test("leases to one at a time, until it is given back or expires", async () => {
      const ledger = await fresh();
      expect(await ledger.lease("l", "one", t(0), t(10))).toBe(true);
      expect(await ledger.lease("l", "two", t(5), t(15))).toBe(false);
      expect(await ledger.lease("other", "two", t(5), t(15))).toBe(true);
      expect(await ledger.lease("l", "one", t(6), t(16))).toBe(true);
      await ledger.release("l", "two");
      expect(await ledger.lease("l", "two", t(15), t(20))).toBe(false);
      expect(await ledger.lease("l", "two", t(16), t(26))).toBe(true);
      await ledger.release("l", "two");
      await ledger.release("l", "two");
      expect(await ledger.lease("l", "three", t(17), t(27))).toBe(true);
    });
  });
}
