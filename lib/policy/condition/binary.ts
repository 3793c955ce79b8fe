import { type Family, parsedReader, pointsAmong } from "./point.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const read = (text: string): string | undefined => (base64.test(text) ? atob(text) : undefined);

/** Bytes in base64, equal or not. */
export const binary: Family = {
  reader: ({ values }) => parsedReader(values, read, (actual, wanted) => actual === wanted),
  points(tests, surroundings) {
    const values = new Set(tests.flatMap((test) => test.values.filter((text) => base64.test(text))));
    let other = "AAAA";
    while (values.has(other)) other += "AAAA";
    return pointsAmong([...values, other], tests, binary, surroundings);
  },
};
