import type { Json, PolicyTemplate } from "../model/config.ts";

/** The `{{name}}` of a text. */
const place = /\{\{([A-Za-z]+)\}\}/g;

/** The text with values for its `{{name}}`s; a name without a value stays as it is. */
export const fillText = (text: string, values: ReadonlyMap<string, string>): string =>
  text.includes("{{") ? text.replace(place, (whole, name: string) => values.get(name) ?? whole) : text;

/** The document with values for its `{{name}}`s; a name without a value stays as it is. */
export function fillTemplate(template: PolicyTemplate, values: ReadonlyMap<string, string>): PolicyTemplate {
  const fill = (value: Json | undefined): Json | undefined => {
    if (typeof value === "string") return fillText(value, values);
    if (Array.isArray(value)) return value.map((each: Json) => fill(each) ?? null);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]));
    return value;
  };
  return fill(template) as PolicyTemplate;
}

/** The names that a document asks for. */
export function namesIn(template: PolicyTemplate): ReadonlySet<string> {
  return new Set([...JSON.stringify(template).matchAll(place)].map(([, name]) => name ?? ""));
}
