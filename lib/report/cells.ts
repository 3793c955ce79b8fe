/** How many cells a terminal gives to a text without escapes: East Asian wide and emoji take two, marks none. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Lines of at most `width` cells, broken at spaces where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const push = () => {
    lines.push(line);
    [line, used] = ["", 0];
  };
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const wide = cellWidth(word);
    if (used > 0 && used + 1 + wide > width) push();
    if (used > 0) [line, used] = [`${line} `, used + 1];
    if (used + wide <= width) {
      [line, used] = [line + word, used + wide];
      continue;
    }
    // A word wider than the line: an ARN, a document.
    for (const character of word) {
      const cells = characterWidth(character);
      if (used + cells > width) push();
      [line, used] = [line + character, used + cells];
    }
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

/** The text in at most `width` cells, with an ellipsis where something was cut off. */
export function clip(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    const cells = characterWidth(character);
    if (used + cells > width - 1) break;
    [kept, used] = [kept + character, used + cells];
  }
  return `${kept}…`;
}

const mark = /^\p{M}$/u;
const emoji = /^\p{Emoji_Presentation}$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]$/u;

function characterWidth(character: string): number {
  if (character < "\u0300") return 1;
  if (mark.test(character)) return 0;
  return wide.test(character) || emoji.test(character) ? 2 : 1;
}
