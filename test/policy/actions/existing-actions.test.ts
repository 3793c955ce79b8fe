import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packed, version } from "../../../lib/policy/actions/actions.generated.ts";
import { exampleArn, unpackActions } from "../../../lib/policy/actions/existing-actions.ts";
import { loadActions } from "../../../lib/policy/actions/load-actions.ts";
import { packActions } from "../../../scripts/generate-actions.ts";

describe("the list of actions that exist", () => {
  it("is what the installed package says: else run `npx tsx scripts/generate-actions.ts`", async () => {
    const { version: installed, text } = packActions();
    const [fresh, shipped] = [unpackActions(installed, text), await loadActions()];
    expect(shipped.version).toBe(installed);
    expect(shipped.services).toEqual(fresh.services);
    for (const service of fresh.services)
      expect(shipped.beginningWith(`${service}:`)).toEqual(fresh.beginningWith(`${service}:`));
  });

  it("holds more than 20,000 actions, of which more than 6,000 take no resource", async () => {
    const actions = await loadActions();
    const all = actions.services.flatMap((service) => actions.beginningWith(`${service}:`));
    expect(all.length).toBeGreaterThan(20_000);
    expect(all.filter((one) => one.shape === undefined).length).toBeGreaterThan(6_000);
  });

  it("finds an action whatever its letter case, and nothing that does not exist", async () => {
    const actions = await loadActions();
    expect(actions.find("S3:getobject")).toEqual({
      action: "s3:GetObject",
      shape: "arn:${Partition}:s3:::${BucketName}/${ObjectName}",
    });
    expect(actions.find("s3:ListAllMyBuckets")).toEqual({ action: "s3:ListAllMyBuckets" });
    for (const nothing of ["s3:", "s3:Get", "nope:GetObject", "", "*", "__proto__:x"]) {
      expect(actions.find(nothing)).toBeUndefined();
    }
  });

  it("weighs less than 150 KB in a package", () => {
    expect(deflateRawSync(packed).length).toBeLessThan(150_000);
    expect(version).toMatch(/^\d/);
  });
});

describe("an example of a shape", () => {
  const known = { partition: "aws", region: "eu-west-1", account: "111122223333" };
  it.each([
    ["arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::example-bucket/example-object"],
    [
      "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}",
      "arn:aws:ec2:eu-west-1:111122223333:instance/example-instance",
    ],
    [
      "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}",
      "arn:aws:iam::111122223333:role/example-role",
    ],
  ])("%s is %s", (shape, arn) => {
    expect(exampleArn(shape, known)).toBe(arn);
  });

  const group =
    "arn:${Partition}:autoscaling:${Region}:${Account}:autoScalingGroup:${GroupId}:autoScalingGroupName/${GroupName}";
  it.each([
    [
      group,
      "arn:aws:autoscaling:*:*:*:autoScalingGroupName/eks-*",
      "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:example-group:autoScalingGroupName/eks-example-group",
    ],
    [
      "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}",
      "arn:aws:ec2:*:*:*/*",
      "arn:aws:ec2:eu-west-1:111122223333:instance/example-instance",
    ],
    [
      "arn:${Partition}:s3:::${BucketName}/${ObjectName}",
      "arn:aws:s3:::b/home/?x/*",
      "arn:aws:s3:::b/home/1x/example-object",
    ],
    ["arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::b*", "arn:aws:s3:::b/example-object"],
    ["arn:${Partition}:iam::${Account}:role/${RoleName}", "arn:aws:iam::*:user/*", undefined],
  ])("%s within %s is %s", (shape, pattern, arn) => {
    expect(exampleArn(shape, known, pattern)).toBe(arn);
  });

  it("fills in everything, for every action", async () => {
    const actions = await loadActions();
    const shapes = actions.services
      .flatMap((service) => actions.beginningWith(`${service}:`))
      .flatMap((one) => one.shape ?? []);
    expect(shapes.length).toBeGreaterThan(10_000);
    expect(shapes.filter((shape) => /[${}\s*,]|^(?!arn:aws:)/.test(exampleArn(shape, known) ?? ""))).toEqual(
      [],
    );
  });
});
