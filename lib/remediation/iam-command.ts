import { shellOption } from "./shell.ts";

/** IAM has one endpoint in a partition. Only in `aws` the CLI finds it by itself wherever it is set to. */
const homeRegions: Readonly<Record<string, string>> = {
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-eusc": "eusc-de-east-1",
};

/** `aws iam OPERATION --name value …`, each value quoted. */
export function iamCommand(
  partition: string,
  operation: string,
  options: Readonly<Record<string, string>>,
): string {
  const region = homeRegions[partition];
  const words = [
    ...(region === undefined ? [] : [shellOption("--region", region)]),
    ...Object.entries(options).map(([name, value]) => shellOption(`--${name}`, value)),
  ];
  return ["aws iam", operation, ...words].join(" ");
}
