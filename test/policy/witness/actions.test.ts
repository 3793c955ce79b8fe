import { describe, expect, it } from "vitest";
import { loadActions } from "../../../lib/policy/actions/load-actions.ts";
import { compare } from "../../../lib/policy/compare.ts";
import type { PolicySet } from "../../../lib/policy/model.ts";
import { policyOf } from "../arbitrary-policies.ts";

const trusting = (...statements: readonly object[]): PolicySet => ({
  kind: "trust",
  documents: [policyOf({ Version: "2012-10-17", Statement: statements }, "trust")],
});

const assuming = [
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:TagSession",
  "sts:AssumeRole",
];

describe("the action of a witness", () => {
  it.each([
    ["sts:AssumeRole", { AWS: "arn:aws:iam::111122223333:role/ci" }],
    ["sts:AssumeRole", { Service: "ec2.amazonaws.com" }],
    ["sts:AssumeRoleWithSAML", { Federated: "arn:aws:iam::111122223333:saml-provider/idp" }],
    ["sts:AssumeRoleWithWebIdentity", { Federated: "cognito-identity.amazonaws.com" }],
    ["sts:AssumeRoleWithWebIdentity", { Federated: "arn:aws:iam::111122223333:oidc-provider/idp.example" }],
  ])("is %s when %j asks, whatever else it may call", async (expected, Principal) => {
    const actions = await loadActions();
    for (const Action of [assuming, assuming.toReversed(), "sts:*", "*", "sts:Assume*"]) {
      const { secondExceeds } = compare(trusting(), trusting({ Effect: "Allow", Principal, Action }), {
        actions,
      });
      expect(secondExceeds.verdict === "proven" && secondExceeds.witnesses[0]?.request.action).toBe(expected);
    }
  });

  it("is another one where the fitting one is allowed before", async () => {
    const actions = await loadActions();
    const Principal = { Federated: "arn:aws:iam::111122223333:saml-provider/idp" };
    const one = trusting({ Effect: "Allow", Principal, Action: "sts:AssumeRoleWithSAML" });
    const { secondExceeds } = compare(one, trusting({ Effect: "Allow", Principal, Action: assuming }), {
      actions,
    });
    expect(secondExceeds.verdict === "proven" && secondExceeds.witnesses[0]?.request.action).not.toBe(
      "sts:AssumeRoleWithSAML",
    );
  });
});

describe("who asks in a witness", () => {
  const stranger = (resource: string) => `arn:aws:iam::111122223333:${resource}/example`;
  it.each([
    ["sts:AssumeRole", "*", stranger("role")],
    ["sts:AssumeRoleWithSAML", "*", stranger("saml-provider")],
    ["sts:AssumeRoleWithSAML", { Federated: "*" }, stranger("saml-provider")],
    ["sts:AssumeRoleWithWebIdentity", "*", stranger("oidc-provider")],
    ["sts:AssumeRoleWithWebIdentity", { Federated: "*" }, stranger("oidc-provider")],
    ["sts:TagSession", "*", stranger("role")],
  ])("can call %s where %j may", (Action, Principal, expected) => {
    const { secondExceeds } = compare(trusting(), trusting({ Effect: "Allow", Principal, Action }));
    expect(secondExceeds.verdict === "proven" && secondExceeds.witnesses[0]?.request.principal?.id).toBe(
      expected,
    );
  });
});
