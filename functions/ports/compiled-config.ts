import { compiled } from "rolecall:config";
import type { ResolvedConfig } from "../../lib/model/config.ts";

/** What is watched: compiled and checked when the stack was packaged. */
export const config = JSON.parse(compiled) as ResolvedConfig;
