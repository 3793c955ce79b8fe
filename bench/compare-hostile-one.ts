// One hostile pair, alone in its process: prints how long its comparison took and how much memory it added.
import { compare } from "../lib/policy/compare.ts";
import { hostilePairs } from "./hostile.ts";
import { policySet } from "./policy-sets.ts";

const pair = hostilePairs[Number(process.argv[2])];
if (pair === undefined) throw new Error("no such pair");
const [first, second] = [policySet("identity", pair.first), policySet("identity", pair.second)];
const peak = () => process.resourceUsage().maxRSS / 1024;
const before = peak();
const start = performance.now();
compare(first, second);
const ms = performance.now() - start;
console.log(JSON.stringify({ ms, mebibytes: peak() - before }));
