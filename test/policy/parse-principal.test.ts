import { expect, it } from "vitest";
import type { Principal } from "../../lib/policy/model.ts";
import { formatPrincipal, parsePrincipal } from "../../lib/policy/parse-principal.ts";

const principals: readonly [Principal, unknown][] = [
  [{ type: "AWS", id: "arn:aws:iam::111122223333:role/x" }, "arn:aws:iam::111122223333:role/x"],
  [{ type: "AWS", id: "AROAEXAMPLE12345" }, "AROAEXAMPLE12345"],
  [{ type: "Service", id: "ec2.amazonaws.com" }, "ec2.amazonaws.com"],
  [{ type: "Service", id: "ec2.amazonaws.com.cn" }, "ec2.amazonaws.com.cn"],
  [{ type: "Service", id: "internal.example" }, { Service: "internal.example" }],
  [{ type: "Federated", id: "graph.facebook.com" }, "graph.facebook.com"],
  [{ type: "Federated", id: "cognito-identity.amazonaws.com" }, "cognito-identity.amazonaws.com"],
  [{ type: "Federated", id: "arn:aws:iam::1:oidc-provider/x.y" }, "arn:aws:iam::1:oidc-provider/x.y"],
  [{ type: "Federated", id: "arn:aws:iam::1:saml-provider/x" }, "arn:aws:iam::1:saml-provider/x"],
  [{ type: "CanonicalUser", id: "0123456789abcdef".repeat(4) }, "0123456789abcdef".repeat(4)],
  [{ type: "CanonicalUser", id: "short" }, { CanonicalUser: "short" }],
];

it.each(principals)("%j is written as %j and read back", (principal, written) => {
  expect(formatPrincipal(principal)).toEqual(written);
  expect(parsePrincipal(written)).toEqual(principal);
});

it("reads a bare account id as the account's root", () => {
  const root = { type: "AWS", id: "arn:aws-cn:iam::111122223333:root" };
  expect(parsePrincipal("111122223333", "aws-cn")).toEqual(root);
  expect(parsePrincipal({ AWS: "111122223333" }, "aws-cn")).toEqual(root);
});

it.each(["", "*", null, 1, {}, { AWS: "*" }, { Foo: "x" }, { AWS: "a", Service: "b" }, { AWS: 1 }])(
  "%j is nobody",
  (written) => {
    expect(parsePrincipal(written)).toBeUndefined();
  },
);
