import type { ExpectedProfile, RoleSelector, WatchedRole } from "../model/config.ts";
import type { RoleInput } from "./config-input.ts";
import type { Context } from "./context.ts";
import { unknownWord } from "./explain-issues.ts";
import type { Path } from "./located-yaml.ts";

/** Which roles an entry is about, after its names were checked. */
export function selectorOf(input: RoleInput, role: string | undefined): RoleSelector {
  return {
    ...(role === undefined ? {} : { name: role }),
    ...(input.path === undefined ? {} : { path: input.path }),
    ...(input.tag === undefined ? {} : { tag: input.tag }),
  };
}

export function checkName(name: string, path: Path, context: Context): void {
  const arn = /^arn:[^:]*:iam::[^:]*:(?:role|instance-profile)\/(?:.*\/)?([^/]+)$/.exec(name);
  if (arn !== null) context.complain(path, `expected the name, not the ARN: \`${arn[1]}\``);
  else if (!/^[\w+=,.@*?-]{1,128}$/.test(name))
    context.complain(
      path,
      "expected a name: letters, digits and any of `+=,.@-_`, with * and ? as a pattern",
    );
}

/** Complains of control ids that no control has. */
export function checkControlIds(ids: readonly string[], path: Path, context: Context, at?: "key"): void {
  for (const [index, id] of ids.entries()) {
    if (!context.controls.includes(id))
      context.complain(
        [...path, at === "key" ? id : index],
        unknownWord("control", id, context.controls),
        at,
      );
  }
}

/** What a role's entry may override of its baseline, whatever its platform. */
export function commonKeys(
  input: RoleInput,
  usual: ExpectedProfile,
  defaults: WatchedRole["severities"],
  path: Path,
  context: Context,
): Pick<WatchedRole, "expect" | "attachments" | "boundary" | "profile" | "severities" | "place"> {
  checkControlIds(Object.keys(input.severities ?? {}), [...path, "severities"], context, "key");
  return {
    expect: input.expect ?? "documented",
    ...(input.attachments === undefined ? {} : { attachments: input.attachments }),
    ...(input.boundary === undefined ? {} : { boundary: input.boundary }),
    profile: profileOf(input.profile, usual, path, context),
    severities: { ...defaults, ...context.severities, ...input.severities },
    place: context.placeOf(path),
  };
}

function profileOf(
  written: string | undefined,
  usual: ExpectedProfile,
  path: Path,
  context: Context,
): ExpectedProfile {
  if (written === undefined) return usual;
  if (written === "required" || written === "none" || written === "any")
    return { rule: written, usual: usual.usual };
  checkName(written, [...path, "profile"], context);
  return { rule: "required", name: written, usual: [written] };
}
