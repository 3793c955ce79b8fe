import type { ExistingActions } from "../actions/existing-actions.ts";
import type { PolicySet, Request, Statement } from "../model.ts";
import { type Block, blocksOf, type Cell, type Deed, groups, outermost } from "./blocks.ts";
import { type Item, type ItemsOf, nothing } from "./items.ts";
import { code } from "./names.ts";
import type { Grant, Probe } from "./probe.ts";

/** Requests that are put to both sides for the lists of a statement, or for a sentence. */
const mostProbes = 400;
const mostPairs = 100;

/** What is granted in one way: each of the actions, on each of the resources, to each of the principals. */
export interface Change {
  readonly actions: readonly Named[];
  readonly resources: readonly Named[];
  readonly principals: readonly Named[];
  /** What is not meant though both lists name it; `on`: the second is of resources, not of principals. */
  readonly exceptions: readonly {
    readonly on: boolean;
    readonly some: readonly Item[];
    readonly others: readonly Item[];
  }[];
  readonly deed: Deed;
  readonly grant: Grant;
  /** All that was put to the evaluator of it. */
  readonly grants: readonly Grant[];
  readonly probe: Probe;
}

export interface Named {
  readonly item: Item;
  /** What within it is not meant: both sides decide it alike, as far as was looked. */
  readonly but: readonly Item[];
  /** Only an action that does not exist today shows it. */
  readonly latent: boolean;
}

/** Where to look: what the statements in question list, in requests that are otherwise like the given ones. */
export interface Question {
  readonly about: readonly Statement[];
  readonly like: readonly Request[];
  /** Is told in any case, if it is given. */
  readonly witness?: Request;
}

/** What is the same for all that is asked of two sides. */
export interface Surroundings {
  readonly probe: Probe;
  /** Of the lists of actions, of resources and of principals. */
  readonly items: readonly [ItemsOf, ItemsOf, ItemsOf];
  readonly existing: ExistingActions | undefined;
  /** Deeds of different kinds are told apart. */
  readonly kindOf: (grant: Grant, deed: Deed) => string;
  /** Of combinations: whether the other side surely allows it too; whether both sides list all parts of it. */
  readonly alike: Readonly<Record<"isAllowed" | "isListed", (items: Combination) => boolean>>;
  /** What was told before. */
  readonly told: Set<string>;
}

/** Holds each action, resource and principal that statements list against both sides, by the evaluator. */
export function grantedBy(question: Question, surroundings: Surroundings): readonly Cell[] {
  const { about, like, witness } = question;
  const { items, told, probe } = surroundings;
  probe.allow(mostProbes);
  const listsOf = (request?: Request) =>
    [items[0](about, request), items[1](about, request), items[2](about, request)] as const;
  const cells = cellsOf(listsOf(), like, surroundings);
  const isTold = (): boolean => cells.some((cell) => witness === undefined || isOf(cell, witness));
  if (witness !== undefined && !isTold()) cells.push(...cellsOf(listsOf(witness), like, surroundings));
  if (witness !== undefined && !isTold()) {
    probe.allow(1);
    const grant = probe.grantOf(witness);
    if (grant !== undefined) cells.push(cellOf(grant, onlyIn(listsOf(), witness), surroundings));
  }
  return cells.filter(({ kind, action, resource, principal }) => {
    const key = [kind, action.name, resource.name, principal.name].join("\n");
    return !told.has(key) && told.add(key);
  });
}

/** Cells put together for few sentences, the most dangerous first; with what of them is not meant. */
export function changesOf(
  cells: readonly Cell[],
  { probe, existing }: Pick<Surroundings, "probe" | "existing">,
): readonly Change[] {
  const danger = ({ actions, principals }: Block): number =>
    Math.min(...actions.map(({ rank }) => rank)) + Math.min(...principals.map(({ rank }) => rank)) / 10;
  return blocksOf(cells)
    .toSorted((a, b) => danger(a) - danger(b))
    .map(changeOf);

  function changeOf({ actions, resources, principals, ...block }: Block): Change {
    probe.allow(mostProbes);
    const lists = [actions, resources, principals] as const;
    const isRefused = (...instead: readonly Place[]): boolean => {
      const [one = [], two = [], three = []] = lists.map((list, at) => {
        const place = instead.find(([i]) => i === at);
        return place === undefined ? list : [place[1]];
      });
      if (!probe.mayAsk) return true;
      let isEmpty = true;
      for (const request of requestsOf([one, two, three], block.grant.request)) {
        if (!probe.confirms(request)) return true;
        isEmpty = false;
      }
      return isEmpty;
    };
    const isLatent = (asked: Request) => existing !== undefined && existing.find(asked.action) === undefined;
    const refused: Pair[] = [];
    const kept: Place[] = [];
    const [named = [], where = [], who = []] = lists.map((items, at) =>
      items.map((item): Named => {
        const parted = item.cuts.filter((cut) => {
          const place: Place = [at, cut];
          if (!isRefused(place)) return !kept.push(place);
          // Perhaps with some of another list only.
          const others = lists.map((list, i) => list.map((other): Place => [i, other]));
          const some = others.map((places, i) =>
            i === at ? [] : places.filter((other) => isRefused(place, other)),
          );
          const part = some.find((places, i) => i !== at && places.length < (lists[i]?.length ?? 0));
          if (part === undefined) return true;
          kept.push(place);
          for (const other of part) refused.push([place, other]);
          return false;
        });
        const whole = item.cuts.filter((cut) => !parted.includes(cut));
        // Lists of exceptions can part what two patterns have in common from both of them.
        const crossed = whole.filter((cut, i) =>
          cut.cuts.some(
            (part) => isRefused([at, part]) && whole.slice(0, i).some(({ name }) => name === part.name),
          ),
        );
        const but = [...parted, ...crossed];
        const shown = block.grants.map((grant) => grant.request).filter((one) => item.holds(one));
        const more = item.cuts.flatMap((cut) =>
          but.includes(cut) ? [] : (cut.put(block.grant.request) ?? []),
        );
        return { item, but: outermost(but), latent: at === 0 && [...shown, ...more].every(isLatent) };
      }),
    );
    const pairs = kept.flatMap((one) =>
      kept.flatMap((other) => (one[0] < other[0] ? [[one, other] as const] : [])),
    );
    // Too many to ask: then none of them is claimed.
    for (const pair of pairs) if (pairs.length > mostPairs || isRefused(...pair)) refused.push(pair);
    const [acts = [], places = [], people = []] = [0, 1, 2].map((at) => kept.filter(([i]) => i === at));
    // Of three lists at once: what is refused is left out for all actions.
    for (const place of places) {
      for (const person of people) {
        if (acts.some((act) => isRefused(act, place, person))) refused.push([place, person]);
      }
    }
    return {
      ...block,
      actions: named,
      resources: where,
      principals: who,
      exceptions: exceptionsOf(refused),
      probe,
    };
  }
}

