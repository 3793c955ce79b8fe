/**
 * What a user does on AWS, on emulated AWS: deploy, break a role, read the alert, mend it, read the
 * resolution, ask for an audit, remove. Nothing of it leaves this machine.
 */
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import type { Alert } from "../lib/notify/alert.ts";
import { renderEmail } from "../lib/notify/render-email.ts";
import { ec2Service, stranger, trust } from "../test/e2e/stack/roles.ts";
import { account, pace, serverless } from "../test/e2e/stack/serverless.ts";
import { deployedWorld, type World } from "../test/e2e/stack/world.ts";
import { whyNoEmulator } from "../test/support/emulator/toolbox.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const step = (text: string): void => say(`\n\u2014\u2014 ${text}\n`);

async function demo(): Promise<void> {
  const missing = whyNoEmulator();
  if (missing !== undefined) {
    process.exitCode = 2;
    return;
  }
  step(
    "Emulated AWS starts, with IAM enforced; the account has an `ecsInstanceRole`, as Amazon ECS documents it",
  );
  say('$ npx serverless deploy --param="email=someone@example.com"');
  say(`  (with the delays cut short: ${pace.delay} s before the first look, ${pace.settling} s to settle)`);
  const started = Date.now();
  const world = await deployedWorld();
  try {
    say(`  deployed after ${seconds(started)} s:`);
    for (const [name, value] of world.outputs) say(`    ${name}: ${value}`);
    await breakAndMend(world);
    await auditAndRemove(world);
  } finally {
    await world.stop();
  }
}

async function breakAndMend(world: World): Promise<void> {
  step("The user mallory lets another account into the role");
  say("$ aws iam update-assume-role-policy --role-name ecsInstanceRole --policy-document file://trust.json");
  let edited = Date.now();
  await trust(world.iam, "ecsInstanceRole", ec2Service, stranger("999988887777"));
  await show(world, "trust-excess", "the alert", edited);

  step("Somebody puts it back");
  edited = Date.now();
  await trust(world.iam, "ecsInstanceRole", ec2Service);
  await show(world, "trust-excess", "the resolution", edited);
}

async function show({ subscriber }: World, control: string, what: string, edited: number): Promise<void> {
  const alert: Alert = await subscriber.alert(({ result }) => result.control === control, what);
  const message = subscriber.received.find(({ digest }) => digest.alerts.some(({ id }) => id === alert.id));
  if (message === undefined) return;
  say(`  ${seconds(edited)} s later the subscriber reads:\n`);
  const { subject, body } = renderEmail(message.digest);
  for (const line of [`Subject: ${subject}`, "", ...body.split("\n")]) say(`  | ${line}`);
}

async function auditAndRemove({ aws, dynamo }: World): Promise<void> {
  step("An audit on demand");
  say(`$ npx serverless invoke -f audit -d '{"platform":"ecs"}'`);
  const answer = await serverless(aws, ["invoke", "-f", "audit", "-d", '{"platform":"ecs"}']);
  const report = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1)) as {
    summary: Readonly<Record<string, number>>;
  };
  say(`  ${JSON.stringify(report.summary)}`);

  step("Remove");
  say("$ npx serverless remove");
  await serverless(aws, ["remove"], { email: "someone@example.com" });
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  say(`  removed; what stays, so that a later deployment can go on with it: ${TableNames.join(", ")}`);
  say(`  (account ${account}, emulated: nothing of this was real)`);
}

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);

await demo();
