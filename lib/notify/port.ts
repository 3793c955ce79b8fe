import type { Digest } from "./alert.ts";

/** Where digests go. Resolving means that the receiver has taken it over; anything else throws. */
export interface Notifier {
  publish(digest: Digest): Promise<void>;
}
