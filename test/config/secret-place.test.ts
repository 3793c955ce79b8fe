import { expect, test } from "vitest";
import { secretPlace } from "../../lib/config/secret-place.ts";

test.each([
  ["/rolecall/slack", { parameter: "/rolecall/slack" }],
  ["slack", { parameter: "slack" }],
  [
    "secretsmanager:team/slack",
    { parameter: "/aws/reference/secretsmanager/team/slack", secret: "team/slack" },
  ],
  [
    "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:team/slack-a1B2c3",
    { parameter: "/aws/reference/secretsmanager/team/slack", secret: "team/slack" },
  ],
  [
    "/aws/reference/secretsmanager/team/slack",
    { parameter: "/aws/reference/secretsmanager/team/slack", secret: "team/slack" },
  ],
])("`%s` says where the secret lies", (written, place) => {
  expect(secretPlace(written)).toEqual(place);
});

test("a name that is left out is refused", () => {
  expect(secretPlace("secretsmanager:")).toContain("expected the name");
});

test.each([
  "https://hooks.slack.com/services/T0/B0/x",
  "[]",
  "secretsmanager:a*",
  "/rolecall/*",
  "a${AWS::Region}",
])("`%s` is refused, and not shown", (written) => {
  const fault = secretPlace(written);
  expect(fault).toContain("not the secret itself");
  expect(fault).not.toContain(written);
});
