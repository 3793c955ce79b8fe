import { expect, test } from "vitest";
import { unreached } from "../../lib/notify/unreached.ts";

const mail = { protocol: "email", endpoint: "o…@example.com", confirmed: true };

test("what reaches somebody is not spoken of", () => {
  expect(unreached("findings", [mail])).toEqual([]);
});

test("an address that nobody confirmed is named, and what to do; the others are still told", () => {
  const lines = unreached("findings", [mail, { ...mail, endpoint: "s…@example.com", confirmed: false }]);
  expect(lines).toEqual([
    'not confirmed: the email subscription of s…@example.com. Until its owner follows the link of the message "AWS Notification - Subscription Confirmation", findings is not told there.',
  ]);
});

test("where none is confirmed, it is said that nobody is told; where there is none, too", () => {
  expect(unreached("findings", [{ ...mail, confirmed: false }]).at(-1)).toBe(
    "until then nobody is told of findings",
  );
  expect(unreached("findings", [])).toEqual(["nobody is subscribed: findings is told to nobody"]);
});
