import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileFault } from "../config/file-fault.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Writes a file whole or not at all: what stood there before stays until the new one is complete. A link
 * stays a link, and a device or a pipe (`/dev/null`, `/dev/stdout`) is written to, never replaced.
 */
export function writeWhole(path: string, text: string, io: Io, mode = 0o666): void {
  const named = resolve(io.cwd, path);
  try {
    const there = statSync(named, { throwIfNoEntry: false });
    if (there === undefined) replace(named, text, io, mode);
    else if (there.isFile() || there.isDirectory()) replace(realpathSync(named), text, io, mode);
    else writeFileSync(named, text);
  } catch (error) {
    throw new UsageError(`cannot write \`${path}\`: ${fileFault(error)}`, { help: false });
  }
}

function replace(target: string, text: string, io: Io, mode: number): void {
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
    throw error;
  } finally {
    done();
  }
}
