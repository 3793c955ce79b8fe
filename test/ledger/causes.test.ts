import { describe, expect, test } from "vitest";
import { unknownActor } from "../../lib/change/actor.ts";
import type { Cause } from "../../lib/change/model.ts";
import { addCauses, causesOf } from "../../lib/ledger/causes.ts";
import type { Result } from "../../lib/model/result.ts";
import { Life } from "./life.ts";
import { account, causeBy, excess, resultFor } from "./samples.ts";

const own = (arn: string): Result =>
  resultFor("x", {
    platform: "rolecall",
    control: "self-alarm",
    resource: { arn, type: "rolecall", account, region: "us-east-1" },
  });
const mallory = causeBy("mallory", "2026-11-22T12:00:00Z", { about: ["rolecall-SilenceAlarm"] });
const alice = causeBy("alice", "2026-11-22T12:00:01Z", { about: ["her-alarm"] });

test("who works on an alarm of their own is not named for what happened to Rolecall's", () => {
  const arn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:rolecall-SilenceAlarm`;
  expect(causesOf([alice, mallory], own(arn), [])).toEqual([mallory]);
});

test("a log group is known by its last name", () => {
  const arn = `arn:aws:logs:us-east-1:${account}:log-group:/aws/lambda/rolecall-self:*`;
  const eve = causeBy("eve", "2026-11-22T12:00:02Z", { about: ["aws", "lambda", "rolecall-self"] });
  expect(causesOf([alice, mallory, eve], own(arn), [])).toEqual([eve]);
});

test("what is about no single part may have been any call", () => {
  const arn = `arn:aws:cloudformation:us-east-1:${account}:stack/rolecall`;
  expect(causesOf([alice, mallory], own(arn), [])).toEqual([alice, mallory]);
});

test("a subscription is known by its topic", () => {
  const arn = `arn:aws:sns:us-east-1:${account}:rolecall-Alerts#email:s…@example.com`;
  const eve = causeBy("eve", "2026-11-22T12:00:02Z", { about: ["rolecall-Alerts", "0a1b"] });
  expect(causesOf([alice, eve], own(arn), [])).toEqual([eve]);
});

