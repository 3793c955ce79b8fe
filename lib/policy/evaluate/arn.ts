import { openQuestions } from "../open-questions.ts";
import { type Answer, unsure } from "./answer.ts";
import { fill, matchPieces, type Piece, type Scope, type Spend } from "./pattern.ts";

/** `arn`, partition, service, region, account, and the resource, which keeps its own colons. */
const fieldCount = 6;

/**
 * Whether an ARN matches a pattern: a statement's resource, or the value of an operator (`like`), or of one
 * with Not (`unlike`), whose answer is yet to be turned round. With six fields on both sides each is matched
 * apart, so that a `*` in the region cannot reach into the account.
 */
export function matchArn(
  pattern: string,
  arn: string,
  scope: Scope,
  as: "resource" | "like" | "unlike",
): Answer {
  const pieces = fill(pattern, scope, true);
  if (!Array.isArray(pieces)) return pieces;
  const fields = splitPieces(pieces, fieldCount);
  const texts = splitText(arn, fieldCount);
  if (fields.length === fieldCount && texts.length === fieldCount)
    return matchFields(fields, texts, scope.spend);
  if (as === "resource") {
    if (pieces.every((piece) => piece === "*")) return true;
    // Some take the missing fields for empty.
    if (texts.length < fieldCount && arn.startsWith("arn:"))
      return unsure("an ARN with fewer than six fields");
  }
  const answer = matchShort(pieces, arn, as, scope.spend);
  return as === "unlike" && answer === false ? unsure(openQuestions.notLikeNoArn) : answer;
}

/**
 * With fewer fields in the pattern (`arn:aws:ec2:*`) or the ARN, sources differ on what holds: that missing
 * fields are `*`, that the last field takes the rest, that an ARN is one text, or, for the value of a
 * condition, that it matches nothing. All readings have to agree.
 */
function matchShort(
  pieces: readonly Piece[],
  arn: string,
  as: "resource" | "like" | "unlike",
  spend: Spend,
): Answer {
  const fields = splitPieces(pieces, fieldCount);
  const texts = splitText(arn, fieldCount);
  const shorter = Math.min(fields.length, texts.length);
  const readings = new Set([
    matchPieces(pieces, arn, spend),
    matchFields(splitPieces(pieces, shorter), splitText(arn, shorter), spend),
  ]);
  if (texts.length >= fields.length) readings.add(matchFields(fields, texts, spend));
  if (as !== "resource" && fields.length < fieldCount) readings.add(false);
  return readings.size === 1 ? readings.has(true) : unsure(openQuestions.shortArnAsText);
}

const matchFields = (
  fields: readonly (readonly Piece[])[],
  texts: readonly string[],
  spend: Spend,
): boolean => fields.every((field, index) => matchPieces(field, texts[index] ?? "", spend));

/** The text at its first `count - 1` colons: the last field keeps the others. */
function splitText(text: string, count: number): readonly string[] {
  const all = text.split(":");
  return all.length <= count ? all : [...all.slice(0, count - 1), all.slice(count - 1).join(":")];
}

/** The same for a pattern; a colon that came out of a variable splits like any other. */
function splitPieces(pieces: readonly Piece[], count: number): readonly (readonly Piece[])[] {
  const fields: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first = piece, ...others] =
      typeof piece === "string" ? [] : splitText(piece.text, count + 1 - fields.length).map(literal);
    fields.at(-1)?.push(first);
    fields.push(...others.map((field) => [field]));
  }
  return fields;
}

const literal = (text: string): Piece => ({ text });
