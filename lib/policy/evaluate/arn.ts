import { type Answer, unsure } from "./answer.ts";
import { fill, matchPieces, type Piece, type Scope } from "./pattern.ts";

/** `arn`, partition, service, region, account, and the resource, which keeps its own colons. */
const fieldCount = 6;

/**
 * Whether an ARN matches a pattern. With six fields on both sides each is matched apart, so that a `*`
 * in the region cannot reach into the account. With fewer in the pattern (`arn:aws:ec2:*`) sources differ
 * on what holds: that missing fields are `*`, that the last field takes the rest, that an ARN is one text,
 * or, for the value of a condition, that it matches nothing. All readings have to agree. A resource of
 * fewer fields is no ARN of AWS, and some take the missing fields for empty.
 */
export function matchArn(pattern: string, arn: string, scope: Scope, of: "resource" | "value"): Answer {
  const pieces = fill(pattern, scope, true);
  if (pieces === undefined) return false;
  if ("unsure" in pieces) return pieces;
  const fields = splitPieces(pieces, fieldCount);
  const texts = splitText(arn, fieldCount);
  if (fields.length === fieldCount && texts.length === fieldCount) return matchFields(fields, texts);
  if (of === "resource" && pieces.every((piece) => piece === "*")) return true;
  if (of === "resource" && texts.length < fieldCount && arn.startsWith("arn:")) {
    return unsure("an ARN with fewer than six fields");
  }
  const shorter = Math.min(fields.length, texts.length);
  const readings = [
    matchPieces(pieces, arn),
    matchFields(splitPieces(pieces, shorter), splitText(arn, shorter)),
    texts.length < fields.length ? undefined : matchFields(fields, texts.slice(0, fields.length)),
  ].filter((reading) => reading !== undefined);
  if (of === "value" && fields.length < fieldCount) readings.push(false);
  const [first = false] = readings;
  return readings.every((reading) => reading === first)
    ? first
    : unsure("an ARN pattern of fewer than six fields can be read in more than one way");
}

/** The same for ArnNotLike: whether what is no ARN is unlike one is not documented. */
export function matchUnlikeArn(pattern: string, arn: string, scope: Scope): Answer {
  const answer = matchArn(pattern, arn, scope, "value");
  const pieces = fill(pattern, scope, true);
  if (answer !== false || pieces === undefined || "unsure" in pieces) return answer;
  const both = [splitPieces(pieces, fieldCount), splitText(arn, fieldCount)];
  return both.every((fields) => fields.length === fieldCount)
    ? false
    : unsure("`ArnNotLike` on what is no ARN");
}

function matchFields(fields: readonly (readonly Piece[])[], texts: readonly string[]): boolean {
  return fields.every((field, index) => matchPieces(field, texts[index] ?? ""));
}

/** The text at its first `count - 1` colons: the last field keeps the others. */
function splitText(text: string, count: number): readonly string[] {
  const all = text.split(":");
  return all.length <= count ? all : [...all.slice(0, count - 1), all.slice(count - 1).join(":")];
}

/** The same for a pattern; a colon that came out of a variable splits like any other. */
function splitPieces(pieces: readonly Piece[], count: number): readonly (readonly Piece[])[] {
  const fields: Piece[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece === "string") {
      fields.at(-1)?.push(piece);
      continue;
    }
    let rest = piece.text;
    while (fields.length < count && rest.includes(":")) {
      const colon = rest.indexOf(":");
      if (colon > 0) fields.at(-1)?.push({ text: rest.slice(0, colon) });
      fields.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== "") fields.at(-1)?.push({ text: rest });
  }
  return fields;
}
