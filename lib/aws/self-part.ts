import type { ExpectedPart } from "../controls/self/expected.ts";
import type { PartKind, PartPolicy, PartProperties } from "../controls/self/model.ts";
import { found, type Seen } from "../model/seen.ts";

/** What is there of one part, and for a queue how many messages wait in it. */
export interface PartSeen {
  readonly actual: Seen<PartProperties>;
  readonly waiting?: Seen<number>;
}

/** Each reads the parts of one kind, in the words of `expectedParts`. */
export type Readers<K extends PartKind> = Readonly<Record<K, (part: ExpectedPart) => Promise<PartSeen>>>;

export const settings = (
  values: Readonly<Record<string, unknown>>,
  policies: Readonly<Record<string, PartPolicy>> = {},
): PartSeen => ({ actual: found({ settings: values, policies }) });

export const resourcePolicy = (document: string | undefined): Readonly<Record<string, PartPolicy>> =>
  document === undefined || document === "" ? {} : { policy: { kind: "resource", documents: [document] } };

/** AWS's own JSON in an attribute; what does not parse is not as deployed, whatever it is. */
export function parsed(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
