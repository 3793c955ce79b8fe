import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import { trusting } from "./roles.ts";
import { account } from "./serverless.ts";
import type { World } from "./world.ts";

const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});
const trust = trusting({ Service: "ec2.amazonaws.com" });

/** One real call of every kind that IAM knows of a role's, policy's, profile's or user's life, in an order that works. */
export async function tourOfIam({ iam: client }: World): Promise<void> {
  const role = { RoleName: "tour" };
  const policy = { PolicyArn: `arn:aws:iam::${account}:policy/tour` };
  const inline = { ...role, PolicyName: "inline" };
  const profile = { InstanceProfileName: "tour" };
  const user = { UserName: "tourist" };
  await client.send(new iam.CreateRoleCommand({ ...role, AssumeRolePolicyDocument: trust }));
  await client.send(new iam.UpdateRoleCommand({ ...role, MaxSessionDuration: 7200 }));
  await client.send(new iam.UpdateRoleDescriptionCommand({ ...role, Description: "a tour" }));
  await client.send(new iam.UpdateAssumeRolePolicyCommand({ ...role, PolicyDocument: trust }));
  await client.send(new iam.TagRoleCommand({ ...role, Tags: [{ Key: "a", Value: "b" }] }));
  await client.send(new iam.UntagRoleCommand({ ...role, TagKeys: ["a"] }));
  await client.send(new iam.PutRolePolicyCommand({ ...inline, PolicyDocument: document }));
  await client.send(new iam.DeleteRolePolicyCommand(inline));
  await client.send(new iam.CreatePolicyCommand({ PolicyName: "tour", PolicyDocument: document }));
  await client.send(
    new iam.CreatePolicyVersionCommand({ ...policy, PolicyDocument: document, SetAsDefault: true }),
  );
  await client.send(new iam.DeletePolicyVersionCommand({ ...policy, VersionId: "v1" }));
  await client.send(new iam.AttachRolePolicyCommand({ ...role, ...policy }));
  await client.send(new iam.DetachRolePolicyCommand({ ...role, ...policy }));
  const boundary = { ...role, PermissionsBoundary: policy.PolicyArn };
  await client.send(new iam.PutRolePermissionsBoundaryCommand(boundary));
  await client.send(new iam.DeleteRolePermissionsBoundaryCommand(role));
  await client.send(new iam.CreateInstanceProfileCommand(profile));
  await client.send(new iam.AddRoleToInstanceProfileCommand({ ...profile, ...role }));
  await client.send(new iam.RemoveRoleFromInstanceProfileCommand({ ...profile, ...role }));
  await client.send(new iam.DeleteInstanceProfileCommand(profile));
  await client.send(new iam.CreateUserCommand(user));
  await client.send(new iam.AttachUserPolicyCommand({ ...user, ...policy }));
  await client.send(new iam.DetachUserPolicyCommand({ ...user, ...policy }));
  const userInline = { ...user, PolicyName: "inline" };
  await client.send(new iam.PutUserPolicyCommand({ ...userInline, PolicyDocument: document }));
  await client.send(new iam.DeleteUserPolicyCommand(userInline));
  const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand(user));
  await client.send(new iam.DeleteAccessKeyCommand({ ...user, AccessKeyId: AccessKey?.AccessKeyId ?? "" }));
  await client.send(new iam.DeleteUserCommand(user));
  await client.send(new iam.DeletePolicyCommand(policy));
  await client.send(new iam.DeleteRoleCommand(role));
}

/** The same of EC2: a small network with one instance of the watched cluster, and its end. */
export async function tourOfEc2({ ec2: client, iam: iamClient }: World): Promise<void> {
  await iamClient.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName: "node-a" }));
  await iamClient.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName: "node-b" }));
  const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const VpcId = Vpc?.VpcId ?? "";
  const { Subnet } = await client.send(new ec2.CreateSubnetCommand({ VpcId, CidrBlock: "10.0.1.0/24" }));
  const SubnetId = Subnet?.SubnetId ?? "";
  const groupOf = async (GroupName: string) =>
    (await client.send(new ec2.CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId })))
      .GroupId ?? "";
  const [one, two] = [await groupOf("one"), await groupOf("two")];
  const { RouteTable } = await client.send(new ec2.CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable?.RouteTableId ?? "";
  const { InternetGateway } = await client.send(new ec2.CreateInternetGatewayCommand({}));
  const GatewayId = InternetGateway?.InternetGatewayId ?? "";
  await client.send(new ec2.AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId }));
  const route = { RouteTableId, DestinationCidrBlock: "0.0.0.0/0" };
  await client.send(new ec2.CreateRouteCommand({ ...route, GatewayId }));
  await client.send(new ec2.ReplaceRouteCommand({ ...route, GatewayId }));
  await client.send(new ec2.DeleteRouteCommand(route));
  const association = await client.send(new ec2.AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  const replaced = await client.send(
    new ec2.ReplaceRouteTableAssociationCommand({
      RouteTableId,
      AssociationId: association.AssociationId ?? "",
    }),
  );
  const AssociationId = replaced.NewAssociationId ?? association.AssociationId ?? "";
  await client.send(new ec2.DisassociateRouteTableCommand({ AssociationId }));
  const { Instances } = await client.send(
    new ec2.RunInstancesCommand({
      ImageId: "ami-12345678",
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [one],
    }),
  );
  const InstanceId = Instances?.[0]?.InstanceId ?? "";
  const tags = {
    Resources: [InstanceId, one],
    Tags: [{ Key: "kubernetes.io/cluster/c-tour", Value: "owned" }],
  };
  await client.send(new ec2.CreateTagsCommand(tags));
  await client.send(new ec2.DeleteTagsCommand(tags));
  const { IamInstanceProfileAssociation } = await client.send(
    new ec2.AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name: "node-a" } }),
  );
  const profile = await client.send(
    new ec2.ReplaceIamInstanceProfileAssociationCommand({
      AssociationId: IamInstanceProfileAssociation?.AssociationId ?? "",
      IamInstanceProfile: { Name: "node-b" },
    }),
  );
  await client.send(
    new ec2.DisassociateIamInstanceProfileCommand({
      AssociationId: profile.IamInstanceProfileAssociation?.AssociationId ?? "",
    }),
  );
  await client.send(new ec2.TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  await client.send(new ec2.DeleteSecurityGroupCommand({ GroupId: two }));
  await client.send(new ec2.DeleteRouteTableCommand({ RouteTableId }));
}
