import type { Budget } from "../comparison/budget.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { Spend } from "../evaluate/pattern.ts";
import type { PolicySet, Request, Statement } from "../model.ts";
import { type Cause, causeOf } from "./cause.ts";
import { allowingStatement, type Placed, placedIn } from "./statements.ts";

/** A request that one side plainly allows and the other plainly does not. */
export interface Grant {
  readonly request: Request;
  readonly by: Placed;
  readonly cause: Cause;
}

/** Puts requests to both sides, a bounded number of them. */
export class Probe {
  readonly #more: PolicySet;
  readonly #less: PolicySet;
  readonly #spend: Spend;
  readonly #known = new Map<string, boolean>();
  #left = 0;
  /** Whether something was asked and not put to both sides. */
  isSpent = false;

  /** The budget bounds what long patterns cost. */
  constructor(more: PolicySet, less: PolicySet, budget: Budget) {
    this.#more = more;
    this.#less = less;
    this.#spend = (steps) => budget.spend(steps);
  }

  get mayAsk(): boolean {
    return this.#left > 0;
  }

  /** So many more may be asked. */
  allow(requests: number): void {
    this.#left = requests;
  }

  get kind(): PolicySet["kind"] {
    return this.#more.kind;
  }

  /** False also where it is not known. */
  confirms(request: Request): boolean {
    const key = JSON.stringify(request);
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    if (this.#left-- <= 0) {
      this.isSpent = true;
      return false;
    }
    const confirmed =
      evaluate(request, this.#more, this.#spend).verdict === "allowed" &&
      evaluate(request, this.#less, this.#spend).verdict === "denied";
    this.#known.set(key, confirmed);
    return confirmed;
  }

  grantOf(request: Request): Grant | undefined {
    if (!this.confirms(request)) return undefined;
    const by = allowingStatement(evaluate(request, this.#more, this.#spend), this.#more);
    return by && { request, by, cause: causeOf(request, by, this.#less, this.#spend) };
  }

  /** Whether only one side lets who asks assume the role at all. */
  admits({ context, principal }: Request): boolean {
    const allows = (set: PolicySet) =>
      ["", "WithSAML", "WithWebIdentity"].some(
        (way) =>
          evaluate(
            { action: `sts:AssumeRole${way}`, context, ...(principal && { principal }) },
            set,
            this.#spend,
          ).verdict !== "denied",
      );
    return allows(this.#more) && !allows(this.#less);
  }

  /** The statements that have a say in a request: what they list is what may have changed. */
  statementsFor(request: Request): readonly Statement[] {
    return [this.#more, this.#less].flatMap((set) =>
      evaluate(request, set, this.#spend).decidedBy.flatMap((one) => placedIn(set, one)?.statement ?? []),
    );
  }
}
