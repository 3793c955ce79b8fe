import type { SlackMessage } from "./render-slack.ts";

/** What posting needs of the world; time and chance are the caller's. */
export interface SlackPorts {
  fetch(
    url: string,
    init: {
      method: "POST";
      headers: Record<string, string>;
      body: string;
      signal: AbortSignal;
      redirect: "error";
    },
  ): Promise<{
    readonly status: number;
    readonly headers: { get(name: string): string | null };
    text(): Promise<string>;
  }>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  random(): number;
  /** How many milliseconds may still be spent. */
  readonly left: () => number;
}

/** A message that Slack did not take. `permanent`: the webhook is revoked or refuses the message as such. */
export class SlackError extends Error {
  override readonly name = "SlackError";
  readonly permanent: boolean;
  constructor(message: string, permanent: boolean) {
    super(message);
    this.permanent = permanent;
  }
}

const attempts = 5;
/** Milliseconds. */
const patience = 10_000;
const firstPause = 500;
const longestPause = 30_000;

/**
 * Posts one message. Tries again on a lost connection, `429` (after as long as Slack asks) and `5xx`,
 * with exponential pauses and full jitter; never past the time that is left. No error names the URL.
 */
export async function postSlack(url: string, message: SlackMessage, ports: SlackPorts): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(url, message, ports);
    if (answer === "taken") return;
    if (answer.permanent) throw new SlackError(answer.why, true);
    const pause = answer.after ?? ports.random() * Math.min(longestPause, firstPause * 2 ** attempt);
    if (attempt >= attempts) throw new SlackError(`${answer.why}, ${attempts} times`, false);
    if (pause + patience > ports.left())
      throw new SlackError(`${answer.why}, and no time is left to try again`, false);
    await ports.sleep(pause);
  }
}

type Answer = "taken" | { readonly why: string; readonly permanent: boolean; readonly after?: number };

async function post(url: string, message: SlackMessage, ports: SlackPorts): Promise<Answer> {
  let response: Awaited<ReturnType<SlackPorts["fetch"]>>;
  try {
    response = await ports.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(Math.max(1, Math.min(patience, ports.left()))),
      redirect: "error",
    });
  } catch (error) {
    // The cause may quote the address; only its kind is told.
    return {
      why: `Slack cannot be reached (${error instanceof Error ? error.name : "unknown"})`,
      permanent: false,
    };
  }
  const { status } = response;
  if (status >= 200 && status < 300) return "taken";
  const said = (await response.text().catch(() => "")).slice(0, 100).replace(/[^\w .-]/gu, "?");
  const why = `Slack answered ${status}${said === "" ? "" : ` (${said})`}`;
  if (status === 429) {
    const seconds = Number(response.headers.get("retry-after") ?? "1");
    return { why, permanent: false, after: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000 };
  }
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
  return { why, permanent: status < 500 && status !== 408 };
}
