/** What to look at. Every trigger becomes scopes; from there the way is one. */
export type Scope =
  | { readonly kind: "role"; readonly account: string; readonly name: string }
  | { readonly kind: "user"; readonly account: string; readonly name: string }
  | { readonly kind: "profile"; readonly account: string; readonly name: string }
  /** All clusters of a region: EC2 events name resources, not clusters. */
  | { readonly kind: "region"; readonly account: string; readonly region: string }
  /** A managed policy: stands for the roles that carry it, found by look-up. */
  | { readonly kind: "policy"; readonly account: string; readonly arn: string }
  | { readonly kind: "account"; readonly account: string }
  /** Rolecall's own parts: trail, rules, queues, topic, roles. */
  | { readonly kind: "self"; readonly account: string; readonly region: string };

/** One string per scope, for grouping and as a ledger key. */
export function scopeKey(scope: Scope): string {
  switch (scope.kind) {
    case "role":
    case "user":
    case "profile":
      return `${scope.account}/${scope.kind}/${scope.name}`;
    case "region":
    case "self":
      return `${scope.account}/${scope.kind}/${scope.region}`;
    case "policy":
      return `${scope.account}/policy/${scope.arn}`;
    case "account":
      return `${scope.account}/account`;
    default:
      return scope satisfies never;
  }
}
