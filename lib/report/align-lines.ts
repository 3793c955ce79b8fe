/** One row of two columns; a side that is undefined has nothing there. */
export interface Row {
  readonly left?: string;
  readonly right?: string;
  /** `changed` where both sides have a line and they differ. */
  readonly kind: "same" | "changed" | "left" | "right";
}

/** Past this many pairs of lines no longest common part is looked for: only equal ends are matched. */
const maxPairs = 2_000_000;

/** Two lists of lines beside each other, equal ones in the same row. */
export function alignLines(left: readonly string[], right: readonly string[]): readonly Row[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  ) {
    end += 1;
  }
  const same = (lines: readonly string[]): Row[] =>
    lines.map((line) => ({ left: line, right: line, kind: "same" }));
  return [
    ...same(left.slice(0, start)),
    ...middle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...same(left.slice(left.length - end)),
  ];
}

function middle(left: readonly string[], right: readonly string[]): readonly Row[] {
  const width = right.length + 1;
  if (left.length * right.length > maxPairs) return hunk(left, right);
  // common[i * width + j]: length of the longest common part of left[i…] and right[j…].
  const common = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Row[] = [];
  let [i, j, fromLeft, fromRight] = [0, 0, 0, 0];
  const flush = (): void => {
    for (const row of hunk(left.slice(fromLeft, i), right.slice(fromRight, j))) rows.push(row);
  };
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i], right[j]];
    if (a !== undefined && a === b) {
      flush();
      rows.push({ left: a, right: a, kind: "same" });
      i += 1;
      j += 1;
      [fromLeft, fromRight] = [i, j];
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  [i, j] = [left.length, right.length];
  flush();
  return rows;
}

/** Lines that differ: beside each other as far as both go. */
export function hunk(left: readonly string[], right: readonly string[]): readonly Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, n): Row => {
    const [a, b] = [left[n], right[n]];
    if (a === undefined) return { ...(b === undefined ? {} : { right: b }), kind: "right" };
    if (b === undefined) return { left: a, kind: "left" };
    return { left: a, right: b, kind: "changed" };
  });
}
