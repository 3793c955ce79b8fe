type Entry = Record<string, unknown>;

/** An account in the CLI's shapes, documents decoded: what the server answers from. */
export interface SavedAccount {
  readonly account: string;
  readonly arn: string;
  readonly details: {
    readonly UserDetailList: readonly Entry[];
    readonly GroupDetailList: readonly Entry[];
    readonly RoleDetailList: readonly Entry[];
    readonly Policies: readonly Entry[];
  };
  readonly profiles: readonly Entry[];
  readonly regions: Readonly<Record<string, SavedRegion>>;
}

export interface SavedRegion {
  readonly Reservations: readonly Entry[];
  readonly SecurityGroups: readonly Entry[];
  readonly Subnets: readonly Entry[];
  readonly RouteTables: readonly Entry[];
}
