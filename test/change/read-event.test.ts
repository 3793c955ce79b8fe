import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../lib/change/model.ts";
import { readEvent, readRecord } from "../../lib/change/read-event.ts";
import { eventTable } from "../../lib/change/table.ts";
import { scopeKey } from "../../lib/model/scope.ts";
import { sample, samples } from "./samples.ts";

const account = "731984205316";

function change(event: unknown): Change {
  const read = readEvent(event);
  if (read.kind !== "change") throw new Error(JSON.stringify(read));
  return read.change;
}
const scopesOf = (name: string): readonly string[] => change(sample(name)).scopes.map(scopeKey);

const withParams = (name: string, requestParameters: unknown): unknown => {
  const event = sample(name);
  return { ...event, detail: { ...event.detail, requestParameters } };
};

describe("where an event leads", () => {
  test("a role's event to the role", () => {
    expect(scopesOf("iam/UpdateAssumeRolePolicy")).toEqual([`${account}/role/ecsInstanceRole`]);
  });

  test("a policy's event to the policy, whose carriers are looked up", () => {
    const policy = `${account}/policy/arn:aws:iam::${account}:policy/dockercloud-policy`;
    for (const name of [
      "CreatePolicyVersion",
      "SetDefaultPolicyVersion",
      "DeletePolicyVersion",
      "DeletePolicy",
    ]) {
      expect(scopesOf(`iam/${name}`)).toEqual([policy]);
    }
    expect(scopesOf("iam/CreatePolicy")).toEqual([policy]);
  });

  test("a detachment to the role it names, not to the policy", () => {
    expect(scopesOf("iam/DetachRolePolicy")).toEqual([`${account}/role/ecsInstanceRole`]);
  });

  test("a new policy's ARN is made from account, path and name where the answer is missing", () => {
    const event = sample("iam/CreatePolicy");
    const bare = { ...event, detail: { ...event.detail, responseElements: null, awsRegion: "cn-north-1" } };
    expect(change(bare).scopes.map(scopeKey)).toEqual([
      `${account}/policy/arn:aws-cn:iam::${account}:policy/dockercloud-policy`,
    ]);
  });

  test("a profile that gains or loses a role to both", () => {
    const both = [`${account}/profile/ecsInstanceRole-profile`, `${account}/role/ecsInstanceRole`];
    expect(scopesOf("iam/AddRoleToInstanceProfile")).toEqual(both);
    expect(scopesOf("iam/RemoveRoleFromInstanceProfile")).toEqual(both);
  });

  test("a renamed user to its old name and its new one", () => {
    expect(scopesOf("iam/UpdateUser")).toEqual([
      `${account}/user/someone`,
      `${account}/user/dockercloud-user`,
    ]);
  });

  test("a service-linked role to the name that only the answer gives", () => {
    expect(scopesOf("iam/CreateServiceLinkedRole")).toEqual([`${account}/role/AWSServiceRoleForAutoScaling`]);
    const event = sample("iam/CreateServiceLinkedRole");
    const unanswered = change({ ...event, detail: { ...event.detail, responseElements: null } });
    expect(unanswered.scopes.map(scopeKey)).toEqual([`${account}/account`]);
  });

  test("EC2's events to their region, with the ids of what was touched", () => {
    const region = `${account}/region/eu-west-1`;
    expect(scopesOf("ec2/RunInstances")).toEqual([region]);
    expect(change(sample("ec2/RunInstances")).cause.about).toEqual(["i-0aaaa1111bbbb2222"]);
    expect(change(sample("ec2/CreateFleet")).cause.about).toEqual(["i-0aaaa1111bbbb2222"]);
    expect(change(sample("ec2/TerminateInstances")).cause.about).toEqual(["i-0aaaa1111bbbb2222"]);
    expect(scopesOf("ec2/DisassociateIamInstanceProfile")).toEqual([region]);
  });

  const touched = (
    name: string,
    requestParameters: unknown,
    responseElements: unknown,
  ): readonly string[] => {
    const event = sample(name);
    return change({ ...event, detail: { ...event.detail, requestParameters, responseElements } }).cause.about;
  };

  test("a change of a node's profile to the node, which only the answer names", () => {
    const association = {
      iamInstanceProfileAssociation: { instanceId: "i-1", associationId: "iip-assoc-1" },
    };
    for (const name of ["ReplaceIamInstanceProfileAssociation", "DisassociateIamInstanceProfile"]) {
      const asked = { [`${name}Request`]: { AssociationId: "iip-assoc-1" } };
      expect(touched(`ec2/${name}`, asked, { [`${name}Response`]: association })).toEqual(["i-1"]);
      expect(touched(`ec2/${name}`, asked, association)).toEqual(["i-1"]);
      expect(touched(`ec2/${name}`, asked, null)).toEqual([]);
    }
  });

  test("a set of one that stands for itself to that one", () => {
    const fleet = (ids: unknown) => ({
      CreateFleetResponse: { fleetInstanceSet: { item: { instanceIds: ids } } },
    });
    expect(touched("ec2/CreateFleet", null, fleet({ item: "i-1" }))).toEqual(["i-1"]);
    expect(touched("ec2/CreateFleet", null, fleet({ item: ["i-1", "i-2"] }))).toEqual(["i-1", "i-2"]);
    expect(touched("ec2/CreateTags", { resourcesSet: { items: { resourceId: "i-1" } } }, null)).toEqual([
      "i-1",
    ]);
  });

  test("an id by its ARN to the id", () => {
    const arn = `arn:aws:ec2:eu-west-1:${account}:instance/i-1`;
    expect(touched("ec2/CreateTags", { resourcesSet: { items: [{ resourceId: arn }] } }, null)).toEqual([
      "i-1",
    ]);
  });

  test("of CreateTags' many resources those of kinds we watch", () => {
    expect(change(sample("ec2/CreateTags")).cause.about).toEqual([
      "i-0aaaa1111bbbb2222",
      "sg-0aaaa1111bbbb2222",
    ]);
    expect(readEvent(sample("odd/tags-on-volumes-only"))).toMatchObject({
      kind: "ignored",
      reason: "no resource we watch",
    });
  });

  test("tampering to Rolecall itself", () => {
    expect(scopesOf("self/cloudtrail-StopLogging")).toEqual([`${account}/self/us-east-1`]);
    expect(scopesOf("self/lambda-UpdateFunctionCode")).toEqual([`${account}/self/us-east-1`]);
  });

  test("a tag event to the resource's region, or to the role that its path ends in", () => {
    expect(scopesOf("tag/instance")).toEqual([`${account}/region/eu-west-1`]);
    expect(scopesOf("tag/role")).toEqual([`${account}/role/ecsInstanceRole`]);
    const { cause } = change(sample("tag/instance"));
    expect(cause.actor).toEqual({ kind: "unknown", who: "unknown" });
    expect(cause.about).toEqual(["i-0aaaa1111bbbb2222"]);
  });
});

