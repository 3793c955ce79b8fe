import { describe, expect, it } from "vitest";
import { policySet } from "../../bench/policy-sets.ts";
import { actionsBeyond } from "../../lib/controls/permissions/actions-beyond.ts";

const names = Array.from({ length: 500 }, (_, i) => `ec2:Describe${i}`);
const all = policySet("identity", {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: names, Resource: "*" }],
});

describe("actions that one side does not allow as widely", () => {
  it("are named as they are written, each once", () => {
    const most = policySet("identity", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ec2:describe1*", ...names.slice(0, 490)], Resource: "*" }],
    });
    expect(actionsBeyond(all, most)).toEqual(names.slice(490));
  });

  it("share what they may cost: twenty policies of conditions that all differ are not asked five hundred times", () => {
    const hostile = policySet(
      "identity",
      Array.from({ length: 20 }, (_, k) => ({
        Version: "2012-10-17",
        Statement: Array.from({ length: 75 }, (_, i) => ({
          Effect: "Allow",
          Action: "ec2:*",
          Resource: "*",
          Condition: { StringEquals: { [`aws:RequestTag/k${75 * k + i}`]: "a" } },
        })),
      })),
    );
    expect(actionsBeyond(all, hostile).length).toBeLessThan(names.length);
  });
});
