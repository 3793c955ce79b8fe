/** Words that YAML 1.1 or 1.2 readers take for something else than a text. */
const reserved = /^(true|false|yes|no|on|off|y|n|null|~)$/i;

/** A text or a flag as YAML: plain where that is safe, else in double quotes with everything odd escaped. */
export function yamlScalar(value: string | boolean): string {
  if (typeof value === "boolean") return String(value);
  if (/^[A-Za-z][\w./-]*$/.test(value) && !reserved.test(value)) return value;
  if (/^\$\{(env|ssm):[\w./-]+\}$/.test(value)) return value;
  const quoted = JSON.stringify(value);
  return quoted.replace(/[^\u0020-\u007e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
