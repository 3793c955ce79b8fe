import type { Item } from "./items.ts";
import type { Grant } from "./probe.ts";

/** To assume a role that one could not assume at all, to use it for something else, to pass one, to call what acts. */
export type Deed = "assume" | "use" | "pass" | "call";

/** One combination of what the lists name that is granted. */
export interface Cell {
  readonly action: Item;
  readonly resource: Item;
  readonly principal: Item;
  readonly deed: Deed;
  readonly grant: Grant;
  readonly grants: readonly Grant[];
  readonly kind: string;
}

/** Cells that are told together. */
export interface Block extends Pick<Cell, "deed" | "grant" | "grants"> {
  readonly actions: readonly Item[];
  readonly resources: readonly Item[];
  readonly principals: readonly Item[];
}

/** Puts together cells so that in each block every combination is granted. */
export function blocksOf(cells: readonly Cell[]): readonly Block[] {
  const key = (items: readonly Item[]): string => items.map(({ name }) => name).join("\n");
  const grantsOf = (all: readonly Pick<Cell, "grants">[]) => all.flatMap(({ grants }) => grants);
  const widest = widestBy(widestBy(cells, "resource"), "principal");
  const rows = groups(widest, ({ kind, resource, principal }) =>
    [kind, key([resource, principal])].join(),
  ).map(([first, all]) => ({
    ...first,
    actions: outermost(all.map(({ action }) => action)),
    grants: grantsOf(all),
  }));
  const planes = groups(rows, ({ kind, actions, principal }) =>
    [kind, key(actions), key([principal])].join("\n"),
  ).map(([first, all]) => ({
    ...first,
    resources: outermost(all.map(({ resource }) => resource)),
    grants: grantsOf(all),
  }));
  return groups(planes, ({ kind, actions, resources }) =>
    [kind, key(actions), key(resources)].join("\n"),
  ).map(([first, all]) => ({
    ...first,
    principals: outermost(all.map(({ principal }) => principal)),
    grants: grantsOf(all),
  }));
}

/** Without those that are granted for more of one list as well, and otherwise in the same way. */
function widestBy(cells: readonly Cell[], list: "resource" | "principal"): readonly Cell[] {
  const alike = groups(cells, ({ kind, action, resource, principal }) =>
    [kind, action.name, (list === "resource" ? principal : resource).name].join("\n"),
  );
  const wide = new Set(
    alike.flatMap(([, all]) => {
      const kept = outermost(all.map((cell) => cell[list]));
      return all.filter((cell) => kept.includes(cell[list]));
    }),
  );
  return cells.filter((cell) => wide.has(cell));
}

/** Items of one key, with the first of them. */
export function groups<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [T, readonly T[]])[] {
  const known = new Map<string, [T, T[]]>();
  for (const item of items) {
    const group = known.get(keyOf(item));
    if (group === undefined) known.set(keyOf(item), [item, [item]]);
    else group[1].push(item);
  }
  return [...known.values()];
}

/** In longer lists, those that others take in are left as they are. */
const mostHeld = 100;

/**
 * Those that no other takes in, each once. Of those that take in one another the first is left that names no
 * variable: with the values that were put in, `b/${aws:username}` is `b/admin`.
 */
export function outermost(items: readonly Item[]): readonly Item[] {
  const each = [...new Map(items.map((item) => [item.name, item])).values()];
  if (each.length > mostHeld) return each;
  const ordered = each.toSorted((a, b) => Number(a.name.includes("${")) - Number(b.name.includes("${")));
  return each.filter((item) => {
    const own = ordered.indexOf(item);
    return !ordered.some(
      (other, at) => other !== item && other.covers(item) && (at < own || !item.covers(other)),
    );
  });
}
