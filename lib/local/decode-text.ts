import { isAscii } from "node:buffer";

/**
 * The text of a file, UTF-8 or UTF-16 (Windows PowerShell's `>` writes that, with a mark), without its
 * mark. Throws for what is neither.
 */
export function decodeText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

export const notText = "it is neither UTF-8 nor UTF-16 text: save it again as UTF-8";
