import middy, { type MiddyfiedHandler } from "@middy/core";
import type { Context } from "aws-lambda";
import { telemetry } from "./telemetry.ts";

/** A handler whose lines name their request and whose metrics are written whatever becomes of it. */
export const serve = (
  run: (input: unknown, context: Context) => Promise<unknown>,
): MiddyfiedHandler<unknown, unknown, Error, Context> =>
  middy<unknown, unknown, Error, Context>(run)
    .before(({ context }) => telemetry.begin(context))
    .after(() => telemetry.end())
    .onError(() => telemetry.end());
