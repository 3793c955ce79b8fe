const mostDepth = 40;

/**
 * JSON for people: what fits on a line stands on one, so that a policy of a few statements fits a phone's
 * screen. `width` is in characters.
 */
export function compactJson(value: unknown, width: number, indent = "", depth = 0): string {
  const line = oneLine(value, width - indent.length, depth);
  if (line !== undefined) return line;
  if (typeof value !== "object" || value === null || depth >= mostDepth)
    return JSON.stringify(value) ?? "null";
  const inner = `${indent}  `;
  const deeper = (item: unknown): string => compactJson(item, width, inner, depth + 1);
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + deeper(item)).join(",\n")}\n${indent}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${deeper(item)}`,
  );
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

/** The value on one line where it is no longer than `room`. */
function oneLine(value: unknown, room: number, depth: number): string | undefined {
  if (room <= 0 || depth > mostDepth) return undefined;
  if (typeof value !== "object" || value === null) {
    const text = JSON.stringify(value) ?? "null";
    return text.length <= room ? text : undefined;
  }
  const parts: string[] = [];
  let left = room - 2;
  for (const [key, item] of Object.entries(value)) {
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    const text = oneLine(item, left - name.length, depth + 1);
    if (text === undefined) return undefined;
    parts.push(name + text);
    left -= name.length + text.length + 2;
    if (left < -2) return undefined;
  }
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}${parts.join(", ")}${close}`;
}
