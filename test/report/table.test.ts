import { describe, expect, test } from "vitest";
import { cellWidth, clip, wrap } from "../../lib/report/cells.ts";
import { renderTable } from "../../lib/report/table.ts";
import { hostileNames, reportOf, richReport } from "./rich-report.ts";

const table = (columns: number, report = richReport(), color = false) =>
  renderTable(report, { version: "0.0.0", columns, color });
/** A command stays whole, so that it can be copied. */
const isCommand = (line: string) => /^ +(aws|sh) /.test(line);

describe("the report as a table", () => {
  test("reads as it always did, in a narrow and a wide terminal", async () => {
    await expect(table(80)).toMatchFileSnapshot("../golden/report-80.txt");
    await expect(table(120)).toMatchFileSnapshot("../golden/report-120.txt");
  });

  test("keeps to the width, and to 40 and 120 where the terminal is narrower or wider", () => {
    for (const [columns, width] of [
      [20, 40],
      [60, 60],
      [80, 80],
      [300, 120],
    ] as const) {
      const long = table(columns)
        .split("\n")
        .filter((line) => cellWidth(line) > width && !isCommand(line));
      // Ids are never cut: a suppression quotes them.
      expect(long.filter((line) => !/^ +rc-[0-9a-f@]+$/.test(line))).toEqual([]);
    }
  });

  test("stands worst first, a resource at a time", () => {
    const text = table(100);
    const order = ["role dockercloud-role", "instance i-0a1b2c3d4e5f60718", "role kommander-mgmt"].map(
      (title) => text.indexOf(title),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(text.match(/^role dockercloud-role /gm)).toHaveLength(1);
  });

  test("shows names as they are, and nothing that a terminal would obey", () => {
    expect(table(100)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(hostileNames.length).toBeGreaterThan(3);
    const coloured = table(100, richReport(), true);
    expect(coloured.replaceAll(/\u001b\[[\d;]+m/g, "")).not.toContain("\u001b");
    expect(coloured.replaceAll(/\u001b\[[\d;]+m/g, "")).toBe(table(100));
  });

  test("says once what kept several controls from judging, with all of them", () => {
    const [sample] = richReport().results.filter(({ verdict }) => verdict === "unavailable");
    if (sample === undefined) throw new Error("no sample");
    const many = ["trust-excess", "trust-missing", "pass-role"].map((control) => ({ ...sample, control }));
    const text = table(80, reportOf(many));
    expect(text.match(/not seen {2}/g)).toHaveLength(1);
    expect(text).toContain("pass-role, trust-excess, trust-missing");
  });

  test("shows what differs, though the sentence before it is the same", () => {
    const sample = richReport().results.find(({ differences }) => differences.length > 0);
    const [difference] = sample?.differences ?? [];
    if (sample === undefined || difference === undefined) throw new Error("no sample");
    const of = (name: string, action: string) => {
      const arn = `arn:aws:iam::123456789012:role/${name}`;
      const witness = { ...difference.witness, action, resource: arn };
      return { ...sample, resource: { ...sample.resource, arn }, differences: [{ ...difference, witness }] };
    };
    const text = table(
      100,
      reportOf([of("a", "s3:PutObject"), of("b", "s3:GetObject"), of("c", "s3:GetObject")]),
    );
    expect(text).toContain("+ s3:PutObject on arn:aws:iam::123456789012:role/a");
    expect(text).toContain("+ s3:GetObject on arn:aws:iam::123456789012:role/b");
    expect(text.match(/The same as for role b\./g)).toHaveLength(1);
  });

  test("says the same thing of many resources once", () => {
    const [sample] = richReport().results.filter(({ control }) => control === "role-retired");
    if (sample === undefined) throw new Error("no sample");
    const many = [1, 2, 3].map((n) => ({
      ...sample,
      resource: { ...sample.resource, arn: `${sample.resource.arn}-${n}` },
    }));
    const text = table(100, reportOf(many));
    expect(text.split(sample.detail)).toHaveLength(2);
    expect(text.match(/The same as for role dockercloud-role-1\./g)).toHaveLength(2);
  });

  test("shows a command of two lines' width at most, and says where a longer one is", () => {
    const [sample] = richReport().results.filter(
      (r) => r.verdict === "failed" && r.suppression === undefined,
    );
    if (sample === undefined) throw new Error("no sample");
    const shown = (command: string) =>
      table(80, reportOf([{ ...sample, remediation: [{ text: "Put it back.", command }] }]));
    expect(shown("y".repeat(160))).toContain("y".repeat(160));
    expect(shown("y".repeat(161))).not.toContain("yyy");
    expect(shown("y".repeat(161))).toContain("(the command: --format markdown)");
  });

  test("answers when there is nothing to tell", () => {
    expect(table(80, reportOf([]))).toContain("Not known: nothing was checked.");
    const passed = richReport().results.filter(({ verdict }) => verdict === "passed");
    expect(table(80, reportOf(passed))).toContain("Yes:");
    const accepted = richReport().results.filter(({ suppression }) => suppression !== undefined);
    expect(accepted).not.toEqual([]);
    expect(table(80, reportOf(accepted))).not.toContain("nothing was checked");
  });
});

describe("the cells of a terminal", () => {
  test("count wide characters twice and marks not at all", () => {
    expect(["a", "é", "e\u0301", "漢字", "한", "🚀", "ﬀ"].map(cellWidth)).toEqual([1, 1, 1, 4, 2, 2, 1]);
  });

  test("are never more than asked for, whatever the words", () => {
    for (const text of ["漢字".repeat(40), "a b ".repeat(30), `x ${"y".repeat(100)} z`, "", "   "])
      for (const width of [2, 7, 40]) {
        expect(wrap(text, width).every((line) => cellWidth(line) <= width)).toBe(true);
        expect(wrap(text, width).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        expect(cellWidth(clip(text, width))).toBeLessThanOrEqual(width);
      }
  });
});
