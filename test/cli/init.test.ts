import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../lib/cli/main.ts";
import { fakeIo } from "../support/fake-io.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const example = resolve("examples/account");
const person = { in: true, err: true };
const init = (cwd: string, argv: readonly string[] = [], more: Parameters<typeof fakeIo>[0] = {}) => {
  const io = fakeIo({ cwd, ...more });
  return run(["init", "--snapshot", example, ...argv], io).then((code) => ({ code, ...io.said }));
};

describe("rolecall init", () => {
  test("writes a configuration that `check` finds right and `audit` can use at once", async () => {
    const cwd = temporaryFolder();
    const { code, out, err } = await init(cwd);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toContain(
      "Recognised docker-cloud: 7 roles, ecs: 7 roles, kommander: 5 roles, rancher: 6 roles, 2 clusters.",
    );
    const check = fakeIo({ cwd });
    expect(await run(["check"], check)).toBe(0);
    const audit = fakeIo({ cwd, env: { DOCKERCLOUD_ID: "acme-prod" } });
    expect(await run(["audit", "--snapshot", example, "--format", "json"], audit), audit.said.err).toBe(1);
  });

  test("writes to standard output when asked to, and nothing else there", async () => {
    const cwd = temporaryFolder();
    const { code, out } = await init(cwd, ["--output", "-"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^# What Rolecall watches[\s\S]*\nversion: 1\n/);
    expect(existsSync(join(cwd, "rolecall.yml"))).toBe(false);
  });

  test("never writes over a file without being told to", async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, "rolecall.yml");
    writeFileSync(file, "mine");
    const alone = await init(cwd);
    expect(alone.code).toBe(2);
    expect(alone.err).toContain("--force writes over it");
    const refused = await init(cwd, [], { terminal: person, answer: "" });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("rolecall.yml is there already. Write over it? [y/N]");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await init(cwd, [], { terminal: person, answer: "y" })).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("version: 1");
    writeFileSync(file, "mine");
    expect((await init(cwd, ["--force"])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("version: 1");
  });

  test("says what could not be seen, and where no cluster was looked for", async () => {
    const cwd = temporaryFolder();
    cpSync(example, join(cwd, "account"), { recursive: true });
    const told = () => init(cwd, ["--output", "-", "--snapshot", "account"]);
    writeFileSync(join(cwd, "account/eu-west-1/describe-instances.json"), "");
    rmSync(join(cwd, "account/us-west-2/describe-route-tables.json"));
    const { code, out, err } = await told();
    expect(code).toBe(0);
    expect(err).toContain("Not everything could be seen: eu-west-1/describe-instances.json: it is empty");
    expect(err).toContain("and 1 more, which the file lists");
    expect(out).toContain("us-west-2/describe-route-tables.json");
    for (const region of ["eu-west-1", "us-west-2"])
      renameSync(join(cwd, "account", region), join(cwd, "account", `${region}-old`));
    expect((await told()).err).toContain("No cluster was looked for: a region's files lie in a folder");
    expect((await init(cwd, ["--region", "eu"])).err).toContain("`--region eu`: that is no region");
  });

  test("an audit without any configuration judges what init would write", async () => {
    const cwd = temporaryFolder();
    const io = fakeIo({ cwd });
    expect(await run(["audit", "--snapshot", example, "--format", "json"], io)).toBe(1);
    expect(io.said.err).toContain("there is no rolecall.yml");
    const { results } = JSON.parse(io.said.out);
    const platforms = new Set(results.map(({ platform }: { platform: string }) => platform));
    for (const platform of ["docker-cloud", "ecs", "kommander", "rancher"])
      expect(platforms).toContain(platform);
    const failed = results.filter(({ verdict }: { verdict: string }) => verdict === "failed");
    expect(failed.length).toBeGreaterThan(20);
    expect(io.said.out).not.toContain("not-configured");
  });

  test("an audit without any configuration that could read next to nothing does not say that nothing is there", async () => {
    const cwd = temporaryFolder();
    const identity = { Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/u", UserId: "u" };
    writeFileSync(join(cwd, "get-caller-identity.json"), JSON.stringify(identity));
    const details = (text: string) =>
      writeFileSync(join(cwd, "get-account-authorization-details.json"), text);
    const audit = async () => {
      const io = fakeIo({ cwd });
      return [await run(["audit", "--snapshot", "."], io), io.said.err];
    };
    details('{"RoleDetailList": [');
    expect(await audit()).toEqual([3, expect.stringContaining("recognised in what could be read")]);
    details(JSON.stringify({ RoleDetailList: [], UserDetailList: [], GroupDetailList: [], Policies: [] }));
    expect(await audit()).toEqual([0, expect.stringContaining("`rolecall init` shows how")]);
  });
});
