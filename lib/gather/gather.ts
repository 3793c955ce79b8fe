import type { Facts } from "../model/facts.ts";
import type { FactsPort, Progress } from "./port.ts";

export interface GatherRequest {
  readonly source: Facts["source"];
  readonly regions: readonly string[];
  readonly now: () => Date;
  readonly progress?: Progress;
}

/** Regions read at a time, four lists each. */
const regionsAtOnce = 4;

/** All that is judged of an account, IAM and the regions side by side. Throws only when there is no account to read. */
export async function gather(port: FactsPort, request: GatherRequest): Promise<Facts> {
  const at = request.now().toISOString();
  const [identity, iam, regions] = await Promise.all([
    port.identity(),
    port.account(request.progress),
    mapLimited([...new Set(request.regions)], regionsAtOnce, (region) =>
      port.region(region, request.progress),
    ),
  ]);
  return { identity, at, source: request.source, iam, regions };
}

/** As `Promise.all` over a map, at most `limit` at a time; the answers keep their order. */
async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  one: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const answers = new Map<number, R>();
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) answers.set(index, await one(item));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return items.flatMap((_, index) => {
    const answer = answers.get(index);
    return answer === undefined ? [] : [answer];
  });
}
