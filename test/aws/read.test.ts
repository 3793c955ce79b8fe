import { describe, expect, test } from "vitest";
import { read, readPages } from "../../lib/aws/read.ts";
import { absent, found } from "../../lib/model/seen.ts";

const failing =
  (name: string, message = "no") =>
  async () => {
    throw Object.assign(new Error(message), { name });
  };

describe("one read of AWS", () => {
  test("is found, or absent when AWS says that there is no such thing", async () => {
    expect(await read("iam:GetRole", async () => 1)).toEqual(found(1));
    for (const name of ["NoSuchEntity", "NoSuchEntityException"])
      expect(await read("iam:GetRole", failing(name))).toEqual(absent);
  });

  test.each([
    ["AccessDenied", "AccessDenied: no"],
    ["UnauthorizedOperation", "UnauthorizedOperation: no"],
    ["ExpiredToken", "ExpiredToken: no"],
    ["TimeoutError", "TimeoutError: no"],
    ["Throttling", "AWS throttled it until the attempts ran out (no)"],
    ["RequestLimitExceeded", "AWS throttled it until the attempts ran out (no)"],
  ])("is denied with the action on %s, never absent", async (name, reason) => {
    expect(await read("iam:GetRole", failing(name))).toEqual({ at: "denied", action: "iam:GetRole", reason });
  });

  test("tells its reason in one short line, without what only EC2 can decode", async () => {
    const long = `You are not authorized.\n Encoded authorization failure message: ${"abc".repeat(500)}`;
    expect(await read("ec2:X", failing("UnauthorizedOperation", long))).toMatchObject({
      reason: "UnauthorizedOperation: You are not authorized.",
    });
    expect(await read("ec2:X", failing("Other", "x".repeat(5000)))).toMatchObject({
      reason: expect.stringMatching(/^.{1,320}$/),
    });
  });
});

describe("pages of a read", () => {
  const pages = (answers: readonly { more: boolean; token?: string }[]) => {
    const taken: number[] = [];
    let call = 0;
    const end = readPages(
      "iam:ListRoles",
      async () => call++,
      (page) => ({ more: answers[page]?.more === true, token: answers[page]?.token }),
      (page) => taken.push(page),
    );
    return end.then((gap) => ({ gap, taken }));
  };

  test("end where no more follow", async () => {
    expect(await pages([{ more: true, token: "a" }, { more: true, token: "b" }, { more: false }])).toEqual({
      gap: undefined,
      taken: [0, 1, 2],
    });
  });

  test("that say more follows, and not where, or where it began, are not whole", async () => {
    const gap = { at: "denied", action: "iam:ListRoles", reason: expect.stringContaining("more follows") };
    expect(await pages([{ more: true }])).toEqual({ gap, taken: [0] });
    expect(await pages([{ more: true, token: "" }])).toEqual({ gap, taken: [0] });
    expect(
      await pages([
        { more: true, token: "a" },
        { more: true, token: "a" },
      ]),
    ).toEqual({ gap, taken: [0, 1] });
  });
});
