import type { SavedAccount } from "./saved-account.ts";
import { ec2Dialect, queryDialect, toXml } from "./xml.ts";

type Entry = Readonly<Record<string, unknown>>;
export type Query = Readonly<Record<string, string>>;

/** What AWS answers: the members of the result, or an error's code. */
export type Answer = { readonly xml: string } | { readonly error: string };

const noSuch: Answer = { error: "NoSuchEntity" };

/** Pages of at most `cap` entries, as AWS may give fewer than were asked for. */
export class Answers {
  readonly #account: SavedAccount;
  readonly #cap: number;
  readonly #rendered = new WeakMap<Entry, string>();

  constructor(account: SavedAccount, cap: number) {
    this.#account = account;
    this.#cap = cap;
  }

  answer(action: string, query: Query, region: string): Answer {
    const { details, profiles } = this.#account;
    const role = details.RoleDetailList.find((each) => each["RoleName"] === query["RoleName"]);
    switch (action) {
      case "GetCallerIdentity":
        return iam({ UserId: "AIDAEXAMPLE", Account: this.#account.account, Arn: this.#account.arn });
      case "GetAccountAuthorizationDetails":
        return this.#details(query);
      case "ListInstanceProfiles":
        return this.#marked(query, "InstanceProfiles", profiles);
      case "GetRole":
        return role === undefined ? noSuch : iam({ Role: roleOf(role) });
      case "ListAttachedRolePolicies":
        return role === undefined
          ? noSuch
          : this.#marked(query, "AttachedPolicies", list(role, "AttachedManagedPolicies"));
      case "ListRolePolicies":
        return role === undefined
          ? noSuch
          : this.#marked(
              query,
              "PolicyNames",
              list(role, "RolePolicyList").map((policy) => String(policy["PolicyName"])),
            );
      case "GetRolePolicy": {
        const policy = list(role, "RolePolicyList").find(
          (each) => each["PolicyName"] === query["PolicyName"],
        );
        return policy === undefined ? noSuch : iam({ RoleName: query["RoleName"], ...policy });
      }
      case "ListInstanceProfilesForRole":
        return role === undefined
          ? noSuch
          : this.#marked(query, "InstanceProfiles", list(role, "InstanceProfileList"));
      case "GetPolicy":
      case "GetPolicyVersion":
        return policyAnswer(action, details.Policies, query);
      case "GetUser": {
        const user = details.UserDetailList.find((each) => each["UserName"] === query["UserName"]);
        return user === undefined
          ? noSuch
          : iam({ User: pick(user, ["Path", "UserName", "UserId", "Arn", "CreateDate"]) });
      }
      case "GetInstanceProfile": {
        const profile = profiles.find((each) => each["InstanceProfileName"] === query["InstanceProfileName"]);
        return profile === undefined ? noSuch : iam({ InstanceProfile: profile });
      }
      case "ListEntitiesForPolicy":
        return this.#entities(query);
      case "DescribeInstances":
        return this.#tokened(query, "Reservations", region);
      case "DescribeSecurityGroups":
        return this.#tokened(query, "SecurityGroups", region);
      case "DescribeSubnets":
        return this.#tokened(query, "Subnets", region);
      case "DescribeRouteTables":
        return this.#tokened(query, "RouteTables", region);
      default:
        return { error: "InvalidAction" };
    }
  }

  /** One marker walks users, groups, roles and policies, one after the other. */
  #details(query: Query): Answer {
    const filter = new Set(
      Object.entries(query).flatMap(([key, value]) => (key.startsWith("Filter.") ? [value] : [])),
    );
    const wants = (kind: string) => filter.size === 0 || filter.has(kind);
    const { details } = this.#account;
    const all: [key: string, entry: Entry][] = [
      ...(wants("User")
        ? details.UserDetailList.map((entry): [string, Entry] => ["UserDetailList", entry])
        : []),
      ...(wants("Group")
        ? details.GroupDetailList.map((entry): [string, Entry] => ["GroupDetailList", entry])
        : []),
      ...(wants("Role")
        ? details.RoleDetailList.map((entry): [string, Entry] => ["RoleDetailList", entry])
        : []),
      ...details.Policies.filter((policy) =>
        wants(String(policy["Arn"]).includes(":iam::aws:") ? "AWSManagedPolicy" : "LocalManagedPolicy"),
      ).map((entry): [string, Entry] => ["Policies", entry]),
    ];
    const { from, to, last } = this.#window(query["Marker"], query["MaxItems"], all.length);
    const lists = new Map<string, string>();
    for (const key of ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]) lists.set(key, "");
    for (const [key, entry] of all.slice(from, to))
      lists.set(key, `${lists.get(key)}<member>${this.#render(entry)}</member>`);
    const xml = [...lists].map(([key, members]) => `<${key}>${members}</${key}>`).join("");
    return { xml: `${xml}${iamEnd(last, to)}` };
  }

  #entities(query: Query): Answer {
    const arn = query["PolicyArn"];
    if (!this.#account.details.Policies.some((policy) => policy["Arn"] === arn)) return noSuch;
    const carrying = this.#account.details.RoleDetailList.filter(
      (role) =>
        list(role, "AttachedManagedPolicies").some((each) => each["PolicyArn"] === arn) ||
        (role["PermissionsBoundary"] as Entry | undefined)?.["PermissionsBoundaryArn"] === arn,
    );
    return this.#marked(
      query,
      "PolicyRoles",
      carrying.map((role) => pick(role, ["RoleName", "RoleId"])),
    );
  }

  #marked(query: Query, key: string, entries: readonly unknown[]): Answer {
    const { from, to, last } = this.#window(query["Marker"], query["MaxItems"], entries.length);
    return { xml: toXml({ [key]: entries.slice(from, to) }, queryDialect) + iamEnd(last, to) };
  }

  #tokened(
    query: Query,
    key: "Reservations" | "SecurityGroups" | "Subnets" | "RouteTables",
    region: string,
  ): Answer {
    const entries = this.#account.regions[region]?.[key] ?? [];
    const { from, to, last } = this.#window(query["NextToken"], query["MaxResults"], entries.length);
    const xml = toXml({ [key]: entries.slice(from, to) }, ec2Dialect);
    return { xml: last ? xml : `${xml}<nextToken>${tokenOf(to)}</nextToken>` };
  }

  #window(token: string | undefined, asked: string | undefined, length: number) {
    const from = token === undefined ? 0 : Number(Buffer.from(token, "base64").toString());
    const to = Math.min(length, from + Math.min(this.#cap, Number(asked ?? 100)));
    return { from, to, last: to >= length };
  }

  #render(entry: Entry): string {
    const xml = this.#rendered.get(entry) ?? toXml(entry, queryDialect);
    this.#rendered.set(entry, xml);
    return xml;
  }
}

