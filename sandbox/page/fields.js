// What the controls of Block Kit hold, where they stand, and the searching select.
"use strict";

const TYPED = "input:not([type=radio]):not([type=checkbox]), textarea";

/** The control (the element with its ids) that something belongs to. */
const controlOf = (element) => element.closest("[data-action-id]");

/** Where a control stands: in a view, or below a message. */
function placeOf(control) {
  const view = control.closest("form[data-view]");
  const message = control.closest("[data-ts]");
  return {
    view: view ? view.dataset.view : "",
    ts: view || !message ? "" : message.dataset.ts,
    block: control.dataset.blockId,
    action: control.dataset.actionId,
  };
}

function valuesOf(control) {
  if (control.matches("fieldset")) return [...control.querySelectorAll(":checked")].map((each) => each.value);
  if (control.matches("select")) return [...control.selectedOptions].map((each) => each.value);
  if (isSearch(control)) return JSON.parse(control.dataset.chosen || "[]");
  return [control.value];
}

const isSearch = (control) => control.dataset.type.endsWith("external_select");
const isMany = (control) => control.dataset.type.startsWith("multi_");

/** All typed fields of a form, as they stand now. */
function typedFields(form) {
  const fields = [...form.querySelectorAll("[data-action-id]")];
  return fields
    .filter((each) => each.matches(TYPED) && !isSearch(each))
    .map((each) => ({ block: each.dataset.blockId, action: each.dataset.actionId, values: valuesOf(each) }));
}

const confirmed = (control) => {
  if (!control.dataset.confirm) return Promise.resolve(true);
  const asked = JSON.parse(control.dataset.confirm);
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  const words = document.createElement("p");
  const buttons = document.createElement("footer");
  const [no, yes] = [document.createElement("button"), document.createElement("button")];
  title.textContent = asked.title.text;
  words.textContent = asked.text.text;
  no.textContent = asked.deny.text;
  yes.textContent = asked.confirm.text;
  no.className = "button";
  yes.className = asked.style === "danger" ? "button danger" : "button primary";
  buttons.append(no, yes);
  dialog.append(title, words, buttons);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    yes.onclick = () => dialog.close("yes");
    no.onclick = () => dialog.close("");
    dialog.onclose = () => { dialog.remove(); resolve(dialog.returnValue === "yes"); };
  });
};

/** The searching select: an input with the list of what the app offers below it. */
class Search {
  constructor(input, ask, choose) {
    Object.assign(this, { input, ask, choose, options: [], at: -1 });
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    input.addEventListener("input", () => this.later());
    input.addEventListener("focus", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.leave(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li[data-at]");
      if (item) this.pick(Number(item.dataset.at));
    });
  }
  later() {
    clearTimeout(this.timer);
    const least = Number(this.input.dataset.minQueryLength);
    const typed = this.input.value === this.input.dataset.shown ? "" : this.input.value;
    if (typed.length < least) { this.hide(); return; }
    this.timer = setTimeout(async () => this.offer(await this.ask(this.input, typed)), 120);
  }
  offer(answer) {
    if (document.activeElement !== this.input) return;
    this.options = answer.options || [];
    this.at = -1;
    this.list.replaceChildren(...this.options.map((option, at) => {
      const item = document.createElement("li");
      item.textContent = option.text;
      item.dataset.at = at;
      item.id = `${this.list.id}-${at}`;
      item.setAttribute("role", "option");
      return item;
    }));
    if (!this.options.length) {
      const item = document.createElement("li");
      item.className = "quiet";
      item.textContent = answer.trouble || "Nothing found.";
      this.list.append(item);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      this.at = (this.at + step + this.options.length) % this.options.length;
      [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", at === this.at));
      this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
      this.list.children[this.at].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !this.list.hidden && this.options.length) this.pick(Math.max(this.at, 0));
    else if (event.key === "Enter") return event.preventDefault();
    else if (event.key === "Escape" && !this.list.hidden) { this.hide(); event.stopPropagation(); }
    else if (event.key === "Backspace" && isMany(this.input) && !this.input.value) this.drop();
    else return;
    event.preventDefault();
  }
  pick(at) {
    const option = this.options[at];
    const many = isMany(this.input);
    const before = many ? JSON.parse(this.input.dataset.chosen || "[]") : [];
    this.set([...new Set([...before, option.value])], many ? "" : option.text);
    this.hide();
  }
  drop() { this.set(JSON.parse(this.input.dataset.chosen || "[]").slice(0, -1), ""); }
  set(values, shown) {
    this.input.dataset.chosen = JSON.stringify(values);
    this.input.dataset.shown = shown;
    this.input.value = shown;
    this.choose(this.input);
  }
  leave() {
    this.hide();
    if (!this.input.value && this.input.dataset.shown) this.set([], "");
    else this.input.value = this.input.dataset.shown || "";
  }
  hide() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}
