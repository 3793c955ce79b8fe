import { readFileSync } from "node:fs";

/** Rolecall's own version. The root lies two folders up in lib/cli and in dist/cli. */
export const version = (): string => {
  const file = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
};
