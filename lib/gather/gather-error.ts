/** Nothing could be gathered at all: no credentials, no such folder. One unseen part is no reason to throw it. */
export class GatherError extends Error {
  override readonly name = "GatherError";
}