describe("an event that does not name what it changed is not lost", () => {
  const widened: readonly (readonly [string, unknown])[] = [
    ["missing", undefined],
    ["null", null],
    ["omitted", { omitted: true, originalSize: 131072 }],
    ["omitted in part", { omitted: true, roleName: "ecsInstanceRole" }],
    ["empty", {}],
    ["text", "roleName=ecsInstanceRole"],
    ["a list", ["ecsInstanceRole"]],
    ["null as a name", { roleName: null }],
    ["an object as a name", { roleName: { value: "x" } }],
    ["an empty name", { roleName: "" }],
    ["a name that IAM could not hold", { roleName: "a role; rm -rf" }],
    ["a name that goes on for ever", { roleName: "r".repeat(5000) }],
    ["a hidden name", { roleName: "HIDDEN_DUE_TO_SECURITY_REASONS" }],
    ["inherited", Object.create({ roleName: "x" })],
    ["a name that only the prototype has", JSON.parse('{"__proto__":{"roleName":"x"}}')],
  ];
  test.each(widened)("its role's name is %s: the account is looked at", (_, params) => {
    const { scopes, widened: why } = change(withParams("iam/UpdateAssumeRolePolicy", params));
    expect(scopes).toEqual([{ kind: "account", account }]);
    expect(why).toBeDefined();
  });

  test("every IAM row widens to the account, every other row keeps its region", () => {
    for (const row of eventTable) {
      const folder =
        row.service === "iam" || row.service === "ec2" ? `${row.service}/` : `self/${row.service}-`;
      const event = sample(`${folder}${row.name}`);
      const detail = { ...event.detail, requestParameters: null, responseElements: null };
      const kinds = change({ ...event, detail }).scopes.map((scope) => scope.kind);
      expect(kinds, row.name).toEqual([row.otherwise]);
    }
  });

  test.each([
    `arn:aws:iam::${account}:policy/team%2Fshared`,
    `arn%3Aaws%3Aiam%3A%3A${account}%3Apolicy%2Fshared`,
    "shared",
  ])("a policy is named by %s: the account is looked at", (policyArn) => {
    const { scopes } = change(withParams("iam/SetDefaultPolicyVersion", { policyArn, versionId: "v2" }));
    expect(scopes).toEqual([{ kind: "account", account }]);
  });

  test("a write that is marked as a read is one all the same", () => {
    const event = sample("iam/UpdateAssumeRolePolicy");
    const marked = { ...event, detail: { ...event.detail, readOnly: true } };
    expect(change(marked).scopes.map(scopeKey)).toEqual([`${account}/role/ecsInstanceRole`]);
  });

  test("half of a pair is no answer", () => {
    const half = change(withParams("iam/AddRoleToInstanceProfile", { roleName: "ecsInstanceRole" }));
    expect(half.scopes).toEqual([{ kind: "account", account }]);
  });

  test("a name given as an ARN or with a path is its last segment", () => {
    expect(scopesOf("odd/role-name-as-arn")).toEqual([`${account}/role/ecsInstanceRole`]);
  });

  test("a suffixed event name is the same event", () => {
    expect(scopesOf("odd/suffixed-name")).toEqual([`${account}/role/ecsInstanceRole`]);
    expect(change(sample("odd/suffixed-name")).cause.action).toBe("iam:UpdateAssumeRolePolicy");
  });

  test("tags on nothing are looked for in the whole region", () => {
    expect(scopesOf("odd/tags-on-nothing")).toEqual([`${account}/region/eu-west-1`]);
  });

  test("a set under `item` is read like one under `items`", () => {
    const odd = withParams("ec2/CreateTags", { resourcesSet: { item: [{ resourceId: "i-1" }] } });
    expect(change(odd).cause.about).toEqual(["i-1"]);
  });
});

