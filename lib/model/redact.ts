type Stand = (whole: string, group: string | undefined) => string;

/**
 * What texts from elsewhere may hold and nobody should read: a user agent or an error's message with a
 * token in it, a signed address, a password in a condition. Shapes only: a secret that looks like any word
 * cannot be told from one.
 */
const shapes: readonly (readonly [RegExp, string | Stand])[] = [
  [
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/gu,
    "<hidden key>",
  ],
  [/\b(X-Amz-(?:Signature|Security-Token|Credential)(?:=|%3D))[^&\s"'<>]+/giu, "$1<hidden>"],
  [
    /\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[^\s"'<>]+/giu,
    "hooks.slack.com/<hidden>",
  ],
  [/\bxox[a-z]-[\w-]{8,}/gu, "<hidden token>"],
  [/\b(?:gh[a-z]_|github_pat_|glpat-)[\w-]{16,}/gu, "<hidden token>"],
  // What begins like one and is none is taken as well, and stays: else every `eyJ` in it would be followed to its end.
  [
    /\beyJ[\w-]{8,}(\.[\w-]{8,}(?:\.[\w-]*)?)?/gu,
    (whole, rest: string | undefined) => (rest === undefined ? whole : "<hidden token>"),
  ],
  [/\b(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=]{16,}/gu, "<hidden token>"],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/gu, "<hidden access key>"],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/giu, "$1<hidden>"],
  [/(:\/\/)[^\s/:@"'<>]{1,100}:[^\s/@"'<>]{1,200}@/gu, "$1<hidden>@"],
  // `password=…`, `"sessionToken": "…"`, `secret: …`; what stands for a value already, `<…>` or `${…}`, stays.
  [
    /((?:password|passwd|secret|token|api[_-]?key|access[_-]?key|external[_-]?id)(?:=|\\{0,4}["']\s{0,3}:\s{0,3}\\{0,4}["']|:\s{1,3}))(?![<$])[^\s"'&,;<\\]{4,}/giu,
    "$1<hidden>",
  ],
];

/** The text without what has the shape of a secret. */
export const withoutSecrets = (text: string): string =>
  shapes.reduce(
    (left, [shape, stand]) =>
      typeof stand === "string" ? left.replace(shape, stand) : left.replace(shape, stand),
    text,
  );
