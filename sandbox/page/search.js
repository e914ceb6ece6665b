// The searching select: a field with the list of what the app offers below it.
import { isMany } from "./fields.js";

const PAUSE = 120;
const searches = new WeakMap();

/** Bring a field to life, once; `ask(field, typed)` fetches options, `choose(field)` tells what is chosen. */
export function enliven(input, ask, choose) {
  if (!searches.has(input)) searches.set(input, new Search(input, ask, choose));
}

class Search {
  constructor(input, ask, choose) {
    Object.assign(this, { input, ask, choose, options: [], at: -1 });
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    input.addEventListener("input", () => this.later());
    input.addEventListener("click", () => this.later());
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
    const typed = this.typed();
    if (typed.length < least) { this.hide(); return; }
    this.timer = setTimeout(async () => this.offer(typed, await this.ask(this.input, typed)), PAUSE);
  }

  typed() { return this.input.value === this.input.dataset.shown ? "" : this.input.value; }

  offer(typed, answer) {
    if (document.activeElement !== this.input || typed !== this.typed()) return;
    this.offered = typed;
    this.options = answer.options || [];
    this.list.replaceChildren(...this.options.map((option, at) => this.item(option.text, at)));
    if (!this.options.length) this.list.append(this.item(answer.trouble || "Nothing found."));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.list.scrollIntoView({ block: "nearest" });
    this.mark(this.options.length ? 0 : -1);
  }

  item(words, at = null) {
    const item = document.createElement("li");
    item.textContent = words;
    if (at === null) { item.className = "quiet"; return item; }
    item.dataset.at = at;
    item.id = `${this.list.id}-${at}`;
    item.setAttribute("role", "option");
    return item;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", n === at));
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
    this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const open = !this.list.hidden;
    if (step && !open) this.later();
    else if (step && this.options.length) this.mark((this.at + step + this.options.length) % this.options.length);
    else if (event.key === "Enter" && open && this.at >= 0) this.pick(this.at);
    else if (event.key === "Tab") return open && this.typed() && this.typed() === this.offered && this.at >= 0 && this.pick(this.at);
    else if (event.key === "Escape" && open) { this.hide(); event.stopPropagation(); }
    else if (event.key === "Backspace" && isMany(this.input) && !this.input.value) this.drop();
    else if (event.key !== "Enter") return;
    event.preventDefault();
  }

  pick(at) {
    const option = this.options[at];
    const many = isMany(this.input);
    const before = many ? this.chosen() : [];
    this.set([...new Set([...before, option.value])], many ? "" : option.text);
    this.hide();
  }

  drop() { this.set(this.chosen().slice(0, -1), ""); }

  chosen() { return JSON.parse(this.input.dataset.chosen || "[]"); }

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
    this.input.removeAttribute("aria-activedescendant");
  }
}
