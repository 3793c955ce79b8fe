import type { Json } from "../test/attack/corpus.ts";
import { longPairs } from "./hostile-long.ts";

/** A pair of documents at the size limits of AWS, built to make a comparison explode. */
export interface HostilePair {
  readonly name: string;
  /** A document, or several. */
  readonly first: Json | readonly Json[];
  readonly second: Json | readonly Json[];
}

const document = (...statements: Json[]): Json => ({ Version: "2012-10-17", Statement: statements });
const allow = (more: Json): Json => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
const deny = (more: Json): Json => ({ Effect: "Deny", Action: "*", Resource: "*", ...more });
const list = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const letter = (index: number): string => String.fromCharCode(97 + (index % 26));

/** `*a*b*c…*`, begun at another letter each time. */
const ladder = (start: number, steps: number): string =>
  `${list(steps, (i) => `*${letter(start + i)}`).join("")}*`;

const half = (items: readonly string[], odd: number): readonly string[] =>
  items.filter((_, i) => i % 2 === odd);

export const hostilePairs: readonly HostilePair[] = [
  {
    name: "hundreds of overlapping wildcards as actions",
    ...sides(
      list(400, (i) => `s3:*${letter(i)}${letter(i / 26)}*${letter(i * 7)}*`),
      (Action) => allow({ Action }),
    ),
  },
  {
    name: "hundreds of overlapping wildcards as resources",
    ...sides(
      list(250, (i) => `arn:aws:s3:::*${letter(i)}${letter(i / 26)}*${letter(i * 7)}*`),
      (Resource) => allow({ Action: "s3:GetObject", Resource }),
    ),
  },
  {
    name: "ladders of wildcards",
    ...sides(
      list(60, (i) => `arn:aws:s3:::${ladder(i, 24)}`),
      (Resource) => allow({ Action: "s3:GetObject", Resource }),
    ),
  },
  {
    name: "one ladder, as long as a policy may be, against its prefix",
    first: document(allow({ Resource: `arn:aws:s3:::${ladder(0, 3000)}` })),
    second: document(allow({ Resource: `arn:aws:s3:::${ladder(0, 2999)}` })),
  },
  {
    name: "question marks that count far",
    first: document(
      ...list(40, (i) => allow({ Resource: `arn:aws:s3:::*a${"?".repeat(i + 1)}` })),
      deny({ Resource: `arn:aws:s3:::*b${"?".repeat(60)}` }),
    ),
    second: document(...list(40, (i) => allow({ Resource: `arn:aws:s3:::*a${"?".repeat(i + 2)}` }))),
  },
  {
    name: "a product of conditions, one statement per combination",
    first: document(
      ...list(60, (i) =>
        allow({
          Condition: {
            StringEquals: Object.fromEntries(
              list(12, (k) => [`aws:RequestTag/k${k}`, `${(i >> (k % 6)) & 1}`]),
            ),
          },
        }),
      ),
    ),
    second: document(
      ...list(60, (i) =>
        allow({
          Condition: {
            StringLike: Object.fromEntries(
              list(12, (k) => [`aws:RequestTag/k${k}`, `${(i >> (k % 5)) & 1}*`]),
            ),
          },
        }),
      ),
    ),
  },
  {
    name: "many keys, each in a statement of its own, allowed and denied",
    first: document(
      ...list(150, (i) =>
        allow({ Condition: { StringLike: { [`aws:RequestTag/k${i}`]: `${letter(i)}*` } } }),
      ),
      ...list(150, (i) =>
        deny({ Condition: { StringNotLike: { [`aws:RequestTag/k${i}`]: `*${letter(i)}` } } }),
      ),
    ),
    second: document(
      ...list(150, (i) =>
        allow({ Condition: { StringLike: { [`aws:RequestTag/k${i}`]: `${letter(i)}?*` } } }),
      ),
      ...list(150, (i) =>
        deny({ Condition: { StringNotLike: { [`aws:RequestTag/k${i}`]: `*?${letter(i)}` } } }),
      ),
    ),
  },
  {
    name: "ten thousand tag keys in one condition",
    first: document(
      allow({
        Condition: {
          StringEquals: Object.fromEntries(list(10_000, (i) => [`aws:RequestTag/k${i}`, `${i}`])),
        },
      }),
    ),
    second: document(
      allow({
        Condition: { StringEquals: Object.fromEntries(list(9_999, (i) => [`aws:RequestTag/k${i}`, `${i}`])) },
      }),
    ),
  },
  {
    name: "ten thousand tag keys in one list",
    first: document(
      allow({ Condition: { "ForAllValues:StringLike": { "aws:TagKeys": list(10_000, (i) => `k${i}*`) } } }),
    ),
    second: document(
      allow({ Condition: { "ForAllValues:StringLike": { "aws:TagKeys": list(9_999, (i) => `k${i}*`) } } }),
    ),
  },
  {
    name: "sets of values that overlap in every way",
    first: document(
      ...list(30, (i) =>
        allow({
          Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": `*${letter(i)}*${letter(i + 3)}*` } },
        }),
      ),
      ...list(30, (i) =>
        deny({
          Condition: { "ForAllValues:StringLike": { "aws:TagKeys": `*${letter(i)}*${letter(i + 5)}*` } },
        }),
      ),
    ),
    second: document(
      ...list(30, (i) =>
        allow({
          Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": `*${letter(i)}*${letter(i + 4)}*` } },
        }),
      ),
      ...list(30, (i) =>
        deny({
          Condition: { "ForAllValues:StringLike": { "aws:TagKeys": `*${letter(i)}*${letter(i + 6)}*` } },
        }),
      ),
    ),
  },
  {
    name: "policy variables in every resource",
    ...sides(
      list(120, (i) => `arn:aws:s3:::b/\${aws:PrincipalTag/t${i}}*\${aws:username}*${letter(i)}`),
      (Resource) => allow({ Action: "s3:*", Resource }),
    ),
  },
  {
    name: "NotAction and NotResource laid over one another",
    first: document(
      ...list(80, (i) => ({
        Effect: "Allow",
        NotAction: `s3:*${letter(i)}*${letter(i + 2)}*`,
        NotResource: `arn:aws:s3:::*${letter(i)}*`,
      })),
      ...list(80, (i) => ({
        Effect: "Deny",
        NotAction: `s3:*${letter(i + 1)}*`,
        NotResource: `arn:aws:s3:::*${letter(i + 4)}*${letter(i)}*`,
      })),
    ),
    second: document(
      ...list(80, (i) => ({
        Effect: "Allow",
        NotAction: `s3:*${letter(i)}*${letter(i + 3)}*`,
        NotResource: `arn:aws:s3:::*${letter(i)}*`,
      })),
      ...list(80, (i) => ({
        Effect: "Deny",
        NotAction: `s3:*${letter(i + 1)}*`,
        NotResource: `arn:aws:s3:::*${letter(i + 5)}*${letter(i)}*`,
      })),
    ),
  },
  {
    name: "address ranges inside one another",
    first: document(
      ...list(100, (i) =>
        allow({
          Condition: { IpAddress: { "aws:SourceIp": list(8, (k) => `10.${i}.${k * 32}.0/${16 + k}`) } },
        }),
      ),
    ),
    second: document(
      ...list(100, (i) =>
        allow({
          Condition: { IpAddress: { "aws:SourceIp": list(8, (k) => `10.${i}.${k * 32}.0/${17 + k}`) } },
        }),
      ),
    ),
  },
  ...longPairs,
];

/** Every second item on each side, and all of them on the other side's Deny. */
function sides(
  items: readonly string[],
  grant: (items: readonly string[]) => Json,
): { first: Json; second: Json } {
  return {
    first: document(grant(half(items, 0)), { ...grant(half(items, 1)), Effect: "Deny" }),
    second: document(grant(half(items, 1)), { ...grant(half(items, 0)), Effect: "Deny" }),
  };
}
