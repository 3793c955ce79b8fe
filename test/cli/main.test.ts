import { describe, expect, test } from "vitest";
import { type Command, commands } from "../../lib/cli/commands.ts";
import { wantsColours } from "../../lib/cli/io.ts";
import { run } from "../../lib/cli/main.ts";
import { parseOptions } from "../../lib/cli/parse-options.ts";
import { fakeIo } from "../support/fake-io.ts";

const options = {
  format: { takes: "one", choices: ["table", "json"] },
  region: { takes: "many" },
  quiet: { takes: "flag", short: "q" },
} as const;

const table: readonly Command[] = [
  {
    name: "audit",
    summary: "Looks",
    load: async () => ({
      usage: "Usage: rolecall audit\n",
      run: async (argv, io) => {
        io.out(JSON.stringify(parseOptions(argv, options).values));
        return 0;
      },
    }),
  },
  {
    name: "broken",
    summary: "Throws",
    load: async () => ({
      usage: "",
      run: () => Promise.reject(new TypeError("x is not a function")),
    }),
  },
];

const call = async (...argv: string[]) => {
  const io = fakeIo();
  return { code: await run(argv, io, table), ...io.said };
};

describe("the command line", () => {
  test("lists its commands on stdout when asked, on stderr with code 2 when called with nothing", async () => {
    expect(await call("--help")).toMatchObject({ code: 0, out: expect.stringContaining("audit"), err: "" });
    expect(await call()).toMatchObject({ code: 2, out: "", err: expect.stringContaining("audit") });
  });

  test("helps within the 80 columns of a terminal", async () => {
    const pages = [[], ...commands.map(({ name }) => [name])].map(async (words) => {
      const io = fakeIo();
      expect(await run([...words, "--help"], io)).toBe(0);
      return io.said.out;
    });
    const lines = (await Promise.all(pages)).flatMap((page) => page.split("\n"));
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("an unknown command, option or choice is refused with the nearest right word", async () => {
    expect(await call("adit")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("did you mean `audit`?"),
    });
    expect((await call("--verson")).err).toContain("did you mean `--version`?");
    expect((await call("audit", "--fromat", "json")).err).toContain("did you mean `--format`?");
    expect((await call("audit", "--format", "jsno")).err).toContain("did you mean `json`?");
    expect((await call("zzzzzz")).err).not.toContain("did you mean");
  });

  test("escapes in an unknown command do not reach the terminal", async () => {
    expect((await call("\u001b[2Jx")).err).not.toContain("\u001b");
  });

  test("many values come repeated, after one another or with commas", async () => {
    for (const argv of [["--region", "a", "--region", "b"], ["--region", "a", "b"], ["--region=a,b"]])
      expect(JSON.parse((await call("audit", ...argv)).out)).toMatchObject({
        region: ["a", "b"],
        quiet: false,
      });
    expect(JSON.parse((await call("audit", "-q")).out)).toMatchObject({ region: [], quiet: true });
  });

  test("a missing value, a value too many or a stray word is wrong usage", async () => {
    for (const argv of [
      ["--format"],
      ["--format", "--quiet"],
      ["--quiet=yes"],
      ["stray"],
      ["--format", "json", "x"],
    ])
      expect(await call("audit", ...argv)).toMatchObject({ code: 2, out: "" });
    expect((await call("audit", "--__proto__")).code).toBe(2);
  });

  test("a command's help is printed without running it, also among other words", async () => {
    expect(await call("audit", "--nonsense", "--help")).toMatchObject({
      code: 0,
      out: "Usage: rolecall audit\n",
    });
    expect(await call("help", "audit")).toMatchObject({ code: 0, out: "Usage: rolecall audit\n" });
  });

  test("a defect is told as one, never as a clean account", async () => {
    expect(await call("broken")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("defect") });
  });
});

test("colours follow the terminal, NO_COLOR and FORCE_COLOR", () => {
  expect(wantsColours({}, true)).toBe(true);
  expect(wantsColours({}, false)).toBe(false);
  expect(wantsColours({ TERM: "dumb" }, true)).toBe(false);
  expect(wantsColours({ NO_COLOR: "1", FORCE_COLOR: "1" }, true)).toBe(false);
  expect(wantsColours({ NO_COLOR: "" }, true)).toBe(true);
  expect(wantsColours({ FORCE_COLOR: "1" }, false)).toBe(true);
  expect(wantsColours({ FORCE_COLOR: "0" }, true)).toBe(false);
});
