import { expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { controlIds } from "../../lib/controls/registry.ts";

const compile = (text: string) =>
  compileConfig(
    { file: "rolecall.yml", bytes: Buffer.from(text) },
    { catalogue, controls: controlIds, read: () => undefined },
  );

test("how much is told, and when, is configured beside what is watched", () => {
  const compiled = compile(`version: 1
alerts:
  atLeast: medium
  quietHours: { from: 22, to: 7, utcOffset: "+01:00" }
  remindCriticalHours: 12
  weekly: { day: friday, hour: 8 }
  suppressionNoticeDays: 14
`);
  expect(compiled.ok && compiled.config.alerts).toEqual({
    atLeast: "medium",
    quietHours: { from: 22, to: 7, utcOffset: "+01:00" },
    remindCriticalHours: 12,
    weekly: { day: "friday", hour: 8 },
    suppressionNoticeDays: 14,
  });
  const silent = compile("version: 1\n");
  expect(silent.ok && silent.config.alerts).toBeUndefined();
});

test.each([
  ["alerts: { quiet: 1 }", "quiet"],
  ["alerts: { atLeast: severe }", "severe"],
  ["alerts: { quietHours: { from: 24, to: 7 } }", "0 to 23"],
  ["alerts: { quietHours: { from: 22, to: 7, utcOffset: CET } }", "+01:00"],
  ["alerts: { remindCriticalHours: 0 }", "expected a whole number of hours, at least 1"],
  ["alerts: { weekly: { day: freitag, hour: 8 } }", ""],
  ["alerts: 3", ""],
])("%s is refused with its place", (line, says) => {
  const compiled = compile(`version: 1\n${line}\n`);
  if (compiled.ok) throw new Error("it was let through");
  expect(compiled.errors[0]?.line).toBe(2);
  expect(compiled.errors.map(({ message }) => message).join("\n")).toContain(says);
});
