/** Whether a pattern with `*` and `?` matches a whole text. Linear in the text for each `*`. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const sign = pattern[p];
    if (sign === "*") {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (sign === "?" || sign === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

export const isPattern = (text: string): boolean => /[*?]/.test(text);
