import type { Secret } from "../model/config.ts";

/** What AWS takes as an ExternalId. */
export const isExternalId = (text: string): boolean => /^[\w+=,.@:/-]{2,1224}$/.test(text);

/**
 * `${env:NAME}`, `${ssm:/name}` or the value itself. The answer is the fault, never the value, when it is
 * none of these.
 */
export function parseSecret(written: string): Secret | string {
  const reference = /^\$\{(\w+):([^${}]+)\}$/.exec(written);
  if (reference === null) {
    if (isExternalId(written)) return { from: "literal", name: "", value: written };
    return "expected an ExternalId of 2 to 1224 letters, digits or any of `+=,.@:/-_`, or a reference: `${env:NAME}` or `${ssm:/name}`";
  }
  const [, from = "", name = ""] = reference;
  if (from === "env") {
    if (/^[A-Za-z_]\w*$/.test(name)) return { from, name };
    return "expected the name of an environment variable: `${env:NAME}`";
  }
  if (from === "ssm") {
    if (/^\/?[\w.-]+(?:\/[\w.-]+)*$/.test(name)) return { from, name };
    return "expected the name of an SSM parameter: `${ssm:/rolecall/name}`";
  }
  return "unknown reference: expected `${env:NAME}` or `${ssm:/name}`";
}
