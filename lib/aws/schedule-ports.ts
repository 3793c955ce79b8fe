import type { Look } from "../watch/ports.ts";
import { lambdaAsk } from "./lambda-ask.ts";

/** Where a schedule's tick asks for audits: each list of looks is one run of the function. */
export function deployedAudits(functionName: string): (looks: readonly Look[]) => Promise<void> {
  const ask = lambdaAsk();
  return (looks) => ask(functionName, looks);
}
