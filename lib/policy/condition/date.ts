import { readMoment } from "../values/moment.ts";
import { orderedFamily } from "./ordered.ts";

export const date = orderedFamily({
  beside: 1000n,
  read: readMoment,
  write: (position) => new Date(Number(position)).toISOString().replace(".000Z", "Z"),
});
