/** What an event is about, before it is known in which account and region. */
export type Target =
  | { readonly kind: "role" | "user" | "profile"; readonly name: string }
  | { readonly kind: "policy"; readonly arn: string }
  /** An EC2 resource: its region's clusters are looked at. */
  | { readonly kind: "ec2"; readonly id: string };

/** The parts of a record that say where to look. */
export interface Call {
  /** `requestParameters`: may be null, cut or `{omitted: true}`. */
  readonly params: unknown;
  /** `responseElements`: null for many IAM writes. */
  readonly response: unknown;
  readonly account: string;
  readonly partition: string;
}

/**
 * One watched event. `targets` reads the ids; an empty list says that they are not where they should be,
 * and `otherwise` is looked at as a whole. Undefined: the ids are there and none is of a kind we watch.
 */
export interface EventRow {
  /** `eventSource` without `.amazonaws.com`. */
  readonly service: string;
  /** `eventName` without the date that some services append. */
  readonly name: string;
  /** The service appends an API version to the name: the pattern asks for a prefix. */
  readonly dated?: true;
  readonly otherwise: "account" | "region" | "self";
  targets(call: Call): readonly Target[] | undefined;
}
