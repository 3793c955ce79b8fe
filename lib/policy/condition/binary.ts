import { anyHit, type Family, pointsAmong } from "./point.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const read = (text: string): string | undefined => (base64.test(text) ? atob(text) : undefined);

/** Bytes in base64, equal or not. */
export const binary: Family = {
  hits(test, value) {
    const actual = read(value);
    if (actual === undefined) return undefined;
    return anyHit(test.values, (text) => {
      const wanted = read(text);
      return wanted === undefined ? undefined : wanted === actual;
    });
  },
  points(tests, surroundings) {
    const values = new Set(tests.flatMap((test) => test.values.filter((text) => base64.test(text))));
    let other = "AAAA";
    while (values.has(other)) other += "AAAA";
    return pointsAmong([...values, other], tests, binary.hits, surroundings);
  },
};
