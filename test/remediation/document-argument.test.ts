import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Secret } from "../../lib/model/config.ts";
import { andThen, withDocument } from "../../lib/remediation/document-argument.ts";

/** An `aws` that gives back what stands on its standard input, or for SSM a value. */
const folder = mkdtempSync(join(tmpdir(), "rolecall-shell-"));
writeFileSync(
  join(folder, "aws"),
  '#!/bin/sh\nif [ "$1" = ssm ]; then printf "%s\\n" "$SSM_VALUE"; [ -n "$SSM_VALUE" ]; else cat; fi\n',
);
chmodSync(join(folder, "aws"), 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shells = ["sh", "bash", "dash", "ksh", "zsh"].filter(
  (shell) => spawnSync(shell, ["-c", ":"]).status === 0,
);
const run = (shell: string, script: string, env: Record<string, string> = {}) =>
  spawnSync(shell, ["-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`, ...env },
  });

const hostile = {
  Statement: [
    {
      Resource: "arn:aws:s3:::${aws:username}/*",
      Odd: "`id` $(id) \\$HOME \\n 'quoted' \"double\" \u001b[2J \u202e é 日本",
      Condition: { StringEquals: { "sts:ExternalId": "{{externalId}}" } },
    },
  ],
};
const withId = (id: string): unknown => JSON.parse(JSON.stringify(hostile).replace("{{externalId}}", id));
const place = { file: "rolecall.yml", line: 3, column: 5 };
const source = (secret: Secret, line = place.line) => ({ secret, place: { ...place, line } });
const command = (secret: Secret, line?: number): string =>
  withDocument("aws iam put", "--policy-document", hostile, source(secret, line));

describe.each(shells)("a policy document handed to a command by %s", (shell) => {
  test("arrives as it is, with nothing expanded", () => {
    const script = withDocument("aws iam put", "--policy-document", hostile, undefined);
    const { stdout, stderr } = run(shell, script, { HOME: "/nowhere" });
    expect([stderr, JSON.parse(stdout)]).toEqual(["", hostile]);
  });

  test("gets the ExternalId from the environment, from SSM, and from the configuration", () => {
    const env: Secret = { from: "env", name: "THE_ID", value: "s3cr3t" };
    expect(JSON.parse(run(shell, command(env), { THE_ID: "a+b=c,d.e@f:g/h-i" }).stdout)).toEqual(
      withId("a+b=c,d.e@f:g/h-i"),
    );
    const ssm: Secret = { from: "ssm", name: "/rolecall/id", value: "s3cr3t" };
    expect(JSON.parse(run(shell, command(ssm), { SSM_VALUE: "from-ssm" }).stdout)).toEqual(
      withId("from-ssm"),
    );
    const literal: Secret = { from: "literal", name: "", value: "s3cr3t" };
    for (const [written, value] of [
      ["externalId: plain-1", "plain-1"],
      ['externalId:   "double/2" # a comment', "double/2"],
      ["'externalId': 'single:3'", "single:3"],
      ["{ externalId: flow.4, region: eu-west-1 }", "flow.4"],
    ]) {
      writeFileSync(
        join(folder, "rolecall.yml"),
        `version: 1\n# externalId: before\n- role: x\n  # externalId: commented\n  ${written}\n- externalId: after\n`,
      );
      expect(JSON.parse(run(shell, command(literal), {}).stdout)).toEqual(withId(value ?? ""));
    }
  });

  test("changes nothing when the ExternalId is not there", () => {
    const env: Secret = { from: "env", name: "THE_ID" };
    const unset = run(shell, command(env));
    expect([unset.stdout, unset.status === 0]).toEqual(["", false]);
    expect(unset.stderr).toContain("THE_ID");
    const ssm: Secret = { from: "ssm", name: "/rolecall/id" };
    expect(run(shell, command(ssm), { SSM_VALUE: "" }).stdout).toBe("");
    writeFileSync(join(folder, "rolecall.yml"), "version: 1\n");
    expect(run(shell, command({ from: "literal", name: "" })).stdout).toBe("");
  });

  test("a second command runs only when the first succeeded", () => {
    const first = withDocument("aws iam put", "--policy-document", { a: "JSON" }, undefined);
    expect(run(shell, andThen(first, "echo second")).stdout).toContain("}\nsecond\n");
    expect(run(shell, andThen(first.replace("aws iam", "false"), "echo second")).stdout).toBe("");
  });
});

test("the value of an ExternalId stands in no command", () => {
  for (const from of ["env", "ssm", "literal"] as const)
    expect(command({ from, name: from === "literal" ? "" : "NAME", value: "s3cr3t" })).not.toContain(
      "s3cr3t",
    );
});

test("a file is never taken for an option of sed", () => {
  const from = {
    secret: { from: "literal", name: "" },
    place: { file: "-e.yml", line: 1, column: 1 },
  } as const;
  expect(withDocument("aws iam put", "--policy-document", hostile, from)).toContain(" ./-e.yml | head");
});

test("what is pasted holds nothing that a terminal acts on", () => {
  expect(command({ from: "env", name: "THE_ID" })).toMatch(/^[\n -~]*$/);
  expect(execFileSync("sh", ["-n"], { input: command({ from: "env", name: "THE_ID" }) }).toString()).toBe("");
});
