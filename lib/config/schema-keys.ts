import type { $ZodType, $ZodTypes } from "zod/v4/core";
import type { KnownKeys } from "./explain-issues.ts";

/** The keys that a schema knows at a path of the value it describes. */
export const keysOf =
  (schema: $ZodType): KnownKeys =>
  (path) => {
    let here: $ZodType[] = [schema];
    for (const step of path) here = here.flatMap((each) => inside(each, step));
    return here.flatMap((each) => {
      const def = bare(each)._zod.def;
      return def.type === "object" ? Object.keys(def.shape) : [];
    });
  };

function bare(schema: $ZodType): $ZodTypes {
  const type = schema as $ZodTypes;
  return type._zod.def.type === "optional" ? bare(type._zod.def.innerType) : type;
}

function inside(schema: $ZodType, step: string | number): $ZodType[] {
  const def = bare(schema)._zod.def;
  if (def.type === "object") {
    const shape = def.shape as Readonly<Record<string, $ZodType>>;
    const member = Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
    return member === undefined ? [] : [member];
  }
  if (def.type === "array") return [def.element];
  if (def.type === "record") return [def.valueType];
  return def.type === "union" ? def.options.flatMap((option) => inside(option, step)) : [];
}
