// Ctrl or Cmd + K: one box that leads to every conversation, person, command and moment.
import { $, $$ } from "./near.js";

const MOST = 30;
const dialog = $("#jump");
const box = $("#jump-words");
const list = $("#jump-list");
let shown = [];
let at = 0;

// where the buttons stand that can be reached, and what one of them means, in words
const SOURCES = [
  ["#left .place[data-do]", (words) => words, "conversation"],
  ["#you .sheet button:not([aria-current])", (words) => `Be ${words}`, "person"],
  ["#write .sheet button", (words) => `Write to ${words}`, "direct message"],
  ["#plus .sheet button[data-type]", (words) => words, "command"],
  ["#plus .sheet button[data-do]", (words) => words, "shortcut"],
  [".skips button:enabled", (words) => words, "time"],
];

export function openJump() {
  if (dialog.open) return dialog.close();
  box.value = "";
  dialog.showModal();
  offer();
}

function places() {
  return SOURCES.flatMap(([selector, say, kind]) => $$(selector).map((button) => ({ button, kind, words: say(wordsOf(button)) })));
}

function wordsOf(button) {
  const copy = button.cloneNode(true);
  $$("small, .badge, .face, .short", copy).forEach((each) => each.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function offer() {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words, kind }) => wanted.every((each) => `${words} ${kind}`.toLowerCase().includes(each));
  shown = places().filter(fits).slice(0, MOST);
  list.replaceChildren(...shown.map(item));
  if (!shown.length) list.append(nothing());
  mark(0);
}

function item(place, n) {
  const entry = document.createElement("li");
  const words = document.createElement("span");
  const kind = document.createElement("small");
  const picture = $(".face, .sign, svg", place.button)?.cloneNode(true);
  picture?.classList.replace("tiny", "small");
  words.textContent = place.words;
  kind.textContent = place.kind;
  entry.append(picture || "", words, kind);
  entry.id = `jump-${n}`;
  entry.setAttribute("role", "option");
  return entry;
}

function nothing() {
  const entry = document.createElement("li");
  entry.className = "quiet";
  entry.textContent = "Nothing is called that here.";
  return entry;
}

function mark(n) {
  at = n;
  [...list.children].forEach((each, i) => each.setAttribute("aria-selected", i === at && shown.length > 0));
  if (shown.length) box.setAttribute("aria-activedescendant", `jump-${at}`);
  else box.removeAttribute("aria-activedescendant");
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

function take(n) {
  dialog.close();
  shown[n]?.button.click();
}

box.addEventListener("input", offer);
box.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && shown.length) mark((at + step + shown.length) % shown.length);
  else if (event.key === "Enter") take(at);
  else return;
  event.preventDefault();
});
list.addEventListener("click", (event) => {
  const entry = event.target.closest("[role=option]");
  if (entry) take([...list.children].indexOf(entry));
});
