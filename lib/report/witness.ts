import type { Difference, Witness } from "../model/result.ts";

/** The difference in a sentence, for people: what may now be done, by whom, on what, under which condition. */
export function differenceInWords(difference: Difference): string {
  const { direction, latent, witness } = difference;
  const may = direction === "excess" ? "is allowed" : "is not allowed";
  const future = latent ? " (an action of that name does not exist today, but a future one would be)" : "";
  return `${requestInWords(witness)} ${may}${future}.`;
}

/** `ec2:RunInstances on * by arn:… when aws:RequestedRegion is eu-west-1`. */
export function requestInWords(witness: Witness): string {
  const who = witness.principal === undefined ? "" : ` by ${principalInWords(witness.principal)}`;
  const where = witness.resource === "" ? "" : ` on ${witness.resource}`;
  return `${witness.action}${where}${who}${contextInWords(witness.context)}`;
}

const principalInWords = (principal: string | Readonly<Record<string, string>>): string =>
  typeof principal === "string"
    ? principal
    : Object.entries(principal)
        .map(([type, id]) => `${type} ${id}`)
        .join(", ");

function contextInWords(context: Witness["context"]): string {
  const parts = Object.entries(context).map(([key, value]) => {
    if (typeof value === "string") return `${key} is ${value === "" ? "empty" : value}`;
    return value.length === 0 ? `${key} is an empty list` : `${key} is ${value.join(" and ")}`;
  });
  return parts.length === 0 ? "" : ` when ${parts.join(", ")}`;
}
