import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Io } from "../../lib/cli/io.ts";
import { run } from "../../lib/cli/main.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-compare-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const put = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  return name;
};

async function rolecall(
  argv: readonly string[],
  stdin = "",
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    cwd: folder,
    stdin: (async function* () {
      yield stdin;
    })(),
    terminal: { out: false, err: false, in: false, columns: 100, colours: false },
    onInterrupt: () => () => {},
  };
  const code = await run(argv, io);
  return { code, out, err };
}

const policy = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const write = { Effect: "Allow", Action: "s3:PutObject", Resource: "*" };

describe("rolecall compare", () => {
  it("exits 0 for policies that mean the same, one of them from standard input", async () => {
    const first = put("first.json", policy(read, write));
    const second = JSON.stringify(policy({ ...read, Action: ["S3:putobject", "s3:GetObject"] }));
    expect(await rolecall(["compare", first, "-"], second)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Equivalent/),
    });
  });

  it.each(["list.json", "pairs"])("sees a key that stands twice in a %s", async (door) => {
    const twice =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Effect":"Deny"}}';
    const list = put("list.json", `[${twice}]`);
    const pairs = put("pairs.jsonl", `{"id":"a","kind":"identity","first":${twice},"second":[]}\n`);
    const answer =
      door === "pairs"
        ? await rolecall(["compare", "--pairs", pairs, "--format", "jsonl"])
        : await rolecall(["compare", list, put("other.json", policy(read))]);
    expect(answer.code).toBe(2);
    expect(answer.out + answer.err).toContain("stands twice in the same object");
  });

  it("takes an empty list for no boundary only where none is given", async () => {
    const [one, none] = [put("one.json", policy(read)), put("none.json", [])];
    const answer = await rolecall(["compare", one, one, "--first-boundary", none]);
    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining("--first-boundary: no policy in") });
    const request = put("request.json", { action: "s3:GetObject", resource: "arn:aws:s3:::b/k" });
    const evaluated = await rolecall(["evaluate", "--request", request, one, "--boundary", none]);
    expect(evaluated).toMatchObject({ code: 2, err: expect.stringContaining("--boundary: no policy in") });
  });

  it("says where a text is cut off, and nothing of a depth that no policy has", async () => {
    put("cut.json", '{"Version":"2012-10-17",\n"Statement":[{"Effect":"All');
    put("deep.json", `{"Statement":${"[".repeat(50_000)}`);
    put("one.json", policy(read));
    expect((await rolecall(["compare", "cut.json", "one.json"])).err).toContain(
      "is not JSON: it is cut off at line 2, column 24",
    );
    const { err } = await rolecall(["compare", "deep.json", "one.json"]);
    expect(err).toContain("nested deeper than a policy can be");
    expect(err.length).toBeLessThan(300);
    put("half.json", '{"action": "s3:GetObject", }');
    expect((await rolecall(["evaluate", "--request", "half.json", "one.json"])).err).toContain(
      "is not JSON: unexpected text at line 1, column 28",
    );
  });

  it("reads UTF-16 as Windows writes it, and says of other bytes that they are no text", async () => {
    put("one.json", policy(read));
    const text = `\ufeff${JSON.stringify(policy(read))}`;
    writeFileSync(join(folder, "wide.json"), text, "utf16le");
    writeFileSync(join(folder, "marked.json"), text);
    writeFileSync(join(folder, "latin1.json"), '{"Id":"\u00e9"}', "latin1");
    for (const file of ["wide.json", "marked.json"])
      expect((await rolecall(["compare", file, "one.json"])).code, file).toBe(0);
    expect(await rolecall(["compare", "latin1.json", "one.json"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("`latin1.json`: it is neither UTF-8 nor UTF-16 text"),
    });
  });

  it("says what of a gzip file cannot be read", async () => {
    writeFileSync(join(folder, "plain.gz"), "{}\n");
    writeFileSync(join(folder, "cut.gz"), gzipSync("{}\n").subarray(0, 12));
    expect((await rolecall(["compare", "--pairs", "plain.gz"])).err).toContain("it is no gzip file");
    expect((await rolecall(["compare", "--pairs", "cut.gz"])).err).toContain("that was cut off");
  });

  it("says that `--boundary` took what was meant for the policy", async () => {
    put("request.json", { action: "s3:GetObject", resource: "arn:aws:s3:::b/k" });
    put("one.json", policy(read));
    const argv = ["evaluate", "--request", "request.json", "--boundary", "one.json"];
    expect((await rolecall([...argv, "one.json"])).err).toContain("all that follows `--boundary`");
    expect((await rolecall([...argv, "--", "one.json"])).code).toBe(0);
  });

  it("exits 1 for a difference, and shows the request that proves it", async () => {
    const [first, second] = [put("first.json", policy(read)), put("second.json", policy(read, write))];
    const { code, out } = await rolecall(["compare", first, second, "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      relation: "second-broader",
      firstExceeds: "none",
      secondExceeds: "proven",
      witnesses: [
        {
          side: "second",
          latent: false,
          request: { action: "s3:PutObject", resource: expect.any(String), context: {} },
        },
      ],
    });
    const text = await rolecall(["compare", first, second]);
    expect(text.out).toMatch(/^The second policy allows more/);
    expect(text.out).toMatch(
      /^- May now also call `s3:PutObject` on any resource: .*\.\n {2}Such as `s3:PutObject on /m,
    );
    expect(text.out).toContain("The first allows, and the second does not: nothing.");
  });

  it("takes several documents a side, lists, folders and what the AWS CLI prints", async () => {
    put("a.json", policy(read));
    put("b.json", { PolicyVersion: { Document: policy(write) } });
    put("list.json", [policy(write), encodeURIComponent(JSON.stringify(policy(read)))]);
    for (const side of [["a.json", "b.json"], ["."]]) {
      const { code, err } = await rolecall([
        "compare",
        "--first",
        ...side,
        "--second",
        "a.json",
        "b.json",
        "list.json",
      ]);
      expect([code, err]).toEqual([0, ""]);
    }
    expect((await rolecall(["compare", "--first", "a.json", "b.json", "--second", "list.json"])).code).toBe(
      0,
    );
  });

  it("bounds a side by its permissions boundary", async () => {
    put("all.json", policy({ ...read, Action: "*" }));
    put("read.json", policy(read));
    const { code, out } = await rolecall([
      "compare",
      "--first",
      "all.json",
      "--second",
      "read.json",
      "--first-boundary",
      "read.json",
    ]);
    expect(code).toBe(0);
    expect(out).toContain("First:  all.json, within the boundary read.json\nSecond: read.json\n");
  });

  it("tells a trust policy by what is in it", async () => {
    const trust = policy({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "ec2.amazonaws.com" },
    });
    const [first, second] = [
      put("first.json", trust),
      put("second.json", { Role: { AssumeRolePolicyDocument: trust } }),
    ];
    expect((await rolecall(["compare", first, second])).code).toBe(0);
    expect(await rolecall(["compare", first, second, "--kind", "identity"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("/Statement/0/Principal"),
    });
  });

  it("takes a bare account id for one of the partition that the other principals are of", async () => {
    const trust = (...AWS: string[]) =>
      policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS } });
    const role = "arn:aws-cn:iam::444455556666:role/x";
    put("first.json", trust("111122223333", role));
    put("second.json", trust("arn:aws-cn:iam::111122223333:root", role));
    expect((await rolecall(["compare", "first.json", "second.json"])).code).toBe(0);
    // Where they are of several, it is of `aws`.
    const usual = "arn:aws:iam::444455556666:role/x";
    put("first.json", trust("111122223333", role, usual));
    put("second.json", trust("arn:aws:iam::111122223333:root", role, usual));
    expect((await rolecall(["compare", "first.json", "second.json"])).code).toBe(0);
  });

  it.each([
    [["compare"], /FIRST and SECOND/],
    [["compare", "a.json"], /two policies/],
    [["compare", "none.json", "none.json"], /cannot read `none.json`/],
    [["compare", "-", "-"], /only once/],
    [["compare", "bad.json", "bad.json"], /bad\.json:\d+:\d+: \/Statement\/0\/Effect/],
    [["compare", "cut.json", "cut.json"], /cut\.json.*line 1, column 14/],
    [["compare", "--pairs", "none.gz"], /cannot read `none.gz`/],
    [["compare", "--pairs", "x", "y"], /no others/],
    [["compare", "--pairs", "x", "--format", "text"], /its format is jsonl/],
    [["compare", "a", "b", "--kind", "role"], /identity, trust, resource/],
  ])("exits 2 for bad input: %j", async (argv, message) => {
    put("bad.json", policy({ ...read, Effect: "allow" }));
    put("cut.json", '{"Statement":');
    expect(await rolecall(argv)).toMatchObject({ code: 2, out: "", err: expect.stringMatching(message) });
  });

  it("claims no proof where nothing is proven", async () => {
    const asking = (value: string) =>
      policy({ ...read, Condition: { NumericEquals: { "s3:max-keys": value } } });
    const { code, out } = await rolecall([
      "compare",
      put("first.json", asking("many")),
      put("second.json", asking("more")),
    ]);
    expect(code).toBe(3);
    expect(out).not.toContain("proven");
    expect(out).toContain("are not looked at.");
  });

  it("keeps a document's backticks within its code", async () => {
    const hostile = policy({ ...read, Resource: "arn:aws:s3:::b` <b>x</b> `/*" });
    const { out } = await rolecall([
      "compare",
      put("first.json", policy(write)),
      put("second.json", hostile),
    ]);
    expect(out).toContain("on ``arn:aws:s3:::b` <b>x</b> `/*``:");
    expect(out).toMatch(/Such as ``s3:GetObject on .*``\.$/m);
  });

  it("shows terminal escapes in a document as text", async () => {
    const hostile = policy({ ...write, Resource: "arn:aws:s3:::\u001b[31m" });
    const { out } = await rolecall(["compare", put("first.json", policy(read)), put("second.json", hostile)]);
    expect(out).not.toContain("\u001b");
  });
});

describe("rolecall compare --pairs", () => {
  const lines = [
    JSON.stringify({ id: "same", kind: "identity", first: policy(read), second: [policy(read)] }),
    "not JSON",
    "",
    JSON.stringify({ id: "bad", kind: "identity", first: policy({ Effect: "x" }), second: policy() }),
    JSON.stringify({ id: 7, first: policy(read, write), second: policy(read) }),
    JSON.stringify({ kind: "role", first: policy(read), second: policy(read) }),
    JSON.stringify({ id: "gone", kind: "identity", first: policy(read) }),
  ].join("\n");
  const expected = [
    { id: "same", relation: "equivalent", firstExceeds: "none", secondExceeds: "none", witnesses: [] },
    { id: 2, error: expect.stringContaining("not JSON") },
    { id: "bad", error: expect.stringContaining("first: /Statement/0/Effect") },
    { id: 7, relation: "first-broader", firstExceeds: "proven", secondExceeds: "none" },
    { id: 6, error: expect.stringContaining("`kind`") },
    { id: "gone", error: expect.stringContaining("`second` is missing") },
  ];

  it.each(["pairs.jsonl", "pairs.jsonl.gz", "-"])(
    "answers every line in order, a bad one too: %s",
    async (file) => {
      if (file !== "-") writeFileSync(join(folder, file), file.endsWith(".gz") ? gzipSync(lines) : lines);
      const { code, out, err } = await rolecall(["compare", "--pairs", file, "--format", "jsonl"], lines);
      const answers = out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(answers).toMatchObject(expected);
      expect(answers[0].ms).toEqual(expect.any(Number));
      expect([code, err]).toEqual([2, ""]);
    },
  );

  it("says so where there is nothing to compare", async () => {
    const { code, out, err } = await rolecall(["compare", "--pairs", "-"], "\n \n");
    expect([code, out, err]).toEqual([0, "", "rolecall compare: `-` holds no pairs.\n"]);
  });
});

it("--kind says what the documents of lines are that do not say", async () => {
  put("pairs.jsonl", { id: 1, first: policy(read), second: policy(read) });
  const { out } = await rolecall(["compare", "--pairs", "pairs.jsonl", "--kind", "trust"]);
  expect(JSON.parse(out)).toEqual({ id: 1, error: expect.stringContaining("not a valid trust policy") });
});

describe("rolecall evaluate", () => {
  const request = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k", context: { "aws:x": true } };

  it.each([
    ["allowed", 0, policy({ ...read, Sid: "Read" }), "- Allow policy.json /Statement/0 (Read)"],
    ["denied", 1, policy(read, { ...read, Effect: "Deny" }), "- Deny policy.json /Statement/1"],
    ["denied", 1, policy(write), "because no statement allows it"],
    [
      "uncertain",
      3,
      policy({ ...read, Condition: { NumericEquals: { "aws:x": "many" } } }),
      "a numeric condition whose value is not a number",
    ],
  ])("%s: exit %i, with the statements that decide", async (verdict, code, document, line) => {
    put("request.json", request);
    put("policy.json", document);
    const result = await rolecall(["evaluate", "--request", "request.json", "policy.json"]);
    expect(result.code).toBe(code);
    expect(result.out).toMatch(new RegExp(`^${verdict}: s3:GetObject`));
    expect(result.out).toContain(line);
  });

  it("prints JSON, and heeds a boundary", async () => {
    put("request.json", request);
    put("read.json", policy(read));
    put("write.json", policy(write));
    const argv = [
      "evaluate",
      "--request",
      "request.json",
      "read.json",
      "--boundary",
      "write.json",
      "--format",
      "json",
    ];
    const { code, out } = await rolecall(argv);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      verdict: "denied",
      allowed: false,
      reason: "the permissions boundary does not allow it",
      decidedBy: [],
    });
  });

  it.each([
    [{ action: "s3:*" }, /one action/],
    [{ action: "s3:GetObject", principal: "*" }, /one principal/],
    [{ action: "s3:GetObject", contxt: {} }, /unknown field `contxt`/],
    [{ action: "s3:GetObject", context: { a: null } }, /`a`/],
    ["{", /not JSON/],
    [[], /not a JSON object/],
  ])("exits 2 for the request %j", async (bad, message) => {
    put("request.json", bad);
    put("read.json", policy(read));
    const result = await rolecall(["evaluate", "--request", "request.json", "read.json"]);
    expect(result).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});
