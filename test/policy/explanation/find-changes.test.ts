import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadActions } from "../../../lib/policy/actions/load-actions.ts";
import { compare } from "../../../lib/policy/compare.ts";
import { Budget } from "../../../lib/policy/comparison/budget.ts";
import { evaluate } from "../../../lib/policy/evaluate/evaluate.ts";
import type { Change } from "../../../lib/policy/explanation/changes.ts";
import { findChanges } from "../../../lib/policy/explanation/find-changes.ts";
import type { PolicyKind, PolicySet, Request } from "../../../lib/policy/model.ts";
import { documentOf, policyOf, requestOf } from "../arbitrary-policies.ts";

type Json = Readonly<Record<string, unknown>>;

const actions = await loadActions();

/** Without conditions and variables: then nothing but the lists tells requests apart. */
const plain = (document: Json): Json => {
  const text = JSON.stringify(document).replaceAll("${", "$");
  const { Statement } = JSON.parse(text) as { readonly Statement: readonly Json[] };
  return { Version: "2012-10-17", Statement: Statement.map((one) => ({ ...one, Condition: {} })) };
};

function isClaimed(changes: readonly Change[], request: Request): boolean {
  return changes.some(({ actions: listed, resources, principals, exceptions }) => {
    const lists = [listed, resources, principals];
    return (
      lists.every((named) =>
        named.some(({ item, but }) => item.holds(request) && !but.some((part) => part.holds(request))),
      ) &&
      !exceptions.some((pair) =>
        [pair.some, pair.others].every((items) => items.some((one) => one.holds(request))),
      )
    );
  });
}

function changesBetween(first: PolicySet, second: PolicySet) {
  const { secondExceeds } = compare(first, second, { actions });
  const witnesses = secondExceeds.verdict === "proven" ? secondExceeds.witnesses : [];
  return findChanges(witnesses, second, first, actions, ({ cause }) => cause.kind, new Budget());
}

const isNew = (request: Request, first: PolicySet, second: PolicySet): boolean =>
  evaluate(request, second).verdict === "allowed" && evaluate(request, first).verdict === "denied";

describe("what changes are found between two policies", () => {
  it.each<PolicyKind>(["identity", "trust", "resource"])(
    "holds for whatever request they name: %s",
    (kind) => {
      const setOf = (document: Json): PolicySet => ({ kind, documents: [policyOf(plain(document), kind)] });
      let claims = 0;
      fc.assert(
        fc.property(
          documentOf(kind),
          documentOf(kind),
          fc.array(requestOf(kind), { minLength: 20, maxLength: 20 }),
          (one, other, requests) => {
            const [first, second] = [setOf(one), setOf(other)];
            const { changes } = changesBetween(first, second);
            for (const request of requests.map((asked) => ({ ...asked, context: {} }))) {
              const verdicts = [first, second].map((set) => evaluate(request, set).verdict);
              if (verdicts.includes("uncertain") || !isClaimed(changes, request)) continue;
              claims++;
              expect(isNew(request, first, second), JSON.stringify(request)).toBe(true);
            }
          },
        ),
        { numRuns: 150 },
      );
      expect(claims).toBeGreaterThan(20);
    },
  );

  it("takes in every request that is new, where lists are plain", () => {
    const letters = ["a", "b", "c", "d"];
    const some = fc.uniqueArray(fc.constantFrom(...letters), { minLength: 1 });
    const statement = fc.record({ deny: fc.boolean(), act: some, on: some, by: some }).map(
      ({ deny, act, on, by }): Json => ({
        Effect: deny ? "Deny" : "Allow",
        Action: act.map((letter) => `s3:${letter}`),
        Resource: on.map((letter) => `arn:aws:s3:::${letter}`),
        Principal: { Service: by.map((letter) => `${letter}.amazonaws.com`) },
      }),
    );
    const set = fc.array(statement, { minLength: 1, maxLength: 4 }).map(
      (Statement): PolicySet => ({
        kind: "resource",
        documents: [policyOf({ Version: "2012-10-17", Statement }, "resource")],
      }),
    );
    fc.assert(
      fc.property(set, set, (first, second) => {
        const { changes, isWhole } = changesBetween(first, second);
        expect(isWhole).toBe(true);
        for (const act of letters)
          for (const on of letters)
            for (const by of letters) {
              const request: Request = {
                action: `s3:${act}`,
                resource: `arn:aws:s3:::${on}`,
                principal: { type: "Service", id: `${by}.amazonaws.com` },
                context: {},
              };
              expect(isClaimed(changes, request), JSON.stringify(request)).toBe(
                isNew(request, first, second),
              );
            }
      }),
      { numRuns: 100 },
    );
  });

  describe("of lists longer than can be asked about", () => {
    const many = Array.from({ length: 900 }, (_, i) => `s3:GetObject${i}`);
    const identity = (statement: Json): PolicySet => ({
      kind: "identity",
      documents: [
        policyOf({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } }, "identity"),
      ],
    });
    const told = (before: Json, after: Json) => {
      const { changes, isWhole } = changesBetween(identity(before), identity(after));
      const names = ({ actions: all, resources }: Change) =>
        `${all.map(({ item }) => item.name).join()} on ${resources.map(({ item }) => item.name).join()}`;
      return { changes: changes.map(names), isWhole };
    };
    const action = { Action: many, Resource: "*" };
    const condition = { Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } } };
    const resource = "arn:aws:s3:::logs/*";

    it("an action that is new is told, and nothing is left out", () => {
      const more = { ...action, Action: [...many, "sqs:SendMessage"] };
      expect(told(action, more)).toEqual({ changes: ["`sqs:SendMessage` on any resource"], isWhole: true });
    });

    it("an action that is new is told under conditions too, though not all is looked at", () => {
      const more = { ...action, ...condition, Action: [...many, "sqs:SendMessage"] };
      expect(told({ ...action, ...condition }, more)).toEqual({
        changes: ["`sqs:SendMessage` on any resource"],
        isWhole: false,
      });
    });

    it("a condition that is gone is told of those that were looked at", () => {
      const { changes, isWhole } = told({ ...action, ...condition }, action);
      expect(changes).toHaveLength(1);
      expect(changes[0]).toMatch(/`s3:GetObject0`,.* on any resource$/);
      expect(isWhole).toBe(false);
    });

    it("a resource that is new is told for as many", () => {
      const less = { Action: many, Resource: ["arn:aws:s3:::a/*"] };
      const { changes } = told(less, { ...less, Resource: ["arn:aws:s3:::a/*", resource] });
      expect(changes).toHaveLength(1);
      expect(changes[0]).toContain(` on \`${resource}\``);
    });
  });
});
