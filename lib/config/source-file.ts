/** A file as it was read: `file` is what messages call it. */
export interface SourceFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Reads a file named relative to the configuration; undefined when it cannot be read. */
export type ReadFile = (path: string) => Uint8Array | undefined;
