/** Made-up values that look like what AWS would send. */
export const examples = {
  account: "123456789012",
  otherAccount: "111122223333",
  region: "us-east-1",
  name: "example",
} as const;

/** Where a made-up ARN lies, and what is named in it. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

const usual: Place = { partition: "aws", ...examples };

/** Places to try, the likeliest first, each a little further from it. */
export const places: readonly [Place, ...Place[]] = [
  usual,
  { ...usual, region: "eu-west-1" },
  { ...usual, account: examples.otherAccount },
  { ...usual, name: "other" },
  { ...usual, region: "eu-west-1", account: examples.otherAccount, name: "other" },
  { ...usual, partition: "aws-cn", region: "cn-north-1" },
  { ...usual, partition: "aws-us-gov", region: "us-gov-west-1" },
  { ...usual, region: "ap-southeast-2", account: "444455556666" },
];

/** A text that the pattern matches, with something likely in place of each wildcard; variables stay. */
export function plausibleText(pattern: string, place = usual): string {
  if (pattern === "*") return place.name;
  const fields = pattern.startsWith("arn:") || pattern.startsWith("arn*") ? pattern.split(":") : [pattern];
  if (fields.length < 6) {
    if (fields.length === 1 || !pattern.endsWith("*")) return fillWildcards(pattern, place);
    while (fields.length < 6) fields.push("*");
  }
  const likely = ["arn", place.partition, "", place.region, place.account];
  return fields.map((field, i) => (field === "*" && likely[i]) || fillWildcards(field, place)).join(":");
}

function fillWildcards(text: string, { name }: Place): string {
  return text
    .replace(/^\*+$/, name)
    .replace(/\*+/g, (_, at: number) => (/\w/.test(text.charAt(at - 1)) ? "" : name))
    .replace(/\?/g, "1");
}

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
