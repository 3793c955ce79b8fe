import type { ExistingActions } from "../policy/actions/existing-actions.ts";
import { compare } from "../policy/compare.ts";
import type { Comparison, PolicySet } from "../policy/model.ts";

/** The engine, with what it was given to work with. */
export type Compare = (first: PolicySet, second: PolicySet) => Comparison;

/** With the actions that exist today, witnesses are real ones, and it shows which only the future can bring. */
export const comparing =
  (actions: ExistingActions | undefined): Compare =>
  (first, second) =>
    compare(first, second, actions === undefined ? {} : { actions });
