import type { Principal, PrincipalPattern, PrincipalType } from "./model.ts";

export const principalTypes = [
  "AWS",
  "Service",
  "Federated",
  "CanonicalUser",
] as const satisfies readonly PrincipalType[];

export const isPrincipalType = (text: string): text is PrincipalType =>
  (principalTypes as readonly string[]).includes(text);

/** What an account id alone stands for as a principal: everyone that the account lets in. */
const accountRoot = (account: string, partition: string): string => `arn:${partition}:iam::${account}:root`;

/** The pattern that one principal of a document stands for, or why it cannot be one. */
export function parsePrincipalPattern(
  type: PrincipalType,
  text: string,
  partition: string,
): PrincipalPattern | string {
  if (text === "") return "an empty principal";
  if (text === "*") return { type, id: text };
  if (type === "AWS") {
    if (/^\d{12}$/.test(text)) return { type, id: accountRoot(text, partition) };
    if (/[*?]/.test(text)) return "a principal is whole: `*` and `?` do not stand for a part of one";
    if (text.includes("${")) return "a principal cannot hold a policy variable";
    if (!text.startsWith("arn:") && !isUniqueId(text)) return "neither an ARN, an account id nor a unique id";
    return { type, id: text };
  }
  if (/[*?]/.test(text)) return `a ${type} principal is whole: it cannot hold \`*\` or \`?\``;
  return { type, id: text };
}

/** `AROA…`, `AIDA…`: what IAM shows in place of the ARN of a principal that was deleted. */
export const isUniqueId = (text: string): boolean => /^A[A-Z]{3}[A-Z0-9]{8,}$/.test(text);

/**
 * A principal as a report writes it: the plain id wherever its type can be told from it, else an
 * object as policies write it. `parsePrincipal` reads both back.
 */
export const formatPrincipal = (principal: Principal): string | Readonly<Record<string, string>> =>
  inferType(principal.id) === principal.type ? principal.id : { [principal.type]: principal.id };

/** The principal that a text or a one-member object names, or undefined. */
export function parsePrincipal(written: unknown, partition = "aws"): Principal | undefined {
  if (typeof written === "string") {
    if (written === "" || written === "*") return undefined;
    const id = /^\d{12}$/.test(written) ? accountRoot(written, partition) : written;
    return { type: inferType(id), id };
  }
  if (typeof written !== "object" || written === null) return undefined;
  const [entry, ...more] = Object.entries(written);
  if (entry === undefined || more.length > 0) return undefined;
  const [type, value] = entry;
  if (!isPrincipalType(type) || typeof value !== "string" || value === "" || value === "*") return undefined;
  return { type, id: type === "AWS" && /^\d{12}$/.test(value) ? accountRoot(value, partition) : value };
}

function inferType(id: string): PrincipalType {
  if (/^arn:[^:]*:iam::[^:]*:(?:saml|oidc)-provider\//.test(id)) return "Federated";
  if (id.startsWith("arn:")) return "AWS";
  if (/^[^/:]+\.amazonaws\.com(?:\.cn)?$/.test(id)) {
    return id === "cognito-identity.amazonaws.com" ? "Federated" : "Service";
  }
  if (/^[0-9a-f]{64}$/.test(id)) return "CanonicalUser";
  return id.includes(".") ? "Federated" : "AWS";
}
