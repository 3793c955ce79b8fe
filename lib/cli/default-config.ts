import { catalogue } from "../config/catalogue.generated.ts";
import { controlIds } from "../controls/registry.ts";
import { configInMemory } from "../init/config-in-memory.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { Facts } from "../model/facts.ts";
import type { Io } from "./io.ts";

/** What is watched where nobody wrote a configuration: what `init` would write. */
export const defaultConfig = (facts: Facts, { env }: Pick<Io, "env">): ResolvedConfig =>
  configInMemory(facts, { catalogue, controls: controlIds, env });
