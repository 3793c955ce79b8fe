import * as z from "zod/mini";
import { weekdays } from "../model/config.ts";
import { regionName } from "../model/region-name.ts";
import { severities } from "../model/severity.ts";
import type { Catalogue, Parameter, Platform } from "./catalogue.ts";

/** A text or a list of texts. */
const text = z.string().check(z.minLength(1));
const texts = z.union([text, z.array(text)], "expected a text or a list of texts");
const document = z.union(
  [text, z.record(z.string(), z.json())],
  "expected the path of a policy document, or the document itself",
);
const documents = z.union(
  [text, z.record(z.string(), z.json()), z.array(document)],
  "expected the path of a policy document, the document itself, or a list of these",
);
const says = (says: string): z.core.$ZodCheck<unknown> => z.meta({ description: says });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const severityMap = z
  .record(z.string(), z.enum(severities))
  .check(says("Severity by control id: docs/controls.md lists them."));
const allSeverities = z
  .record(z.string(), z.enum(severities))
  .check(says("Severity by control id, those on Rolecall itself (self-…) among them: docs/controls.md."));

const selector = {
  role: z.optional(text.check(says("Role name, or a pattern with * and ?."))),
  path: z.optional(
    z
      .string("expected a path such as `/team/`")
      .check(z.regex(/^\//, "expected a path that begins with `/`"), says("Role path, or a pattern with *.")),
  ),
  tag: z.optional(z.strictObject({ key: text, value: z.optional(text) })),
};

const common = {
  ...selector,
  expect: z.optional(
    z
      .enum(["documented", "absent"])
      .check(says("`absent` once the role should be gone: its presence is then a finding.")),
  ),
  attachments: z.optional(
    z
      .array(text)
      .check(says("Managed policies that must be attached, and no others; by meaning alone if left out.")),
  ),
  boundary: z.optional(text.check(says("Name or ARN of the permissions boundary, or none."))),
  profile: z.optional(
    text.check(says("required, none, any, or the name of the instance profile that must hold the role.")),
  ),
  severities: z.optional(severityMap),
};

const clusterKeys = {
  cluster: z.optional(text.check(says("The cluster's id, as in the tag kubernetes.io/cluster/ID."))),
  without: z.optional(
    z.array(text).check(says("Ids of tag controls that are switched off for this cluster.")),
  ),
  requiredTags: z.optional(
    z.array(
      z.strictObject({
        key: text,
        value: z.optional(text),
        on: z.optional(z.array(z.enum(["instance", "security-group", "subnet", "route-table"]))),
      }),
    ),
  ),
  profiles: z.optional(z.array(text).check(says("Instance profiles that its nodes may carry, as patterns."))),
  capaName: z.optional(text.check(says("The cluster's name in Cluster API's own tags."))),
  graceSeconds: z.optional(
    z
      .int("expected a whole number of seconds")
      .check(z.gte(0), says("How long after its launch a node is not judged.")),
  ),
};

function parameterSchema(parameter: Parameter) {
  const check = says(parameter.says);
  switch (parameter.kind) {
    case "flag":
      return z.boolean().check(check);
    case "choice":
      return z.enum(parameter.values ?? []).check(check);
    case "account":
      return z
        .string("expected an account id of twelve digits, in quotes")
        .check(z.regex(/^\d{12}$/, "expected an account id of twelve digits"), check);
    case "region":
      return z
        .string("expected a region such as `eu-west-1`")
        .check(z.regex(regionName, "expected a region such as `eu-west-1`"), check);
    case "secret":
    case "role":
      return text.check(check);
    default:
      return parameter.kind satisfies never;
  }
}

function platformEntry(platform: Platform) {
  const parameters = Object.entries(platform.parameters).map(([name, parameter]) => [
    name,
    z.optional(parameterSchema(parameter)),
  ]);
  const nodes = platform.rolesBy === undefined ? [] : (platform.parameters[platform.rolesBy]?.values ?? []);
  return z.strictObject({
    ...common,
    allowed: z.optional(documents),
    ...Object.fromEntries(parameters),
    ...(platform.clusters === true
      ? {
          ...clusterKeys,
          region: z.optional(parameterSchema({ kind: "region", says: "The region that the cluster is in." })),
        }
      : {}),
    ...(nodes.length > 0
      ? {
          roles: z.optional(
            z.strictObject(Object.fromEntries(nodes.map((node) => [node, z.optional(texts)]))),
          ),
        }
      : {}),
  });
}

const permissions = z.strictObject({
  exactly: z.optional(documents),
  atMost: z.optional(documents),
  atLeast: z.optional(documents),
  allowed: z.optional(documents),
});

const ownRole = z.strictObject({
  ...common,
  name: z.optional(text.check(says("What reports call this baseline; the role's name if left out."))),
  trust: z.optional(document),
  permissions: z.optional(permissions),
  externalId: z.optional(text.check(says("For {{externalId}} in the trust document."))),
  assumedBy: z.optional(text.check(says("Name of the role that must be allowed to assume this one."))),
});

const suppression = z.strictObject({
  finding: z
    .string("expected a finding as reports quote it, `rc-…@…`")
    .check(
      z.regex(
        /^rc-[0-9a-f]{32}@[0-9a-f]{32}$/,
        "expected a finding as reports quote it: `rc-` and 32 hex digits, `@`, 32 hex digits",
      ),
    ),
  owner: text,
  reason: text,
  until: z
    .string("expected a date such as `2027-01-31`")
    .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date such as `2027-01-31`")),
});

const hour = z
  .int("expected an hour of the day, 0 to 23")
  .check(z.gte(0, "expected an hour of the day, 0 to 23"), z.lte(23, "expected an hour of the day, 0 to 23"));

const alerts = z.strictObject({
  atLeast: z.optional(z.enum(severities).check(says("Nothing below this severity is told."))),
  quietHours: z.optional(
    z
      .strictObject({
        from: hour,
        to: hour,
        utcOffset: z.optional(
          z
            .string("expected an offset such as `+01:00`, in quotes")
            .check(z.regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, "expected an offset such as `+01:00`, in quotes")),
        ),
        timeZone: z.optional(
          z
            .string("expected a time zone such as `Europe/Berlin`")
            .check(
              z.refine(isTimeZone, "expected a time zone such as `Europe/Berlin`"),
              says("Whose clock it is, summer time included; before `utcOffset`."),
            ),
        ),
      })
      .check(says("Hours of the day in which only what is critical is told.")),
  ),
  remindCriticalHours: z.optional(
    z
      .int("expected a whole number of hours")
      .check(z.gte(1), says("Hours between reminders of a critical finding that stands.")),
  ),
  weekly: z.optional(
    z
      .strictObject({ day: z.enum(weekdays), hour })
      .check(says("When the other standing findings are listed, UTC.")),
  ),
  suppressionNoticeDays: z.optional(
    z
      .int("expected a whole number of days")
      .check(z.gte(0), says("Days before its expiry on which a suppression is announced.")),
  ),
});

/** The form of `rolecall.yml`, given the platforms that there are baselines for. */
export function configSchema(catalogue: Catalogue) {
  return z.strictObject({
    version: z.literal(1),
    platforms: z.optional(
      z.strictObject(
        Object.fromEntries(
          catalogue.map((platform) => [
            platform.platform,
            z.optional(z.array(platformEntry(platform)).check(says(platform.title))),
          ]),
        ),
      ),
    ),
    roles: z.optional(z.array(ownRole)),
    severities: z.optional(allSeverities),
    suppressions: z.optional(z.array(suppression)),
    alerts: z.optional(alerts.check(says("How much is told, and when."))),
  });
}
