import type { Place } from "../model/config.ts";
import type { Severity } from "../model/severity.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Path } from "./located-yaml.ts";
import type { ReadFile } from "./source-file.ts";

/** What every part of compiling a configuration works with. */
export interface Context {
  readonly catalogue: Catalogue;
  readonly read: ReadFile;
  /** Ids of all controls. */
  readonly controls: readonly string[];
  readonly severities: Readonly<Record<string, Severity>>;
  readonly placeOf: (path: Path) => Place;
  /** Notes something wrong at a value's place, or at its key's. */
  readonly complain: (path: Path, message: string, at?: "key") => void;
  /** Notes what is wrong in another file. */
  readonly complainElsewhere: (place: Place, message: string) => void;
  /** Whether an unknown key stands here: then what seems missing may only be misspelled. */
  readonly misspelled: (path: Path) => boolean;
}
