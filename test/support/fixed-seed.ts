import fc from "fast-check";

/**
 * The same cases on every run and every machine: a red test is somebody's change, not somebody's luck.
 * New cases are searched for on purpose: `ROLECALL_SEED=$RANDOM npx vitest run`, and `npm run attack`.
 */
fc.configureGlobal({ seed: Number(process.env["ROLECALL_SEED"] ?? 20_261_122) });
