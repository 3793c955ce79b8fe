import { describe, expect, test } from "vitest";
import { compare } from "../../lib/policy/compare.ts";
import type { Policy } from "../../lib/policy/model.ts";

const allow = (...patterns: readonly string[]): Policy => ({
  version: "2012-10-17",
  statements: [
    {
      effect: "Allow",
      actions: { not: false, patterns },
      resources: { not: false, patterns: ["*"] },
      conditions: [],
      place: "/Statement/0",
    },
  ],
});

describe("a permissions boundary on one side only", () => {
  const documents = [allow("ec2:*", "iam:ListInstanceProfiles")];
  const free = { kind: "identity", documents } as const;
  const bounded = { ...free, boundary: [allow("iam:*", "s3:*")] };
  const wide = { ...free, boundary: [allow("*")] };

  test("takes away what it does not allow, though the documents are the same", () => {
    expect(compare(bounded, free)).toMatchObject({ relation: "second-broader" });
    expect(compare(free, bounded)).toMatchObject({ relation: "first-broader" });
  });

  test("takes nothing when it allows everything", () => {
    expect(compare(wide, free).relation).toBe("equivalent");
    expect(compare(free, wide).relation).toBe("equivalent");
  });
});
