import { withoutSecrets } from "../model/redact.ts";
import { absent, type Denied, denied, found, type Seen } from "../model/seen.ts";

/**
 * One read of AWS: found, absent (AWS says that there is no such thing) or denied with the IAM action
 * that would have answered. Refusals, throttling after the last attempt, lost connections and replies
 * that cannot be read all are "could not see".
 */
export async function read<T>(action: string, call: () => Promise<T>): Promise<Seen<T>> {
  try {
    return found(await call());
  } catch (error) {
    return isAbsence(error) ? absent : denied(action, reasonOf(error));
  }
}

/** Pages of one read, in order, and why they are not all. Each page is handed on and not kept. */
export async function readPages<T>(
  action: string,
  call: (token: string | undefined) => Promise<T>,
  next: (page: T) => { readonly more: boolean; readonly token: string | undefined },
  take: (page: T) => void,
): Promise<Exclude<Seen<undefined>, { at: "found" }> | undefined> {
  const seen = new Set<string>();
  let token: string | undefined;
  for (;;) {
    const page = await read(action, () => call(token));
    if (page.at !== "found") return page;
    take(page.value);
    const { more, token: following } = next(page.value);
    if (!more) return undefined;
    if (following === undefined || following === "" || seen.has(following))
      return denied(action, "the reply says that more follows, and not where");
    seen.add(following);
    token = following;
  }
}

/** What is absent after it was there a moment ago changed while it was read. */
export const vanished = (action: string): Denied => denied(action, "it changed while it was read");

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** In the words of IAM, of SQS, of SNS, of CloudTrail and of the others. */
const isAbsence = (error: unknown): boolean =>
  /^(NoSuchEntity(Exception)?|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|NotFound(Exception)?|TrailNotFoundException|ResourceNotFoundException)$/.test(
    nameOf(error),
  );

const isThrottling = (name: string): boolean =>
  /^(Throttling(Exception)?|ThrottledException|RequestThrottled(Exception)?|TooManyRequestsException|RequestLimitExceeded|SlowDown|PriorRequestNotComplete)$/.test(
    name,
  );

/** A sentence for the person, without the encoded blob that EC2 appends. */
function reasonOf(error: unknown): string {
  const name = nameOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const said = withoutSecrets(text)
    .replace(/\s*(Encoded authorization failure message|Deserialization error): .*$/s, "")
    .replaceAll(/\s+/g, " ");
  const short = said.length > 300 ? `${said.slice(0, 300)}…` : said;
  if (isThrottling(name)) return `AWS throttled it until the attempts ran out (${short || name})`;
  return name === "" || name === "Error" ? short : `${name}: ${short}`;
}
