import { colon, type Glob, star, withinField } from "./glob.ts";

/** `arn`, partition, service, region, account, and the resource, which keeps its own colons. */
const fields = 6;

/**
 * The pattern of an ARN: wildcards of the first five fields stop at a colon. In a pattern of fewer fields
 * (`arn:aws:ec2:*`) those that are missing are `*`, as IAM documents; others read it as one text. What is
 * asked about always has all six, so that `arn:aws:ec2:*` and `arn:aws:ec2:*:*:*` are the same.
 */
export function arnGlob(glob: Glob, asText: boolean): Glob {
  const colons = countColons(glob);
  if (colons === 0 || (colons < fields - 1 && asText)) return glob;
  const whole = [...glob];
  for (let missing = fields - 1 - colons; missing > 0; missing--) whole.push(colon, star);
  let seen = 0;
  return whole.map((token) => {
    if (token === colon) seen++;
    return seen >= fields - 1 ? token : withinField(token);
  });
}

/**
 * The same with a star for each variable of unknown value: what stands before the first is cut as far as it
 * is sure to be a field. What comes of a variable may hold colons itself.
 */
export const openArnGlob = (glob: Glob, openAt: number): Glob =>
  hasFewFields(glob)
    ? glob
    : arnGlob(glob, false).map((token, i) => (i < openAt ? token : (glob[i] ?? token)));

/** Do the two readings of a short pattern disagree on some ARN? */
export function hasTwoReadings(glob: Glob): boolean {
  const colons = countColons(glob);
  if (colons === 0 || colons >= fields - 1) return false;
  // After the first wildcard nothing but whole fields of `*`: both readings take every ARN that starts so.
  const wild = glob.findIndex((token) => token < 0);
  if (wild < 0) return true;
  return glob
    .slice(wild)
    .some((token, i, rest) => token !== star && (token !== colon || rest[i + 1] !== star));
}

/** A text, or a pattern as it is written, that is no ARN. */
export const isShortArn = (text: string): boolean => text.split(":", fields).length < fields;

export const hasFewFields = (glob: Glob): boolean => countColons(glob) < fields - 1;

const countColons = (glob: Glob): number => glob.filter((token) => token === colon).length;

/** The pattern of a resource: every resource has all six fields, so `a*` takes them whatever they are. */
export const resourceGlob = (glob: Glob, asText: boolean): Glob =>
  glob.length > 1 && glob.at(-1) === star && countColons(glob) === 0
    ? arnGlob([...glob, colon, star], false)
    : arnGlob(glob, asText);
