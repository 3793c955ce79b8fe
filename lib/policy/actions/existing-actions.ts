/** One action that exists today. */
interface ExistingAction {
  /** In AWS's spelling: `s3:GetObject`. */
  readonly action: string;
  /**
   * The form of the ARNs that it is about, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`:
   * the plainest of those that it takes. Undefined when it takes none, and is asked on `*`.
   */
  readonly shape?: string;
}

/**
 * The actions that exist today, as far as known: the list lags AWS. It labels and illustrates
 * differences; nothing may be called equivalent because of it.
 */
export interface ExistingActions {
  /** Which list this is. */
  readonly version: string;
  /** All service prefixes, in lower case. */
  readonly services: readonly string[];
  /** The actions of one service, sorted; none for one that is not known. Letter case does not count. */
  ofService(prefix: string): readonly ExistingAction[];
  /** Letter case does not count; undefined when no such action exists. */
  find(action: string): ExistingAction | undefined;
}

/**
 * Unpacks the list. The text has a line per service, sorted: prefix, shapes, action names, and one
 * character per action that says which shape is its own (`-`: none), the parts divided by tabs and the
 * items by spaces. A service is only looked into when it is asked for.
 */
export function unpackActions(version: string, text: string): ExistingActions {
  const lines = new Map(text.split("\n").map((line) => [line.slice(0, line.indexOf("\t")), line]));
  const known = new Map<string, readonly ExistingAction[]>();
  const ofService = (prefix: string): readonly ExistingAction[] => {
    const service = prefix.toLowerCase();
    let actions = known.get(service);
    if (actions === undefined) {
      actions = unpackService(lines.get(service));
      known.set(service, actions);
    }
    return actions;
  };
  return {
    version,
    services: [...lines.keys()],
    ofService,
    find(action) {
      const lower = action.toLowerCase();
      return ofService(lower.slice(0, Math.max(0, lower.indexOf(":")))).find(
        (one) => one.action.toLowerCase() === lower,
      );
    },
  };
}

/** The n-th shape of a service is written as the n-th character from `0` on. */
export const firstShapeMark = 0x30;

function unpackService(line: string | undefined): readonly ExistingAction[] {
  if (line === undefined) return [];
  const [prefix = "", shapes = "", names = "", marks = ""] = line.split("\t");
  const forms = shapes.split(" ");
  return names.split(" ").map((name, index) => {
    const form = forms[marks.charCodeAt(index) - firstShapeMark];
    const action = `${prefix}:${name}`;
    return form === undefined ? { action } : { action, shape: form };
  });
}

/**
 * A plausible ARN of a shape. What the shape leaves open is filled in by name: `example-bucket` for
 * `${BucketName}`.
 */
export function exampleArn(
  shape: string,
  known: { readonly partition: string; readonly region: string; readonly account: string },
): string {
  return shape.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const lower = name.toLowerCase();
    if (lower === "partition" || lower === "region" || lower === "account") return known[lower];
    const noun = name.replace(/(?:Name|Id|ID|Arn)(?:WithPath)?$/, "");
    return `example-${(noun === "" ? name : noun).replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}`;
  });
}
