import * as z from "zod/mini";
import { severities } from "../model/severity.ts";

const text = z.string().check(z.minLength(1));
const word = z.string().check(z.regex(/^[a-z][a-z0-9-]*$/));
const name = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]*$/));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const document = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]),
  Statement: z.array(z.record(z.string(), z.json())).check(z.minLength(1)),
});
const when = z.record(name, z.union([z.string(), z.boolean()]));
const use = z.strictObject({ policy: name, when: z.optional(when) });

const parameter = z.strictObject({
  kind: z.enum(["secret", "region", "account", "role", "flag", "choice"]),
  values: z.optional(z.array(word)),
  required: z.optional(z.boolean()),
  says: text,
});

const policy = z.strictObject({
  source: text,
  date,
  arn: z.optional(z.string().check(z.regex(/^arn:\{\{partition\}\}:iam::aws:policy\//))),
  version: z.optional(text),
  document,
});

const entry = z.strictObject({
  entry: word,
  title: text,
  version: z.int().check(z.positive()),
  source: text,
  date,
  when: z.optional(when),
  names: z.optional(z.array(text)),
  trust: z.optional(z.array(use).check(z.minLength(1))),
  permissions: z.optional(
    z.strictObject({
      mode: z.enum(["exactly", "atMost", "atLeast"]),
      passRoleByName: z.optional(z.boolean()),
      example: z.optional(z.boolean()),
      required: z.array(use),
      allowed: z.optional(z.array(use)),
    }),
  ),
  profile: z.strictObject({
    rule: z.enum(["required", "none", "any"]),
    usual: z.optional(z.array(text)),
  }),
  retired: z.optional(z.strictObject({ since: date, says: text })),
  severities: z.optional(z.record(word, z.enum(severities))),
});

/** The form of a file in `baselines/`. What it cannot say is checked by `checkPlatform`. */
export const platformSchema = z.strictObject({
  platform: word,
  title: text,
  clusters: z.optional(z.boolean()),
  rolesBy: z.optional(name),
  parameters: z.record(name, parameter),
  foreignAccounts: z.optional(
    z.array(z.strictObject({ account: z.string().check(z.regex(/^\d{12}$/)), says: text })),
  ),
  legacyUsers: z.optional(z.array(z.strictObject({ name: text, says: text }))),
  policies: z.record(name, policy),
  consequences: z.array(z.strictObject({ actions: z.array(text).check(z.minLength(1)), breaks: text })),
  entries: z.array(entry).check(z.minLength(1)),
});
