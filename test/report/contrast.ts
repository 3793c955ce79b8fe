import type { Page } from "playwright-core";

export interface Pair {
  readonly text: string;
  readonly color: string;
  readonly ground: string;
  readonly ratio: number;
  /** WCAG's large text: 24 px, or 18.66 px and bold. */
  readonly large: boolean;
}

/** The contrast (WCAG 2) of every piece of visible text with the ground behind it. */
export const contrast = (page: Page): Promise<Pair[]> => page.evaluate<Pair[]>(inPage);

/** Runs in the page. Colours are painted, since browsers parse what they print. */
const inPage = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (under, over) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of [under, over]) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const rgb = (parts) => "rgb(" + parts.join(",") + ")";
  const luminance = (parts) => {
    const [r, g, b] = parts.map((part) => {
      const s = part / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    const chain = [];
    for (let e = element; e !== null; e = e.parentElement) chain.unshift(e);
    return chain.reduce((under, e) => rgb(paint(under, getComputedStyle(e).backgroundColor)), "rgb(255,255,255)");
  };
  const pairs = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (text === "" || element.localName === "script") continue;
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".none, .hidden, .skip")) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const front = paint(ground, style.color);
    const [light, dark] = [luminance(front), luminance(paint(ground, ground))].sort((a, b) => b - a);
    const size = Number.parseFloat(style.fontSize);
    pairs.push({
      text: text.slice(0, 40),
      color: rgb(front),
      ground,
      ratio: (light + 0.05) / (dark + 0.05),
      large: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700),
    });
  }
  return pairs;
})()`;