const iam = (value: Entry): Answer => ({ xml: toXml(value, queryDialect) });
const tokenOf = (position: number): string => Buffer.from(String(position)).toString("base64");
const iamEnd = (last: boolean, to: number): string =>
  `<IsTruncated>${!last}</IsTruncated>${last ? "" : `<Marker>${tokenOf(to)}</Marker>`}`;

const list = (entry: Entry | undefined, key: string): readonly Entry[] =>
  (entry?.[key] ?? []) as readonly Entry[];
const pick = (entry: Entry, keys: readonly string[]): Entry =>
  Object.fromEntries(keys.map((key) => [key, entry[key]]));

const roleOf = (role: Entry): Entry =>
  pick(role, [
    "Path",
    "RoleName",
    "RoleId",
    "Arn",
    "CreateDate",
    "AssumeRolePolicyDocument",
    "PermissionsBoundary",
    "Tags",
  ]);

function policyAnswer(action: string, policies: readonly Entry[], query: Query): Answer {
  const policy = policies.find((each) => each["Arn"] === query["PolicyArn"]);
  if (policy === undefined) return noSuch;
  if (action === "GetPolicy") return iam({ Policy: { ...policy, PolicyVersionList: undefined } });
  const version = list(policy, "PolicyVersionList").find((each) => each["VersionId"] === query["VersionId"]);
  return version === undefined ? noSuch : iam({ PolicyVersion: version });
}
