import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import type { Credentials, Emulator } from "../../support/emulator/start-emulator.ts";

/** An IAM user with every permission and keys of its own: somebody else than whoever deployed. */
export async function administrator(aws: Emulator, root: Credentials, name: string): Promise<Credentials> {
  const iam = new IAMClient({ endpoint: aws.endpoint, region: aws.region, credentials: root });
  await iam.send(new CreateUserCommand({ UserName: name }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}
