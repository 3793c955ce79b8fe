/**
 * What the page does by itself: filter, fold, copy. It reads the page it is in and nothing else, and
 * sets text only as text. Plain script for any browser of the last years; no dependency.
 */
export const script = `"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const text = byId("f-text"), platform = byId("f-platform"), severity = byId("f-severity"), group = byId("f-group");
  const items = all(".item").map((element) => ({ element, data: element.dataset, words: element.textContent.toLowerCase() }));
  const told = items.filter((item) => item.element.localName === "article");
  const quiet = byId("quiet"), count = byId("count");
  const picks = all(".pick");

  const filter = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const narrow = words.length > 0 || platform.value || severity.value || group.value;
    let shown = 0, shownQuiet = 0;
    for (const { element, data, words: own } of items) {
      const fits = (!platform.value || data.platform === platform.value)
        && (!severity.value || data.severity === severity.value)
        && (!group.value || data.group === group.value)
        && words.every((word) => own.includes(word));
      element.hidden = !fits;
      if (fits) element.localName === "article" ? shown++ : shownQuiet++;
    }
    if (quiet) {
      quiet.hidden = narrow && shownQuiet === 0;
      quiet.open = Boolean(narrow && shownQuiet > 0 && (shown === 0 || group.value));
      quiet.firstElementChild.textContent = shownQuiet + " passed or not applicable";
    }
    count.textContent = narrow
      ? shown + " of " + told.length + " shown" + (shownQuiet > 0 ? ", and " + shownQuiet + " passed or not applicable" : "")
      : told.length + " shown, worst first";
    for (const pick of picks) {
      pick.setAttribute("aria-pressed", String(pick.dataset.platform === platform.value && pick.dataset.group === group.value));
    }
  };

  const form = document.querySelector(".filters");
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  const say = (button, words) => {
    button.textContent = words;
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  };
  const copy = async (button) => {
    const source = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(source.textContent);
      say(button, "Copied");
    } catch {
      getSelection().selectAllChildren(source);
      say(button, document.execCommand("copy") ? "Copied" : "Selected");
    }
  };

  const openAll = byId("open-all");
  const openEvery = (open) => { for (const details of all("article > details")) details.open = open; };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("copy")) void copy(button);
    else if (button.classList.contains("pick")) {
      const again = button.getAttribute("aria-pressed") === "true";
      form.reset();
      if (!again) {
        platform.value = button.dataset.platform;
        group.value = button.dataset.group;
      }
      setTimeout(filter);
    } else if (button === openAll) {
      const open = openAll.getAttribute("aria-pressed") !== "true";
      openAll.setAttribute("aria-pressed", String(open));
      openAll.textContent = open ? "Close all" : "Open all";
      openEvery(open);
    } else if (button.closest(".unfold")) {
      const unfold = button.closest(".unfold");
      unfold.hidden = true;
      unfold.nextElementSibling.hidden = false;
    }
  });

  for (const unfold of all(".unfold")) {
    unfold.hidden = false;
    unfold.nextElementSibling.hidden = true;
  }
  const worst = document.querySelector("article.failed");
  if (worst) for (const details of all(":scope > details:not(.identity)", worst)) details.open = true;

  let before = [];
  addEventListener("beforeprint", () => {
    before = all("article > details").map((details) => [details, details.open]);
    openEvery(true);
  });
  addEventListener("afterprint", () => { for (const [details, open] of before) details.open = open; });
})();
`;
