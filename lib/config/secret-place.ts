/** Where a deployed secret lies: the SSM parameter to ask for, and the secret of Secrets Manager behind it. */
export interface SecretPlace {
  /** The parameter's name. Parameter Store reads Secrets Manager's secrets too, under a name of its own. */
  readonly parameter: string;
  readonly secret?: string;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html */
const reference = "/aws/reference/secretsmanager/";

/**
 * A parameter's name, `secretsmanager:NAME`, or a secret's ARN. The answer is the fault, never what was written,
 * when it is none of these: it may be the secret itself.
 */
export function secretPlace(written: string): SecretPlace | string {
  const arn = /^arn:[^:]+:secretsmanager:[^:]*:\d{12}:secret:(.+)-\w{6}$/u.exec(written);
  const named = /^secretsmanager:(?!\/\/)(.+)$/u.exec(written);
  const behind = written.startsWith(reference) ? written.slice(reference.length) : undefined;
  const secret = arn?.[1] ?? named?.[1] ?? behind;
  if (secret !== undefined) {
    if (/^[\w/+=.@-]{1,512}$/u.test(secret)) return { parameter: `${reference}${secret}`, secret };
  } else if (/^\/?[\w.-]+(?:\/[\w.-]+)*$/u.test(written)) return { parameter: written };
  return "expected the name of an SSM parameter, `secretsmanager:<name>` or the ARN of a secret, not the secret itself";
}
