import { expect, test } from "vitest";
import { migrate } from "../../lib/ledger/migrate.ts";
import { findingsPerSave } from "../../lib/ledger/model.ts";
import { savesOf } from "../../lib/ledger/saves.ts";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { type SubjectPass, transition } from "../../lib/ledger/transition.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import { at } from "./life.ts";
import { account, causeBy, excess } from "./samples.ts";

const subject = `${account}/region/eu-west-1`;
const many = Array.from({ length: 100 }, (_, index) => excess(`r${index}`));
const cause = causeBy("eve", at(-1));

const pass = (second: number, more: Partial<SubjectPass> = {}): SubjectPass => ({
  subject,
  account,
  at: at(second),
  results: many,
  whole: true,
  sees: () => true,
  stillAsked: () => true,
  countsBlindness: true,
  causes: [],
  remind: false,
  ...more,
});

test("a transition of a hundred findings is saved in parts, each finding with its alert", async () => {
  const ledger = memoryLedger();
  const saves = savesOf(transition({ findings: [] }, pass(0), defaultTransitionSettings), at(0));
  expect(saves).toHaveLength(Math.ceil(100 / findingsPerSave));
  for (const save of saves) {
    expect(save.findings.length).toBeLessThanOrEqual(findingsPerSave);
    expect(save.alerts.map(({ alert }) => alert.finding)).toEqual(save.findings.map(({ id }) => id));
    expect(await ledger.save(save)).toBe("saved");
  }
  expect((await ledger.load(subject)).observation?.version).toBe(saves.length);
  expect(await ledger.pending(1000)).toHaveLength(100);
});

test("a crash between the parts leaves what the next pass completes, with who did it", async () => {
  const ledger = memoryLedger();
  const settings = { ...defaultTransitionSettings, settleSeconds: 0 };
  const first = savesOf(transition({ findings: [] }, pass(0, { causes: [cause] }), settings), at(0));
  for (const save of first.slice(0, 2)) await ledger.save(save);
  const known = await ledger.load(subject);
  expect(known.findings).toHaveLength(2 * findingsPerSave);
  // Of the others it is not known that they were in order then: nobody is named late for them.
  expect(known.observation?.whole).toBeUndefined();
  for (const save of savesOf(transition(known, pass(60), settings), at(60))) {
    expect(await ledger.save(save)).toBe("saved");
  }
  expect((await ledger.load(subject)).observation?.whole).toMatchObject({ at: at(60) });
  const pending = await ledger.pending(1000);
  expect(pending).toHaveLength(100);
  expect(new Set(pending.map(({ alert }) => alert.finding)).size).toBe(100);
  for (const { alert } of pending) expect(alert.causes).toEqual([cause]);
});

test("no part is more than DynamoDB writes at once, however much the calls name", () => {
  const about = Array.from({ length: 50 }, (_, name) => String(name).padEnd(255, "x"));
  const causes = Array.from({ length: 20 }, (_, index) => causeBy(`eve${index}`, at(-1), { about }));
  const saves = savesOf(transition({ findings: [] }, pass(0, { causes }), defaultTransitionSettings), at(0));
  for (const save of saves) expect(Buffer.byteLength(JSON.stringify(save))).toBeLessThan(4_000_000);
  expect(saves.flatMap(({ findings }) => findings)).toHaveLength(100);
  expect(saves.map(({ expects }) => expects)).toEqual(saves.map((_, part) => part));
});

test("no alert is more than DynamoDB keeps in one item, whoever the calls name", () => {
  const long = "\u4e00".repeat(512);
  const about = Array.from({ length: 50 }, (_, name) => String(name).padEnd(255, "x"));
  const causes = Array.from({ length: 20 }, (_, index) => ({
    ...causeBy(`eve${index}`, at(-1), { about }),
    actor: { kind: "role", who: `${index}${long}`.slice(0, 512), via: long, from: long, with: long } as const,
  }));
  const saves = savesOf(transition({ findings: [] }, pass(0, { causes }), defaultTransitionSettings), at(0));
  const alerts = saves.flatMap((save) => save.alerts);
  expect(alerts.every(({ alert }) => alert.causes.length > 0)).toBe(true);
  for (const alert of alerts) expect(Buffer.byteLength(JSON.stringify(alert))).toBeLessThan(300_000);
});

test("a transition without findings is one save", () => {
  const saves = savesOf(
    transition({ findings: [] }, pass(0, { results: [] }), defaultTransitionSettings),
    at(0),
  );
  expect(saves).toMatchObject([{ expects: 0, findings: [], alerts: [] }]);
});

test("an item of an older schema is lifted step by step, one of a later schema refused", () => {
  const steps = [
    (item: Readonly<Record<string, unknown>>) => ({ ...item, b: 2 }),
    (item: Readonly<Record<string, unknown>>) => ({ ...item, c: item["b"] }),
  ];
  expect(migrate({ schema: 1, a: 1 }, steps)).toEqual({ schema: 3, a: 1, b: 2, c: 2 });
  expect(migrate({ schema: 3, a: 1 }, steps)).toEqual({ schema: 3, a: 1 });
  expect(() => migrate({ schema: 4 }, steps)).toThrow("schema 4; this version knows 3");
  for (const none of [{}, { schema: "1" }, { schema: 0 }, { schema: 1.5 }]) {
    expect(() => migrate(none, steps)).toThrow("no schema version");
  }
});
