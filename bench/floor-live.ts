// The bare minimum of a live audit: pages the same reads, decodes and parses every document.
import {
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListInstanceProfilesCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const region = "eu-west-1";
const iam = new IAMClient({ region });
const ec2 = new EC2Client({ region });
let documents = 0;
const parse = (text: string | undefined) => {
  if (text !== undefined && JSON.parse(decodeURIComponent(text)) !== null) documents += 1;
};

async function details(): Promise<void> {
  let Marker: string | undefined;
  do {
    const page = await iam.send(
      new GetAccountAuthorizationDetailsCommand({
        Filter: ["Role", "User", "LocalManagedPolicy", "AWSManagedPolicy"],
        MaxItems: 1000,
        Marker,
      }),
    );
    for (const role of page.RoleDetailList ?? []) {
      parse(role.AssumeRolePolicyDocument);
      for (const policy of role.RolePolicyList ?? []) parse(policy.PolicyDocument);
    }
    for (const policy of page.Policies ?? [])
      for (const version of policy.PolicyVersionList ?? []) parse(version.Document);
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
}

async function profiles(): Promise<void> {
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListInstanceProfilesCommand({ MaxItems: 1000, Marker }));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
}

async function all(
  read: (NextToken: string | undefined) => Promise<{ NextToken?: string | undefined }>,
): Promise<void> {
  let token: string | undefined;
  do token = (await read(token)).NextToken;
  while (token !== undefined && token !== "");
}

await Promise.all([
  new STSClient({ region }).send(new GetCallerIdentityCommand({})),
  details(),
  profiles(),
  all((NextToken) => ec2.send(new DescribeInstancesCommand({ MaxResults: 1000, NextToken }))),
  all((NextToken) => ec2.send(new DescribeSecurityGroupsCommand({ MaxResults: 1000, NextToken }))),
  all((NextToken) => ec2.send(new DescribeSubnetsCommand({ MaxResults: 1000, NextToken }))),
  all((NextToken) => ec2.send(new DescribeRouteTablesCommand({ MaxResults: 100, NextToken }))),
]);
console.log(documents);
