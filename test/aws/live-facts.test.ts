import { expect, test } from "vitest";
import type { AwsClients } from "../../lib/aws/clients.ts";
import { createLiveFacts } from "../../lib/aws/live-facts.ts";

const withoutCredentials = (message: string): AwsClients => {
  const refuse = () =>
    Promise.reject(Object.assign(new Error(message), { name: "CredentialsProviderError" }));
  return { iam: refuse, sts: refuse, ec2: refuse, close: () => {} };
};

test("a session that expired is told in the SDK's words, no credentials at all in ours alone", async () => {
  const expired = "The SSO session is invalid. To refresh it run 'aws sso login'.";
  await expect(createLiveFacts(withoutCredentials(expired)).identity()).rejects.toThrow(
    `no AWS credentials were found (${expired}): sign in`,
  );
  const none = "Could not load credentials from any providers";
  await expect(createLiveFacts(withoutCredentials(none)).identity()).rejects.toThrow(
    "no AWS credentials were found: sign in",
  );
});
