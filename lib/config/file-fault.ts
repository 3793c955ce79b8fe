/** Why a file could not be read or written, in words, as the end of a sentence. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}

const words: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ENOENT: "there is no such file or folder",
  EACCES: "its permissions forbid it",
  EPERM: "its permissions forbid it",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EISDIR: "it is a folder, not a file",
  ENOTDIR: "it is a file, not a folder",
  Z_DATA_ERROR: "it is no gzip file, or a damaged one",
  Z_BUF_ERROR: "it is a gzip file that was cut off",
});
