/** How a protocol writes the members of its shapes. */
export interface Dialect {
  /** The element around each entry of a list. */
  readonly entry: string;
  readonly name: (key: string, value: unknown, parent: string) => string;
}

const documents = new Set(["AssumeRolePolicyDocument", "PolicyDocument", "Document"]);

/** IAM and STS: names as they are, documents percent-encoded as RFC 3986 says. */
export const queryDialect: Dialect = { entry: "member", name: (key) => key };

const ec2Names: Readonly<Record<string, string>> = {
  Reservations: "reservationSet",
  Instances: "instancesSet",
  SecurityGroups: "groupSet",
  Groups: "groupSet",
  NetworkInterfaces: "networkInterfaceSet",
  Tags: "tagSet",
  RouteTables: "routeTableSet",
  Routes: "routeSet",
  Associations: "associationSet",
  Subnets: "subnetSet",
};

export const ec2Dialect: Dialect = {
  entry: "item",
  name: (key, value, parent) => {
    if (parent === "" && key === "SecurityGroups") return "securityGroupInfo";
    if (key === "State" && typeof value === "object") return "instanceState";
    if (key === "Description") return "groupDescription";
    return ec2Names[key] ?? key.charAt(0).toLowerCase() + key.slice(1);
  },
};

/** The members of a value as XML. */
export function toXml(value: unknown, dialect: Dialect, parent = ""): string {
  if (Array.isArray(value))
    return value
      .map((item) => `<${dialect.entry}>${toXml(item, dialect, parent)}</${dialect.entry}>`)
      .join("");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => {
        const name = dialect.name(key, item, parent);
        const content = documents.has(key) ? encodeDocument(item) : toXml(item, dialect, key);
        return `<${name}>${content}</${name}>`;
      })
      .join("");
  return escapeXml(String(value));
}

export function encodeDocument(document: unknown): string {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const escapeXml = (text: string): string =>
  text.replace(
    /[&<>"'\r]|[\u0000-\u0008\u000b-\u001f]/g,
    (c) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`,
  );
