import { expect, test } from "vitest";
import type { Actor } from "../../lib/change/model.ts";
import { causeWords } from "../../lib/notify/words.ts";
import { causeBy } from "../ledger/samples.ts";

const arn = "arn:aws:sts::111122223333:assumed-role/admin/s";

test.each<[Actor, string]>([
  [{ kind: "root", who: "111122223333" }, "the root user of account 111122223333"],
  [{ kind: "root", who: "arn:aws:iam::111122223333:root" }, "arn:aws:iam::111122223333:root"],
  [{ kind: "account", who: "999988887777" }, "somebody in account 999988887777"],
  [{ kind: "role", who: arn, as: "alice@example.com" }, `${arn} (on behalf of alice@example.com)`],
  [{ kind: "role", who: arn, via: "ec2.amazonaws.com" }, `${arn} through ec2.amazonaws.com`],
  [{ kind: "service", who: "ec2.amazonaws.com", via: "ec2.amazonaws.com" }, "AWS itself (ec2.amazonaws.com)"],
  [{ kind: "unknown", who: "unknown" }, "unknown (the record names nobody)"],
  [{ kind: "unknown", who: "AROAX:y" }, "unknown (the record says only AROAX:y)"],
])("who it was reads as who they are: %o", (actor, says) => {
  const words = causeWords(causeBy("x", "2026-11-22T17:03:12Z", { actor }));
  expect(words).toBe(`${says} called iam:UpdateAssumeRolePolicy on 2026-11-22 17:03:12 UTC`);
});
