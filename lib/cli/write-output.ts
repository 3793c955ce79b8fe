import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileFault } from "../config/file-fault.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** Writes a file whole or not at all: what stood there before stays until the new one is complete. */
export function writeWhole(path: string, text: string, io: Io, mode = 0o666): void {
  const target = resolve(io.cwd, path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const remove = () => rmSync(temporary, { force: true });
  const done = io.onInterrupt(remove);
  try {
    const file = openSync(temporary, "wx", mode);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    remove();
    throw new UsageError(`cannot write \`${path}\`: ${fileFault(error)}`, { help: false });
  } finally {
    done();
  }
}
