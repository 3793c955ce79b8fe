import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  type IAMClient,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";

export const ec2Service = { Service: "ec2.amazonaws.com" };
export const stranger = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

export const trusting = (...principals: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: principals.map((Principal) => ({ Effect: "Allow", Principal, Action: "sts:AssumeRole" })),
  });

/** A role as Amazon ECS documents it. */
export async function createCompliantRole(iam: IAMClient, RoleName: string): Promise<void> {
  const InstanceProfileName = `${RoleName}-profile`;
  const PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(ec2Service) }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
}

export const trust = (iam: IAMClient, RoleName: string, ...principals: readonly object[]): Promise<unknown> =>
  iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trusting(...principals) }));
