import { describe, expect, it } from "vitest";
import { compare } from "../../../lib/policy/compare.ts";
import { evaluate } from "../../../lib/policy/evaluate/evaluate.ts";
import type { Exceeds, PolicySet, Request } from "../../../lib/policy/model.ts";
import { policyOf } from "../arbitrary-policies.ts";

type Json = Readonly<Record<string, unknown>>;

const identity = (...statements: readonly Json[]): PolicySet => ({
  kind: "identity",
  documents: [policyOf({ Version: "2012-10-17", Statement: statements }, "identity")],
});
const get = (Condition?: Json, more: Json = {}): Json => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
  ...more,
});
const deny = (Condition: Json): Json => get(Condition, { Effect: "Deny" });
const requestIn = (exceeds: Exceeds): Request | undefined =>
  exceeds.verdict === "proven" ? exceeds.witnesses[0]?.request : undefined;

const undecidedTimes = {
  verdict: "undecided",
  reason: "it hangs on `aws:CurrentTime` and `aws:EpochTime`, which AWS sets together",
};
const undecidedIdentities = {
  verdict: "undecided",
  reason: "it hangs on `aws:PrincipalArn` and `aws:PrincipalAccount`, which AWS sets together",
};

describe("the time, which AWS tells in two keys", () => {
  const current = { "aws:CurrentTime": "2024-01-01T00:00:00Z" };
  const epoch = { "aws:EpochTime": "1704067200" };

  it("is one moment: the same bound on either key proves nothing", () => {
    const [one, other] = [identity(get({ DateLessThan: current })), identity(get({ DateLessThan: epoch }))];
    expect(compare(one, other)).toMatchObject({
      firstExceeds: undecidedTimes,
      secondExceeds: undecidedTimes,
    });
  });

  it("is one moment where it is denied", () => {
    const [one, other] = [
      identity(get(), deny({ DateLessThan: current })),
      identity(get(), deny({ DateLessThan: epoch })),
    ];
    expect(compare(one, other)).toMatchObject({
      firstExceeds: undecidedTimes,
      secondExceeds: undecidedTimes,
    });
  });

  it("is one moment where one document asks for both keys", () => {
    const both = identity(get({ DateLessThan: { ...current, ...epoch } }));
    expect(compare(identity(get({ DateLessThan: current })), both)).toMatchObject({
      firstExceeds: undecidedTimes,
      secondExceeds: { verdict: "none" },
    });
  });

  it("is one moment for numeric operators too", () => {
    const [one, other] = [
      identity(get({ DateLessThan: current })),
      identity(get({ NumericLessThan: epoch })),
    ];
    expect(compare(one, other).relation).toBe("undecided");
  });

  it.each<[string, Json, Json, number]>([
    ["an hour later", { DateLessThan: current }, { DateLessThan: { "aws:EpochTime": "1704063600" } }, 3600],
    ["a second later", { DateLessThan: current }, { DateLessThan: { "aws:EpochTime": "1704067199" } }, 1],
    ["at that moment", { DateLessThanEquals: current }, { DateLessThan: epoch }, 1],
    ["at no other moment", { DateEquals: current }, { DateNotEquals: epoch }, 1],
  ])("is told in both keys by a witness of what ends %s", (_, first, second, seconds) => {
    const [one, other] = [identity(get(first)), identity(get(second))];
    const request = requestIn(compare(one, other).firstExceeds);
    const { "aws:CurrentTime": time, "aws:EpochTime": told } = request?.context ?? {};
    expect(Date.parse(String(time)) / 1000).toBe(Number(told));
    expect(Math.abs(1_704_067_200 - Number(told))).toBeLessThanOrEqual(seconds);
    expect(request && evaluate(request, one).verdict).toBe("allowed");
    expect(request && evaluate(request, other).verdict).toBe("denied");
  });

  it("hides no difference that does not hang on it", () => {
    const wide = get(
      { DateLessThan: { ...current, ...epoch } },
      { Action: ["s3:GetObject", "s3:PutObject"] },
    );
    const comparison = compare(identity(wide), identity(get({ DateLessThan: current })));
    expect(requestIn(comparison.firstExceeds)).toMatchObject({
      action: "s3:PutObject",
      context: { "aws:CurrentTime": "2023-12-31T23:59:59Z", "aws:EpochTime": "1704067199" },
    });
    expect(comparison.secondExceeds).toEqual(undecidedTimes);
  });

  it("hides no difference behind many that hang on it", () => {
    const bucket = (i: number, Condition: Json) =>
      get(Condition, { Action: `x${i}:Do`, Resource: `arn:aws:x:::${i}/*` });
    const moments = Array.from({ length: 100 }, (_, i) => 1_704_067_200 + i);
    const one = moments.map((moment, i) =>
      bucket(i, { DateLessThan: { "aws:CurrentTime": new Date(moment * 1000).toISOString() } }),
    );
    const other = moments.map((moment, i) =>
      bucket(i, { DateLessThan: { "aws:EpochTime": String(moment) } }),
    );
    const { firstExceeds, secondExceeds } = compare(identity(...one, get()), identity(...other));
    expect(requestIn(firstExceeds)?.action).toBe("s3:GetObject");
    expect(secondExceeds).toEqual(undecidedTimes);
  });

  it.each(["+275760-09-13T00:00:00Z", "999999999999", "9999-12-31T23:59:59Z", "2024", "x", ""])(
    "%j, which a policy may ask for, is borne",
    (odd) => {
      const both = { DateLessThan: { ...current, "aws:EpochTime": odd } };
      expect(() => compare(identity(get({ DateLessThan: current })), identity(get(both)))).not.toThrow();
    },
  );
});

