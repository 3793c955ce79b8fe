/** `get-policy-version`, `get-role-policy` and `get-role` of the AWS CLI print the document inside of something else. */
const wrappings: readonly (readonly string[])[] = [
  ["PolicyVersion", "Document"],
  ["PolicyDocument"],
  ["Role", "AssumeRolePolicyDocument"],
  ["AssumeRolePolicyDocument"],
];

/** The document within what the AWS CLI printed, and where it stands there; else the value itself. */
export function documentWithin(value: unknown): {
  readonly path: readonly string[];
  readonly document: unknown;
} {
  for (const path of wrappings) {
    const document = path.reduce<unknown>(
      (at, key) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
      value,
    );
    if (document !== undefined) return { path, document };
  }
  return { path: [], document: value };
}
