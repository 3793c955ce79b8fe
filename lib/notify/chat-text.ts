import { plain } from "./plain.ts";

/** The three characters that Slack gives a meaning in every text: no mention or link can be forged. */
export const entities = (text: string): string =>
  text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;");

/**
 * Text from an account for a chat's markdown, before it is cut `limit` characters long: marks that would
 * mention, link or format lose their meaning. Names stand as code, where a chat formats nothing; so do
 * words that hold a mark of their own (`ec2:*`, `my_role`), for an escaped mark is shown with its escape.
 */
export function chatText(value: string, limit: number): string {
  const safe = entities(plain(value, limit))
    .replace(/`{2,}/gu, (run) => "ˋ".repeat(run.length))
    .replace(/@(?=(?:here|channel|everyone)\b)/giu, "＠")
    .replaceAll("://", "[:]//");
  const parts = safe.split("`");
  // An odd mark would take the rest of the message for code.
  if (parts.length % 2 === 0) return marked(safe.replaceAll("`", "ˋ"));
  return parts.map((part, index) => (index % 2 === 0 ? marked(part) : `\`${part}\``)).join("");
}

/** The words that hold a mark as code, without the stops that follow them. */
const marked = (text: string): string =>
  text.replace(/\S+/gu, (run) => {
    if (!/[*_~]/u.test(run)) return run;
    let end = run.length;
    while (stops.has(run.charAt(end - 1))) end -= 1;
    return `\`${run.slice(0, end)}\`${run.slice(end)}`;
  });
const stops: ReadonlySet<string> = new Set(".,;:!?)");

/** A name or an ARN as code. */
export const chatCode = (value: string, limit: number): string =>
  `\`${entities(plain(value, limit)).replace(/`/gu, "ˋ")}\``;

/**
 * Cuts what is escaped already, within `limit` UTF-16 units (whichever way a receiver counts): no character,
 * no entity and no code is cut in two.
 */
export function capped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/u, "");
  const whole = kept.replace(/&[a-z]{0,3}$/u, "");
  return `${whole.split("`").length % 2 === 0 ? whole.replace(/`([^`]*)$/u, "ˋ$1") : whole}…`;
}