describe("who asks, which AWS tells in two keys", () => {
  const roles = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } };
  const account = { "aws:PrincipalAccount": "111122223333" };

  it("is in the account of its own ARN", () => {
    const both = { ...roles, StringEquals: account };
    expect(compare(identity(get(roles)), identity(get(both)))).toMatchObject({
      firstExceeds: undecidedIdentities,
      secondExceeds: { verdict: "none" },
    });
  });

  it("is in no other account", () => {
    const never = { ...roles, StringNotEquals: account };
    expect(compare(identity(get(never)), identity()).firstExceeds).toEqual(undecidedIdentities);
  });

  it("is told whole by a witness", () => {
    const first = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } };
    const second = { ...first, StringEquals: account };
    const request = requestIn(compare(identity(get(first)), identity(get(second))).firstExceeds);
    expect(request?.context).toEqual({
      "aws:PrincipalArn": "arn:aws:iam::123456789012:role/example",
      "aws:PrincipalAccount": "123456789012",
    });
  });

  it("is told whole where the documents ask for what it is not", () => {
    const first = { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" }, StringEquals: account };
    const request = requestIn(compare(identity(get(first)), identity()).firstExceeds);
    expect(request?.context["aws:PrincipalAccount"]).toBe("111122223333");
    expect(request?.context["aws:PrincipalArn"]).toMatch(/^arn:aws:iam::111122223333:role\/(?!admin)/);
  });

  it("is told by one key where only one is asked for", () => {
    const request = requestIn(compare(identity(get(roles)), identity()).firstExceeds);
    expect(Object.keys(request?.context ?? {})).toEqual(["aws:PrincipalArn"]);
  });

  it("agrees with what a variable of the resource stands for", () => {
    const home = get(roles, { Resource: "arn:aws:s3:::home/${aws:PrincipalAccount}" });
    const request = requestIn(compare(identity(home), identity()).firstExceeds);
    expect(request).toMatchObject({
      resource: "arn:aws:s3:::home/111122223333",
      context: {
        "aws:PrincipalArn": "arn:aws:iam::111122223333:role/example",
        "aws:PrincipalAccount": "111122223333",
      },
    });
  });
});
