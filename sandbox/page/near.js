// The few words that every script here uses, and what the page says to people.

export const $ = (selector, inside = document) => inside.querySelector(selector);
export const $$ = (selector, inside = document) => [...inside.querySelectorAll(selector)];

export const isNarrow = () => matchMedia("(max-width: 60rem)").matches;
export const openWindow = () => $("#modal [data-window]")?.dataset.window || "";

const SHOWN_FOR = 7000;

/** Say something in a corner for a while; screen readers read it. */
export function toast(words) {
  if ($$("#toasts p").some((each) => each.textContent === words)) return;
  const shown = document.createElement("p");
  shown.textContent = words;
  $("#toasts").append(shown);
  setTimeout(() => shown.remove(), SHOWN_FOR);
}

/** Say something to screen readers only. */
export function announce(words) {
  $("#heard").textContent = words;
}

/** What this browser remembers under a name; nothing where it keeps nothing. */
export const kept = {
  get(store, name) { try { return window[store].getItem(name) || ""; } catch { return ""; } },
  set(store, name, value) {
    try { value ? window[store].setItem(name, value) : window[store].removeItem(name); } catch { /* then not */ }
  },
};
