import { stringify } from "yaml";
import { eventPatterns } from "./patterns.ts";

/** What a further region has to forward: Rolecall's own parts are at home, and IAM's events come there alone. */
const forwarded: ReadonlySet<string> = new Set(["ec2", "tags"]);

/** `forwarder.yml`: a CloudFormation template for each further region whose clusters are watched. */
export function forwarderTemplate(): string {
  const bus = { "Fn::Sub": "arn:${AWS::Partition}:events:${HomeRegion}:${AWS::AccountId}:event-bus/default" };
  const rules = eventPatterns()
    .filter(({ name, where }) => where === "regional" && forwarded.has(name))
    .map(({ name, pattern }) => [
      `${name.charAt(0).toUpperCase()}${name.slice(1)}Rule`,
      {
        Type: "AWS::Events::Rule",
        Properties: {
          Description: `Rolecall: changes that the home region looks at (${name})`,
          State: "ENABLED",
          EventPattern: pattern,
          Targets: [{ Id: "home", Arn: bus, RoleArn: { "Fn::GetAtt": ["ForwarderRole", "Arn"] } }],
        },
      },
    ]);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Rolecall: forwards this region's EC2 events to the region where Rolecall is deployed",
    Parameters: {
      HomeRegion: {
        Type: "String",
        AllowedPattern: "[a-z]{2,}(-[a-z]+)+-[0-9]+",
        Description: "The region where Rolecall is deployed",
      },
    },
    Resources: {
      ...Object.fromEntries(rules),
      ForwarderRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          Description: "Rolecall: lets EventBridge put this region's EC2 events on the home region's bus",
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
              },
            ],
          },
          Policies: [
            {
              PolicyName: "forward",
              PolicyDocument: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "events:PutEvents", Resource: bus }],
              },
            },
          ],
        },
      },
    },
  };
  return `# Made from lib/change by npm run generate. Deploy it in each further region whose clusters are watched:
#   aws cloudformation deploy --region eu-west-1 --template-file forwarder.yml --stack-name rolecall-forwarder \\
#     --capabilities CAPABILITY_IAM --parameter-overrides HomeRegion=us-east-1
${stringify(template, { aliasDuplicateObjects: false, lineWidth: 0 })}`;
}
