/** EventBridge's matching, as far as the generated patterns go: literals, `exists`, `prefix`. */
export function matches(pattern: unknown, event: unknown): boolean {
  if (!isRecord(pattern)) throw new Error("a pattern is an object");
  return Object.entries(pattern).every(([key, want]) => {
    const value = isRecord(event) ? event[key] : undefined;
    return Array.isArray(want) ? want.some((one) => leaf(one, value)) : matches(want, value);
  });
}

function leaf(want: unknown, value: unknown): boolean {
  if (!isRecord(want)) return Array.isArray(value) ? value.includes(want) : value === want;
  const [[operator, operand] = []] = Object.entries(want);
  if (operator === "exists") return (value !== undefined) === operand;
  if (operator === "prefix") return typeof value === "string" && value.startsWith(String(operand));
  throw new Error(`an operator that this matcher lacks: ${operator}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
