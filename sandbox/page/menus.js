// Menus: one open at a time, opened to where there is room, walked with the arrow keys.
import { $, $$ } from "./near.js";

const MARGIN = 12;
const LEAST = 120;

export function closeMenus(except = null) {
  $$("details.menu[open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
}

/** Esc in or beside an open menu; says whether there was one. */
export function leaveMenu() {
  const menu = $("details.menu[open]");
  if (!menu) return false;
  menu.open = false;
  $("summary", menu).focus();
  return true;
}

/** Arrow keys inside an open menu; says whether the key was used. */
export function keyInMenu(event) {
  const menu = event.target.closest?.("details.menu[open]");
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!menu || !step) return false;
  const entries = $$(".sheet button", menu);
  const at = entries.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : entries.length - 1) : (at + step + entries.length) % entries.length;
  entries[next]?.focus();
  event.preventDefault();
  return true;
}

/** Up or down, whichever side has the room, and never taller than that. */
function fit(menu) {
  const sheet = $(".sheet", menu);
  const around = menu.closest(".scroll, .lists, form.view.modal")?.getBoundingClientRect() || { top: 0, bottom: innerHeight };
  const { top, bottom } = menu.getBoundingClientRect();
  const above = top - around.top - MARGIN;
  const below = around.bottom - bottom - MARGIN;
  if (!menu.closest(".composer")) menu.classList.toggle("up", below < sheet.scrollHeight && above > below);
  const room = menu.classList.contains("up") ? (menu.closest(".composer") ? top - MARGIN : above) : below;
  sheet.style.maxHeight = `${Math.max(room, LEAST)}px`;
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.menu") || !menu.open) return;
  closeMenus(menu);
  fit(menu);
  $(".sheet [aria-current]", menu)?.scrollIntoView({ block: "nearest" });
}, true);

document.addEventListener("focusin", (event) => closeMenus(event.target));
