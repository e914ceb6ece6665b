// Everything by keyboard. `page.html` lists these keys for people.
import { closeCommands, keyInBox } from "./composer.js";
import { controlOf, isSearch } from "./fields.js";
import { openJump } from "./jump.js";
import { keyInMenu, leaveMenu } from "./menus.js";
import { $, $$, isNarrow, openWindow } from "./near.js";
import { show } from "./drawing.js";
import { send } from "./wire.js";

const WRITES = "input:not([type=radio], [type=checkbox]), textarea, select";
const AREAS = [["left", "#you > summary"], ["middle", "#conversation"], ["middle", "#say"], ["right", "#right .scroll"], ["", "#handle"]];

/** Listen; `act(control, more)` is what a control of the app does. */
export function listen(act) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (anywhere(event) || keyInMenu(event)) return;
    const target = event.target;
    if (target.matches(".composer textarea")) return inBox(event);
    const control = event.key === "Enter" && target.matches("input") && controlOf(target);
    if (control && control.dataset.dispatch && !isSearch(control)) { event.preventDefault(); act(control, { enter: true }); }
    else if (target.matches("[role=tab]")) betweenTabs(event);
    else if (!target.matches(WRITES)) amongMessages(event);
  });
}

function anywhere(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if ((ctrlKey || metaKey) && key.toLowerCase() === "k") openJump();
  else if (key === "Escape") return escape(event);
  else if (key === "F6") toArea(event.shiftKey ? -1 : 1);
  else if (altKey && (key === "ArrowUp" || key === "ArrowDown")) toNeighbour(key === "ArrowDown" ? 1 : -1);
  else if (key === "?" && !event.target.matches(WRITES)) $("#help").showModal();
  else return false;
  event.preventDefault();
  return true;
}

/** Esc closes what lies on top, one thing at a time. */
function escape(event) {
  if ($("dialog[open]") || isOpenSelect(event.target)) return true;
  if (leaveMenu() || closeCommands()) event.preventDefault();
  else if (openWindow()) send("close");
  else if ($("#drawer .inside")) { send("drawer", { open: false }); $("#handle").focus(); }
  else if ($("#thread-scroll")) send("thread", { ts: "" });
  return true;
}

const isOpenSelect = (element) => CSS.supports("selector(select:open)") && element.matches("select:open");

function inBox(event) {
  if (keyInBox(event)) return;
  if (event.key === "ArrowUp" && !event.target.value) {
    const scroll = event.target.form.id === "composer" ? "#conversation" : "#thread-scroll";
    $$(`${scroll} > .message`).at(-1)?.focus();
    event.preventDefault();
  }
}

function betweenTabs(event) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const other = $$("[role=tab]", event.target.parentElement).find((each) => each !== event.target);
  other.focus();
  other.click();
  event.preventDefault();
}

/** Up and down from message to message; E for eyes, R to reply. */
function amongMessages(event) {
  const area = event.target.closest("#conversation, #thread-scroll");
  const message = event.target.closest(".message");
  if (!area || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = $$(":scope > .message", area);
  const at = all.indexOf(message);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined && (event.target === area || event.target === message)) {
    if (to >= all.length) return toArea(1, "#conversation");
    all[Math.max(to, 0)]?.focus();
  } else if (event.target === message && event.key.toLowerCase() === "e") $("[data-name=eyes]", message)?.click();
  else if (event.target === message && event.key.toLowerCase() === "r") $("[data-do=thread]", message)?.click();
  else return;
  event.preventDefault();
}

function toArea(step, from = "") {
  const areas = AREAS.filter(([, selector]) => $(selector));
  const here = document.activeElement;
  const inside = ([column, selector]) => (from ? selector === from : $(selector) === here || (column && $(`#${column}`)?.contains(here)));
  const at = areas.findIndex(inside);
  const [column, selector] = areas[(at + step + areas.length) % areas.length];
  if (column && isNarrow()) show(column);
  $(selector).focus();
}

function toNeighbour(step) {
  const all = $$("#left .place[data-do]");
  const at = all.findIndex((each) => each.hasAttribute("aria-current"));
  all[(at + step + all.length) % all.length]?.click();
}
