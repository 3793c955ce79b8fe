import { withoutSecrets } from "../model/redact.ts";

/** Bounds: parameters are whatever their caller sent. */
const mostNames = 30;
const mostValues = 500;

/** Parameters that carry what a service is to pass on: whatever it is, it names no part, and may be secret. */
const payload =
  /input|message|body|payload|environment|variables|secret|password|token|header|constant|external.?id|credential/iu;

/**
 * The names that a call's parameters may mean: its texts, and what stands between the separators of ARNs and
 * URLs. For telling whose call was about which part, never for judging.
 */
export function namesIn(params: unknown): readonly string[] {
  const names = new Set<string>();
  const open: unknown[] = [params];
  for (let seen = 0; open.length > 0 && seen < mostValues && names.size < mostNames; seen++) {
    const value = open.shift();
    if (typeof value === "string" && value.length <= 512) {
      if (withoutSecrets(value) !== value) continue;
      for (const name of value.split(/[/:|]/u)) if (/^[\w.-]{3,255}$/u.test(name)) names.add(name);
    } else if (typeof value === "object" && value !== null) {
      const told = Object.entries(value).filter(([key]) => !payload.test(key));
      open.push(...told.slice(0, mostValues).map(([, inner]) => inner));
    }
  }
  return [...names].slice(0, mostNames);
}
