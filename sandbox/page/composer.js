// The message boxes: drafts for every conversation, and the app's commands while one is typed.
import { $, $$, isNarrow, kept, openWindow } from "./near.js";
import { isSaidThere, send } from "./wire.js";

const HIGHEST = 200;
const box = $("#say");
const list = $("#commands");
let draft = "";

/** After every drawing: the box belongs to the conversation that is shown now. */
export function followConversation() {
  const shown = $("#conversation").dataset;
  box.placeholder = shown.placeholder;
  const name = draftOf(box.form);
  if (name === draft) return;
  draft = name;
  put(box, kept.get("sessionStorage", draft));
}

/** A thread that has just been opened gets back what was begun in it. */
export function followThread() {
  const reply = $("#right .composer textarea");
  if (!reply || reply.dataset.draft) return;
  reply.dataset.draft = draftOf(reply.form);
  put(reply, kept.get("sessionStorage", reply.dataset.draft));
}

const draftOf = (form) => {
  const { me, at } = $("#conversation").dataset;
  return `draft ${me} ${at} ${form.dataset.replyTo}`;
};

/** Put words into a box as if they had been typed. */
export function put(into, words) {
  into.value = words;
  grow(into);
  kept.set("sessionStorage", draftOf(into.form), words);
}

/** Put a command into the message box. */
export function type(words) {
  put(box, words);
  box.focus();
  offer();
}

/** Whoever arrives at a conversation can write at once; on a small screen the keyboard stays down. */
export function focusBox(form = box.form) {
  if (!openWindow() && !isNarrow()) $("textarea", form).focus();
}

export function typed(event) {
  put(event.target, event.target.value);
  if (event.target === box) offer();
}

export async function say(form) {
  const from = $("textarea", form);
  const text = from.value;
  if (!text.trim()) return;
  put(from, "");
  list.hidden = true;
  const answer = await send("say", { text, thread: form.dataset.replyTo }, $(".send", form));
  // what was not taken comes back, so that it can be sent again
  if (answer.trouble && !from.value && !isSaidThere(answer.trouble)) put(from, text);
}

/** Keys in a message box; says whether the key was used. */
export function keyInBox(event) {
  const offered = event.target === box && !list.hidden ? $$("li:not([hidden])", list) : [];
  const at = offered.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const whole = offered.some((each) => each.dataset.command === box.value.trim());
  if (offered.length && step) mark(offered, (at + step + offered.length) % offered.length);
  else if (offered.length && (event.key === "Tab" || (event.key === "Enter" && !whole))) take(offered[Math.max(at, 0)]);
  else if (event.key === "Enter" && !event.shiftKey) event.target.form.requestSubmit();
  else return false;
  event.preventDefault();
  return true;
}

/** Esc while commands are offered. */
export function closeCommands() {
  const was = list.hidden;
  list.hidden = true;
  box.removeAttribute("aria-activedescendant");
  return !was;
}

function offer() {
  const words = box.value;
  const wanted = $$("li", list).filter((item) => {
    item.hidden = !item.dataset.command.startsWith(words.trimEnd());
    return !item.hidden;
  });
  list.hidden = !words.startsWith("/") || /\s\S/.test(words) || !wanted.length;
  mark(wanted, 0);
}

function mark(items, at) {
  $$("li", list).forEach((item) => item.setAttribute("aria-selected", item === items[at]));
  if (list.hidden) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", items[at].id);
}

function take(item) {
  put(box, `${item.dataset.command} `);
  closeCommands();
  box.focus();
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, HIGHEST)}px`;
}

box.addEventListener("blur", closeCommands);
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const item = event.target.closest("li");
  if (item) take(item);
});
