import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { slackSecret } from "../../lib/aws/slack-secret.ts";
import type { Log } from "../../lib/log.ts";

const ssm = mockClient(SSMClient);
const lines: unknown[] = [];
const log: Log = {
  info: () => {},
  warn: () => {},
  error: (message, fields) => lines.push({ message, ...fields }),
};
const name = "/aws/reference/secretsmanager/team/slack";
beforeEach(() => {
  ssm.reset();
  lines.length = 0;
});

test("a secret of Secrets Manager is read through Parameter Store, decrypted, and kept for minutes", async () => {
  const url = "https://hooks.slack.com/services/T0/B0/x";
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: url } });
  const routes = slackSecret(name, []);
  expect((await routes(0, log)).map((route) => route.url)).toEqual([url]);
  await routes(60_000, log);
  expect(ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)).toEqual([
    { Name: name, WithDecryption: true },
  ]);
  await routes(3_600_000, log);
  expect(ssm.commandCalls(GetParameterCommand)).toHaveLength(2);
});

test("one that may not be read is an error that names the place, not what lies there", async () => {
  ssm.on(GetParameterCommand).rejects(Object.assign(new Error("no"), { name: "AccessDeniedException" }));
  await expect(slackSecret(name, [])(0, log)).rejects.toThrow(`the parameter ${name} cannot be read`);
  expect(lines).toEqual([{ message: "parameter unread", parameter: name, reason: "AccessDeniedException" }]);
});
