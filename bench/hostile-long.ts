import type { Json } from "../test/attack/corpus.ts";
import type { HostilePair } from "./hostile.ts";

/** As many policies as a role can have, each with one pattern that is nearly as long as a policy may be. */
const each = (make: (shorter: number) => Json): readonly Json[] =>
  Array.from({ length: 20 }, (_, i) => make(i));

const statement = (more: Json, version = "2012-10-17"): Json => ({
  Version: version,
  Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more },
});
const onBucket = (name: string): Json => statement({ Resource: `arn:aws:s3:::${name}` });
const tagged = (operator: string, value: string): Json =>
  statement({ Condition: { [operator]: { "aws:PrincipalTag/team": value } } });

/** Texts of thousands of characters, each of which has to be looked at from many places. */
export const longPairs: readonly HostilePair[] = [
  {
    name: "long names against long endings",
    first: each((i) => onBucket("a".repeat(5900 - i))),
    second: each((i) => onBucket(`*${"a".repeat(2900 - i)}b`)),
  },
  {
    name: "long names against wildcards in turn",
    first: each((i) => onBucket(`*${"a?".repeat(1450 - i)}b`)),
    second: each((i) => onBucket("a".repeat(5900 - i))),
  },
  {
    name: "wildcards in turn against wildcards in turn",
    first: each((i) => onBucket(`*${"a?".repeat(1450 - i)}b`)),
    second: each((i) => onBucket(`*${"?a".repeat(1450 - i)}c*`)),
  },
  {
    name: "many names against wildcards in turn",
    first: each((i) => onBucket(`*${"a?".repeat(1450 - i)}b*`)),
    second: each((i) =>
      statement({
        Resource: Array.from({ length: 18 }, (_, k) => `arn:aws:s3:::${"a".repeat(290)}${i * 18 + k}`),
      }),
    ),
  },
  {
    name: "long actions",
    first: each((i) => statement({ Action: `s3:*${"a?".repeat(1450 - i)}b` })),
    second: each((i) => statement({ Action: `s3:${"a".repeat(5900 - i)}` })),
  },
  {
    name: "actions of nothing but question marks",
    first: each((i) => statement({ Action: `s3:${"?".repeat(5900 - i)}` })),
    second: each((i) => statement({ Action: `s3:${"?".repeat(5800 - i)}*` })),
  },
  {
    name: "long values",
    first: each((i) => tagged("StringLike", `*${"a?".repeat(1400 - i)}b`)),
    second: each((i) => tagged("StringEquals", "a".repeat(5800 - i))),
  },
  {
    name: "long values of patterns",
    first: each((i) => tagged("StringLike", `*${"a?".repeat(1400 - i)}b`)),
    second: each((i) => tagged("StringLike", `*${"a?".repeat(1400 - i)}c*`)),
  },
  {
    name: "long values whatever their case",
    first: each((i) => tagged("StringEqualsIgnoreCase", "aB".repeat(2900 - i))),
    second: each((i) => tagged("StringLike", `*${"aB".repeat(1400 - i)}?*`)),
  },
  {
    name: "policy variables in long patterns",
    first: each((i) => onBucket(`\${aws:username}/*${"a*".repeat(1400 - i)}`)),
    second: each((i) => onBucket(`\${aws:username}/*${"aa*".repeat(900 - i)}`)),
  },
  {
    name: "policy variables that never end",
    first: each((i) => statement({ Resource: `arn:aws:s3:::\${${" ".repeat(5900 - i)}x` }, "2008-10-17")),
    second: each((i) => tagged("StringLike", `\${aws:username}${"*a".repeat(900 - i)}`)),
  },
  {
    name: "a policy variable in every resource, and a name for each",
    first: each((i) =>
      statement({
        Resource: Array.from({ length: 160 }, (_, k) => `arn:aws:s3:::\${x:v${i * 160 + k}}/zz`),
      }),
    ),
    second: each((i) =>
      statement({ Resource: Array.from({ length: 200 }, (_, k) => `arn:aws:s3:::b${i * 200 + k}/y`) }),
    ),
  },
];
