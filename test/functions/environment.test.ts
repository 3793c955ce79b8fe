import { afterEach, expect, test, vi } from "vitest";
import { identityOf, regionOf } from "../../functions/ports/environment.ts";

afterEach(() => vi.unstubAllEnvs());

test("a function knows its account and region by its own ARN", () => {
  const context = { invokedFunctionArn: "arn:aws-cn:lambda:cn-north-1:210987654321:function:rolecall" };
  expect(identityOf(context)).toEqual({ account: "210987654321", partition: "aws-cn" });
  expect(regionOf(context)).toBe("cn-north-1");
});

test("invoked locally there is no ARN: the region is the environment's, and an account has to be deployed in", () => {
  vi.stubEnv("AWS_REGION", "eu-west-1");
  expect(regionOf({})).toBe("eu-west-1");
  expect(() => identityOf({})).toThrow("only when it is deployed");
});
