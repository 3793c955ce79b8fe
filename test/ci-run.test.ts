import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runProcess } from "./support/run-process.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const home = temporaryFolder();
const root = fileURLToPath(new URL("..", import.meta.url));
const running = process.versions.node.split(".")[0] ?? "";

interface Stage {
  /** Words of npm's that fail. */
  readonly npmFails?: string;
  /** What each run of the tests leaves. */
  readonly passed?: number;
  readonly failed?: number;
}

/** .ci/run in a folder of its own, with stand-ins for npm, Debian and vitest. */
async function run({ npmFails = "nothing", passed = 3, failed = 0 }: Stage) {
  const folder = mkdtempSync(join(home, "ci-"));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), 0o755);
  };
  for (const path of [".ci/run", "scripts/count-tests.mjs"]) cpSync(join(root, path), join(folder, path));
  for (const tool of ["chromium", "aws", "apt-get", "python3"]) put(`bin/${tool}`, "#!/bin/sh\nexit 0\n");
  symlinkSync(process.execPath, join(folder, "bin/node"));
  // An installed Node says that it is the one that was asked for.
  put(
    "bin/npm",
    `#!/bin/sh
echo "npm $*"
case "$*" in *"${npmFails}"*) exit 1;; esac
[ "$*" = test ] && exec node node_modules/vitest/vitest.mjs run
for word; do case "$word" in node@*)
  mkdir -p "$prefix/node_modules/node/bin"
  printf '#!/bin/sh\\n[ "$1" = -p ] && { echo %s; exit; }\\nexec ${process.execPath} "$@"\\n' "\${word#node@}" > "$prefix/node_modules/node/bin/node"
  chmod +x "$prefix/node_modules/node/bin/node";;
esac; [ "$before" = --prefix ] && prefix=$word; before=$word; done
exit 0
`,
  );
  const result = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, testResults: [] };
  put(
    "node_modules/vitest/vitest.mjs",
    `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync(process.env.ROLECALL_TEST_RESULTS, { recursive: true });
writeFileSync(process.env.ROLECALL_TEST_RESULTS + "/unit.json", ${JSON.stringify(JSON.stringify(result))});
process.exit(${failed > 0 ? 1 : 0});
`,
  );
  const PATH = `${join(folder, "bin")}:/usr/bin:/bin`;
  const { code, out } = await runProcess("bash", [join(folder, ".ci/run")], { cwd: folder, env: { PATH } });
  return { code, out, last: out.trim().split("\n").at(-1) };
}

describe("a run of CI", () => {
  test("runs the tests on every supported Node, and says how many passed", async () => {
    const { code, out, last } = await run({});
    expect(last, out).toBe("9 passed, 0 failed, 3 skipped");
    expect(code).toBe(0);
    for (const major of ["20", "22", "24"])
      if (major !== running) expect(out).toContain(`== unit tests on Node ${major}`);
  });

  test.each([
    ["a test fails", { failed: 1 }],
    ["no test runs", { passed: 0 }],
    ["the install fails", { npmFails: "ci" }],
    ["the check fails", { npmFails: "run check" }],
    ["the tests of this Node fail to start", { npmFails: "test" }],
    ["a Node cannot be had", { npmFails: running === "24" ? "node@22" : "node@24" }],
  ])("fails where %s", async (_, stage) => {
    const { code, out, last } = await run(stage);
    expect(code, out).toBe(1);
    expect(last).toMatch(/ passed, [1-9]\d* failed, /u);
  });
});
