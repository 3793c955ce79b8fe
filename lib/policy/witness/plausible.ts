/** Made-up values that look like what AWS would send. */
export const examples = {
  account: "123456789012",
  otherAccount: "111122223333",
  region: "us-east-1",
  name: "example",
} as const;

/** A text that the pattern matches, with something likely in place of each wildcard; variables stay. */
export function plausibleText(pattern: string): string {
  if (pattern === "*") return examples.name;
  const fields = pattern.startsWith("arn:") || pattern.startsWith("arn*") ? pattern.split(":") : [pattern];
  if (fields.length < 6) {
    if (fields.length === 1 || !pattern.endsWith("*")) return fillWildcards(pattern);
    while (fields.length < 6) fields.push("*");
  }
  const likely = ["arn", "aws", "", examples.region, examples.account];
  return fields.map((field, i) => (field === "*" && likely[i]) || fillWildcards(field)).join(":");
}

function fillWildcards(text: string): string {
  return text
    .replace(/^\*+$/, examples.name)
    .replace(/\*+/g, (_, at: number) => (/[\w]$/.test(text.slice(0, at)) ? "" : examples.name))
    .replace(/\?/g, "1");
}

/** Values that keys of this name usually have, the likeliest first. */
export function freshValues(key: string): readonly string[] {
  const name = key.toLowerCase();
  for (const [pattern, values] of known) if (pattern.test(name)) return values;
  return ["example", "other"];
}

const { account, otherAccount, region } = examples;

const known: readonly (readonly [RegExp, readonly string[]])[] = [
  [/account$/, [account, otherAccount]],
  [/principalarn$/, [`arn:aws:iam::${account}:role/example`, `arn:aws:iam::${account}:user/alice`]],
  [/arn$/, [`arn:aws:s3:::example-bucket`, `arn:aws:sns:${region}:${account}:example`]],
  [/region$/, [region, "eu-west-1"]],
  [/userid$|principalid$/, ["AIDAEXAMPLEEXAMPLE11", "AROAEXAMPLEEXAMPLE11:session"]],
  [/username$/, ["alice", "bob"]],
  [
    /calledvia|calledviafirst|calledvialast|viaservice$|service(?:name)?$|servicename$/,
    ["cloudformation.amazonaws.com", "athena.amazonaws.com"],
  ],
  [/vpce$/, ["vpce-0123456789abcdef0"]],
  [/vpc$/, ["vpc-0123456789abcdef0"]],
  [/orgid$/, ["o-exampleorgid"]],
  [/org(?:s)?paths?$/, ["o-exampleorgid/r-ab12/ou-ab12-11111111/"]],
  [/tagkeys$/, ["team", "stage"]],
  [/tag\//, ["example", "other"]],
];