describe("an event that changed nothing is ignored", () => {
  test.each([
    ["odd/access-denied", "failed call"],
    ["odd/dry-run", "dry run"],
    ["odd/our-own-read", "read only"],
  ])("%s: %s", (name, reason) => {
    expect(readEvent(sample(name))).toMatchObject({ kind: "ignored", reason });
  });

  test("a call of a service that nothing hangs on", () => {
    const record = { eventSource: "s3.amazonaws.com", eventName: "PutObject", recipientAccountId: account };
    expect(readRecord(record)).toMatchObject({ kind: "ignored", reason: "another service" });
  });

  test("a call of IAM's that changes nothing that is judged", () => {
    const record = {
      eventSource: "iam.amazonaws.com",
      eventName: "CreateGroup",
      recipientAccountId: account,
    };
    expect(readRecord(record)).toMatchObject({ kind: "ignored", reason: "not in the table" });
  });
});

describe("who did it", () => {
  const actorOf = (userIdentity: unknown, more: object = {}): unknown => {
    const event = sample("iam/UpdateAssumeRolePolicy");
    return change({ ...event, detail: { ...event.detail, userIdentity, ...more } }).cause.actor;
  };
  const from = { from: "203.0.113.7", with: "aws-cli/2.31.9" };

  test("a user, from where and with what", () => {
    const { cause } = change(sample("iam/UpdateAssumeRolePolicy"));
    expect(cause.actor).toEqual({ kind: "user", who: `arn:aws:iam::${account}:user/mallory`, ...from });
    expect(cause.at).toBe("2026-11-02T09:00:00Z");
  });

  test("root for Auto Scaling is told with what it was done through", () => {
    expect(change(sample("ec2/RunInstances")).cause.actor).toMatchObject({
      kind: "root",
      via: "autoscaling.amazonaws.com",
    });
  });

  test("a session is told by its own ARN, a role without one by its issuer's", () => {
    expect(change(sample("iam/CreateRole")).cause.actor).toMatchObject({
      kind: "role",
      who: `arn:aws:sts::${account}:assumed-role/ci-deployer/ci`,
    });
    const issuer = { arn: "arn:aws:iam::731984205316:role/x" };
    expect(actorOf({ type: "AssumedRole", sessionContext: { sessionIssuer: issuer } })).toMatchObject({
      kind: "role",
      who: issuer.arn,
    });
  });

  test("AWS itself", () => {
    expect(change(sample("odd/by-ec2-itself")).cause.actor).toMatchObject({
      kind: "service",
      who: "ec2.amazonaws.com",
    });
    expect(change(sample("odd/nobody-named")).cause.actor).toMatchObject({
      kind: "service",
      who: "AWS Internal",
      via: "AWS Internal",
    });
  });

  test("a type that is absent is not guessed where the ARN does not tell", () => {
    expect(actorOf({ arn: "arn:aws:iam::1:user/x" })).toMatchObject({ kind: "user" });
    expect(actorOf({ arn: "arn:aws:iam::1:root" })).toMatchObject({ kind: "root" });
    expect(actorOf({ arn: "arn:aws:sts::1:assumed-role/a/b" })).toMatchObject({ kind: "role" });
    expect(actorOf({ arn: "something" })).toMatchObject({ kind: "unknown", who: "something" });
    expect(actorOf({ type: "toString", principalId: "AROAX:y" })).toMatchObject({
      kind: "unknown",
      who: "AROAX:y",
    });
  });

  test("whom a session stands for, and what its credentials were given to, is told beside it", () => {
    const arn = `arn:aws:sts::${account}:assumed-role/admin/s`;
    const sessionContext = { sourceIdentity: "alice@example.com", sessionIssuer: {} };
    expect(actorOf({ type: "AssumedRole", arn, sessionContext })).toMatchObject({
      kind: "role",
      who: arn,
      as: "alice@example.com",
    });
    const given = "arn:aws:lambda:us-east-1:731984205316:function:deployer";
    const inScopeOf = { issuerType: "AWS::Lambda::Function", credentialsIssuedTo: given };
    expect(actorOf({ type: "AssumedRole", arn, inScopeOf })).toEqual({
      kind: "role",
      who: arn,
      via: given,
      ...from,
    });
    expect(
      actorOf({ type: "AssumedRole", arn, inScopeOf, invokedBy: "cloudformation.amazonaws.com" }),
    ).toMatchObject({
      via: "cloudformation.amazonaws.com",
    });
    const person = {
      type: "IdentityCenterUser",
      accountId: account,
      onBehalfOf: { userId: "544894e8-80c1" },
    };
    expect(actorOf(person)).toEqual({ kind: "user", who: "544894e8-80c1", ...from });
  });

  test("a secret in a session's name is in no part of it", () => {
    const arn = `arn:aws:sts::${account}:assumed-role/admin/password=hunter2hunter2`;
    const actor = actorOf(
      { type: "AssumedRole", arn, sessionContext: { sourceIdentity: "token=hunter2hunter2" } },
      { sourceIPAddress: "secret=hunter2hunter2", userAgent: "cli password=hunter2hunter2" },
    );
    expect(JSON.stringify(actor)).not.toContain("hunter2");
  });

  test("a caller from another account is called by its account, since its id says nothing here", () => {
    const caller = { type: "AWSAccount", principalId: "AIDAX", accountId: "999988887777" };
    expect(actorOf(caller)).toMatchObject({ kind: "account", who: "999988887777" });
  });

  test("nobody is said to be unknown", () => {
    for (const nobody of [undefined, null, {}, "x", [], { arn: "" }, { type: "IAMUser" }]) {
      expect(actorOf(nobody)).toEqual({ kind: "unknown", who: "unknown", ...from });
    }
    expect(actorOf(undefined, { sourceIPAddress: undefined, userAgent: null })).toEqual({
      kind: "unknown",
      who: "unknown",
    });
  });
});

describe("a value that is no event", () => {
  test("is malformed, whatever it is", () => {
    for (const value of [
      undefined,
      null,
      1,
      "",
      "{",
      [],
      {},
      { "detail-type": 3 },
      { "detail-type": "Scheduled Event" },
    ]) {
      expect(readEvent(value).kind).toBe("malformed");
    }
    const { detail: _detail, ...headless } = sample("iam/CreateRole");
    expect(readEvent(headless).kind).toBe("malformed");
    expect(readEvent({ ...sample("tag/role"), account: "x" }).kind).toBe("malformed");
  });

  test("never throws: samples with anything put in the place of anything", () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.jsonValue(), ({ event }, nth, value) => {
        const copy = structuredClone(event);
        replaceNth(copy, nth, value);
        readEvent(copy);
        readRecord(copy.detail);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Puts `value` in the place of the nth value of a tree. */
function replaceNth(tree: object, nth: number, value: unknown): void {
  const places: [object, string][] = [];
  const walk = (node: object): void => {
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      const child: unknown = Reflect.get(node, key);
      if (typeof child === "object" && child !== null) walk(child);
    }
  };
  walk(tree);
  const place = places[nth % places.length];
  if (place !== undefined) Reflect.set(place[0], place[1], value);
}