describe("of those who called in time", () => {
  const arn = `arn:aws:ec2:eu-west-1:${account}:instance/i-1`;
  const node = (control: string) =>
    excess("i-1", "wrong", { control, resource: { arn, type: "instance", account, region: "eu-west-1" } });
  const did = (who: string, action: string, ...about: readonly string[]): Cause =>
    causeBy(who, "2026-11-02T09:00:00Z", { action, about });
  const named = (result: Result, ...causes: readonly Cause[]): readonly string[] =>
    causesOf(causes, result, []).map(({ actor }) => actor.who.split("/").at(-1) ?? "");

  test("who edited a trust policy is named for it, not who tagged the role meanwhile", () => {
    const [mallory, bob] = [
      did("mallory", "iam:UpdateAssumeRolePolicy", "a"),
      did("bob", "iam:TagRole", "a"),
    ];
    expect(named(excess("a"), mallory, bob)).toEqual(["mallory"]);
    expect(named(excess("a", "x", { control: "trust-excess" }), bob)).toEqual([]);
  });

  test.each([
    ["profile-exists", "iam:DeleteInstanceProfile"],
    ["profile-holds-role", "iam:RemoveRoleFromInstanceProfile"],
    ["role-exists", "iam:DeleteRole"],
    ["role-absent", "iam:CreateRole"],
    ["foreign-trust", "iam:UpdateAssumeRolePolicy"],
    ["boundary", "iam:DeleteRolePermissionsBoundary"],
    ["attachments", "iam:DetachRolePolicy"],
    ["extra-attachment", "iam:AttachRolePolicy"],
    ["permissions-excess", "iam:CreatePolicyVersion"],
    ["permissions-missing", "iam:SetDefaultPolicyVersion"],
    ["pass-role", "iam:PutRolePolicy"],
  ])("what %s finds is put down to %s, and to nobody who only tagged the role", (control, action) => {
    const found = excess("a", "x", { control });
    const [maker, other] = [did("mallory", action, "p"), did("bob", "iam:TagRole", "a")];
    expect(named(found, other, maker)).toEqual(["mallory"]);
    expect(named(found, other)).toEqual([]);
  });

  test("who edited the management role's policy is named beside who made the role that it may not assume", () => {
    const found = excess("a", "x", { control: "management-assume-role" });
    const calls = [did("alice", "iam:CreateRole", "a"), did("mallory", "iam:PutRolePolicy", "manager")];
    expect(named(found, ...calls, did("bob", "iam:TagRole", "a"))).toEqual(["alice", "mallory"]);
  });

  test("who changed a node's groups by its interface is named beside who tagged the node", () => {
    const calls = [
      did("mallory", "ec2:ModifyNetworkInterfaceAttribute"),
      did("bob", "ec2:CreateTags", "i-1"),
    ];
    expect(named(node("cluster-node-groups"), ...calls)).toEqual(["mallory", "bob"]);
    expect(named(node("cluster-node-tagged"), ...calls)).toEqual(["bob"]);
  });

  test("who tagged a second group is named for the nodes that carry both", () => {
    const calls = [
      did("mallory", "ec2:CreateTags", "sg-2"),
      did("bob", "ec2:AssociateIamInstanceProfile", "i-1"),
    ];
    expect(named(node("cluster-node-groups"), ...calls)).toEqual(["mallory"]);
  });

  test("who worked on another node is not named for this one", () => {
    expect(named(node("cluster-node-tagged"), did("bob", "ec2:CreateTags", "i-2"))).toEqual([]);
    const subnet = {
      ...node("cluster-subnet-tagged").resource,
      type: "subnet",
      arn: arn.replace("instance/i-1", "subnet/subnet-1"),
    } as const;
    const untagged = excess("i-1", "x", { control: "cluster-subnet-tagged", resource: subnet });
    expect(named(untagged, did("bob", "ec2:RunInstances", "i-2"))).toEqual(["bob"]);
  });

  test("who took the role out of a node's profile is named, not who tagged the node", () => {
    const taken = did("mallory", "iam:RemoveRoleFromInstanceProfile", "worker", "worker-role");
    expect(
      named(node("cluster-node-profile"), taken, did("bob", "ec2:AttachNetworkInterface", "i-1")),
    ).toEqual(["mallory"]);
  });

  test("somebody who did something else does not stand in for a maker whom no record names", () => {
    const nobody = { ...did("x", "iam:UpdateAssumeRolePolicy", "a"), actor: unknownActor };
    expect(named(excess("a"), nobody, did("bob", "iam:TagRole", "a"))).toEqual(["unknown"]);
  });

  test("the one call that matters is not pushed out by many that do not", () => {
    const call = (who: string, second: number, action: string): Cause =>
      causeBy(who, `2026-11-02T09:00:${String(second).padStart(2, "0")}Z`, { action });
    const noise = Array.from({ length: 40 }, (_, n) =>
      call(n % 2 === 0 ? "ci" : `s${n}`, n + 1, "iam:TagRole"),
    );
    const { causes, omitted } = addCauses({ causes: [], omitted: 0 }, [
      call("mallory", 0, "iam:UpdateAssumeRolePolicy"),
      ...noise,
    ]);
    expect(causes).toHaveLength(20);
    expect(omitted).toBe(21);
    expect(named(excess("a"), ...causes)).toEqual(["mallory"]);
  });

  test("who deleted the role ended it, not who edited it before; of one mended, who edited it", () => {
    const [edited, deleted] = [
      did("bob", "iam:UpdateAssumeRolePolicy", "a"),
      did("eve", "iam:DeleteRole", "a"),
    ];
    const tagged = did("carol", "iam:TagRole", "a");
    const ender = (after: readonly Result[]): readonly string[] => {
      const life = new Life();
      life.see(0, [excess("a")]);
      life.see(100, after, { causes: [edited, deleted, tagged] });
      expect(life.see(500, after)).toEqual(["resolved"]);
      return life.last.causes.map(({ actor }) => actor.who.split("/").at(-1) ?? "");
    };
    expect(ender([])).toEqual(["eve"]);
    expect(ender([resultFor("a")])).toEqual(["bob"]);
  });

  test("of a cluster as a whole whoever made a call of a kind is named, of a role that is there again its maker", () => {
    const cluster = excess("c", "x", {
      control: "cluster-tag-value",
      resource: {
        ...node("cluster-tag-value").resource,
        type: "cluster",
        arn: arn.replace("instance/i-1", "kubernetes-cluster/c"),
      },
    });
    const [mallory, bob] = [
      did("mallory", "ec2:CreateTags", "i-9"),
      did("bob", "ec2:AttachNetworkInterface", "i-9"),
    ];
    expect(named(cluster, mallory, bob)).toEqual(["mallory"]);
    expect(named(cluster, mallory, did("carol", "ec2:CreateTags"))).toEqual(["mallory", "carol"]);
    const gone = excess("a", "gone", { control: "role-exists" });
    const life = new Life();
    life.see(0, [gone]);
    const calls = [did("bob", "iam:TagRole", "a"), did("alice", "iam:CreateRole", "a")];
    life.see(500, [resultFor("a", { control: "role-exists" })], { causes: calls });
    life.see(900, [resultFor("a", { control: "role-exists" })]);
    expect(life.last.transition).toBe("resolved");
    expect(life.last.causes.map(({ actor }) => actor.who.split("/").at(-1))).toEqual(["alice"]);
  });
});

test("however many contents were told, few are remembered", () => {
  const life = new Life();
  for (let n = 0; n < 50; n++) life.see(n * 100_000, [excess("a", `content ${n}`)]);
  expect(life.alerts).toHaveLength(50);
  expect(life.finding(excess("a"))?.told).toHaveLength(10);
});