/** An item, and which of the lists it is of. */
type Place = readonly [number, Item];
type Pair = readonly [Place, Place];

/** Pairs that go with the same are put together. */
function exceptionsOf(refused: readonly Pair[]): Change["exceptions"] {
  const pairs = refused.map(([one, other]): Pair => (one[0] < other[0] ? [one, other] : [other, one]));
  const lists = ([[i], [j]]: Pair): string => `${i} ${j}`;
  const rows = groups(pairs, (pair) => `${lists(pair)} ${pair[0][1].name}`).map(([pair, all]) => ({
    pair,
    some: pair[0][1],
    others: outermost(all.map(([, [, other]]) => other)),
  }));
  return groups(rows, ({ pair, others }) => [lists(pair), ...others.map(({ name }) => name)].join("\n")).map(
    ([{ pair, others }, all]) => ({
      on: pair[1][0] === 1,
      some: outermost(all.map(({ some }) => some)),
      others,
    }),
  );
}

export const statementsOf = (...sets: readonly PolicySet[]): readonly Statement[] =>
  sets.flatMap(({ documents, boundary = [] }) =>
    [...documents, ...boundary].flatMap((one) => one.statements),
  );

type Lists = readonly [readonly Item[], readonly Item[], readonly Item[]];
type Combination = readonly [Item, Item, Item];

function* combinationsOf([actions, resources, principals]: Lists): Iterable<Combination> {
  for (const action of actions) {
    for (const resource of resources) {
      for (const principal of principals) yield [action, resource, principal];
    }
  }
}

/** The request about an example of each combination. */
function* requestsOf(lists: Lists, request: Request): Iterable<Request> {
  for (const items of combinationsOf(lists)) {
    const asked = about(request, ...items);
    if (asked !== undefined) yield asked;
  }
}

/** The action comes first: what an example of a resource looks like depends on it. */
function about(request: Request, ...items: readonly Item[]): Request | undefined {
  let made: Request | undefined = request;
  for (const item of items) made = made && item.put(made);
  return made;
}

const isOf = ({ action, resource, principal }: Cell, request: Request): boolean =>
  [action, resource, principal].every((item) => item.holds(request));

/**
 * For each combination the first request of those in question that is granted. What only one side lists is
 * looked at before the rest: of that there may be more than may be asked.
 */
function cellsOf(lists: Lists, like: readonly Request[], surroundings: Surroundings): Cell[] {
  const { isAllowed, isListed } = surroundings.alike;
  const cells = new Map<Combination, Cell>();
  const open = [...combinationsOf(lists)].filter((items) => !isAllowed(items));
  for (const items of new Set([...open.filter((items) => !isListed(items)), ...open])) {
    const grant = firstGrant(items);
    if (grant !== undefined) cells.set(items, cellOf(grant, items, surroundings));
  }
  return open.flatMap((items) => cells.get(items) ?? []);

  function firstGrant(items: Combination): Grant | undefined {
    for (const request of like) {
      const asked = about(request, ...items);
      const grant = asked && surroundings.probe.grantOf(asked);
      if (grant !== undefined) return grant;
    }
    return undefined;
  }
}

function cellOf(
  grant: Grant,
  [action, resource, principal]: Combination,
  { probe, kindOf }: Surroundings,
): Cell {
  const deed = deedOf(grant, action, probe);
  return {
    action,
    resource,
    principal,
    deed,
    grant,
    grants: [grant],
    kind: `${deed}\n${kindOf(grant, deed)}`,
  };
}

function deedOf(grant: Grant, action: Item, probe: Probe): Deed {
  if (probe.kind === "trust") return probe.admits(grant.request) ? "assume" : "use";
  return probe.kind === "identity" && /^`iam:passrole`/i.test(action.name) ? "pass" : "call";
}

/** What a request alone is about, where nothing that takes it in is granted as a whole. */
function onlyIn([actions, resources, principals]: Lists, request: Request): Combination {
  const only = (items: readonly Item[], valueIn: (one: Request) => string | undefined): Item => {
    const value = valueIn(request);
    const within = items.findLast((item) => item.holds(request));
    if (value === undefined) return nothing;
    const part = within === undefined || within.name === code(value) ? "" : ` (one of ${within.name})`;
    return {
      ...nothing,
      name: `${code(value)}${part}`,
      holds: (one) => valueIn(one) === value,
      covers: () => false,
      rank: within?.rank ?? 0,
    };
  };
  return [
    only(actions, ({ action }) => action),
    only(resources, ({ resource }) => resource),
    only(principals, ({ principal }) => principal?.id),
  ];
}
