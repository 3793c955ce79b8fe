import { ledgerSchema } from "./model.ts";

/** Lifts an item from the schema of its place in the list (the first: schema 1) to the next one. */
export type Migration = (item: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** One for each schema that was ever released but the latest. */
const migrations: readonly Migration[] = [];

/** Thrown for an item that this version cannot read, rather than taking it for another. */
class LedgerSchemaError extends Error {
  override readonly name = "LedgerSchemaError";
}

/**
 * An item as this version knows it. Items are lifted when they are read and written back when they
 * change, so an upgrade needs no pass over the table. An item of a later version is refused: rolling
 * back must not silently drop what it does not know.
 */
export function migrate<T extends { readonly schema: number }>(
  item: Readonly<Record<string, unknown>>,
  steps: readonly Migration[] = migrations,
): T {
  const latest = steps.length + 1;
  const { schema } = item;
  if (typeof schema !== "number" || !Number.isInteger(schema) || schema < 1) {
    throw new LedgerSchemaError("an item of the ledger has no schema version");
  }
  if (schema > latest) {
    throw new LedgerSchemaError(`an item of the ledger has schema ${schema}; this version knows ${latest}`);
  }
  let lifted = item;
  for (let at = schema; at < latest; at++) {
    lifted = { ...steps[at - 1]?.(lifted), schema: at + 1 };
  }
  return lifted as unknown as T;
}

// INVARIANT: a new schema comes with its migration.
if (migrations.length + 1 !== ledgerSchema) throw new LedgerSchemaError("a migration is missing");
