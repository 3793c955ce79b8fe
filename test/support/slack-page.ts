import type { renderSlack } from "../../lib/notify/render-slack.ts";

type SlackMessage = ReturnType<typeof renderSlack>[number];
type Block = SlackMessage["blocks"][number];

/** Slack messages laid out much as Slack does, for people to look at: the notification, then each message. */
export function slackPage(messages: readonly SlackMessage[]): string {
  const parts = messages.map(({ text, blocks, attachments }) => {
    const sides = attachments.map(
      ({ color, blocks: inner }) =>
        `<div class="attachment" style="border-color:${color}">\n${inner.map(blockHtml).join("\n")}\n</div>`,
    );
    return `<p class="lock">${text}</p>\n<section>\n${blocks.map(blockHtml).join("\n")}\n${sides.join("\n")}\n</section>`;
  });
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Slack</title>\n<style>${style}</style>\n${parts.join("\n")}\n</html>\n`;
}

const style = `
body{font:15px/1.45 Lato,Arial,sans-serif;width:640px;margin:16px;color:#1d1c1d}
section{margin:0 0 24px}
.lock{background:#333;color:#fff;border-radius:10px;padding:8px 12px}
.attachment{border-left:4px solid;padding:2px 0 2px 12px;margin:8px 0}
.attachment>div{margin:6px 0;overflow-wrap:anywhere}
h3{font-size:18px;margin:4px 0}
.context{font-size:13px;color:#616061}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:6px;margin-top:6px}
code{background:#f4f4f4;border:1px solid #ddd;border-radius:3px;color:#c01343;font-size:12px;padding:1px 3px}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;font-size:12px;padding:8px;margin:4px 0;white-space:pre-wrap}
`;

function blockHtml(block: Block): string {
  switch (block.type) {
    case "header":
      return `<h3>${block.text.text}</h3>`;
    case "section": {
      const fields = (block.fields ?? []).map(({ text }) => `<div>${mrkdwn(text)}</div>`).join("");
      return `<div>${mrkdwn(block.text.text)}${fields === "" ? "" : `<div class="fields">${fields}</div>`}</div>`;
    }
    case "context":
      return `<div class="context">${block.elements.map(({ text }) => mrkdwn(text)).join(" ")}</div>`;
    case "divider":
      return "<hr>";
    default:
      return block satisfies never;
  }
}

/** Slack's own marks, as far as its messages use them; the text is escaped as Slack wants it, and HTML too. */
const mrkdwn = (text: string): string =>
  text
    .split("```")
    .map((part, index) =>
      index % 2 === 1
        ? `<pre>${part}</pre>`
        : part
            .split("`")
            .map((bit, at) => (at % 2 === 1 ? `<code>${bit}</code>` : formatted(bit)))
            .join(""),
    )
    .join("");

const formatted = (text: string): string =>
  text
    .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/gu, "<b>$1</b>")
    .replace(/(?<!\w)_([^_\n]+)_(?!\w)/gu, "<i>$1</i>")
    .replace(/(?<!\w)~([^~\n]+)~(?!\w)/gu, "<s>$1</s>")
    .replace(/\n/gu, "<br>\n");
