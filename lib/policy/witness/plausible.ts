/** Made-up values that look like what AWS would send. */
export const examples = {
  partition: "aws",
  account: "123456789012",
  otherAccount: "111122223333",
  region: "us-east-1",
  name: "example",
} as const;

/** A text that the pattern matches, with something likely in place of each wildcard; variables stay. */
export function plausibleText(pattern: string, account: string = examples.account): string {
  if (pattern === "*") return examples.name;
  const fields = pattern.startsWith("arn:") || pattern.startsWith("arn*") ? pattern.split(":") : [pattern];
  if (fields.length < 6) {
    if (fields.length === 1 || !pattern.endsWith("*")) return fillWildcards(pattern);
    while (fields.length < 6) fields.push("*");
  }
  const likely = ["arn", examples.partition, "", examples.region, account];
  return fields.map((field, i) => (field === "*" && likely[i]) || fillWildcards(field)).join(":");
}

const fillWildcards = (text: string): string =>
  text
    .replace(/^\*+$/, examples.name)
    .replace(/\*+/g, (_, at: number) => (/\w/.test(text.charAt(at - 1)) ? "" : examples.name))
    .replace(/\?/g, "1");

/** Values that keys of this name usually have, the likeliest first. */
export function freshValues(key: string): readonly string[] {
  const name = key.toLowerCase();
  return known.find(([pattern]) => pattern.test(name))?.[1] ?? ["example", "other"];
}

const { account, otherAccount, region } = examples;

const known: readonly (readonly [RegExp, readonly string[]])[] = [
  [/account$/, [account, otherAccount]],
  [/principalarn$/, [`arn:aws:iam::${account}:role/example`, `arn:aws:iam::${account}:user/alice`]],
  [/arn$/, [`arn:aws:s3:::example-bucket`, `arn:aws:sns:${region}:${account}:example`]],
  [/region$/, [region, "eu-west-1"]],
  [/userid$|principalid$/, ["AIDAEXAMPLEEXAMPLE11", "AROAEXAMPLEEXAMPLE11:session"]],
  [/username$/, ["alice", "bob"]],
  [/calledvia|service(?:name)?$/, ["cloudformation.amazonaws.com", "athena.amazonaws.com"]],
  [/vpce$/, ["vpce-0123456789abcdef0"]],
  [/vpc$/, ["vpc-0123456789abcdef0"]],
  [/orgid$/, ["o-exampleorgid"]],
  [/orgpaths?$/, ["o-exampleorgid/r-ab12/ou-ab12-11111111/"]],
  [/tagkeys$/, ["team", "stage"]],
];
