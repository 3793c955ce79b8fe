/** Ids of all controls, as severities and suppressions name them. */
export const controlIds: readonly string[] = [];
