// What is clicked, chosen, typed and sent on the page.
import { focusBox, say, type, typed } from "./composer.js";
import { draw, follow, show, stayAtEnd } from "./drawing.js";
import { confirmed, controlOf, hears, isSaved, isSearch, isTypedIn, placeOf, typedFields, valuesOf } from "./fields.js";
import { openJump } from "./jump.js";
import { listen } from "./keys.js";
import { closeMenus } from "./menus.js";
import { $, $$, announce, kept } from "./near.js";
import { enliven } from "./search.js";
import { connect, send } from "./wire.js";

const PAUSE = 300;
const THEMES = ["", "light", "dark"];

// Controls of Block Kit.
async function act(control, more = {}) {
  if (!(await confirmed(control))) return;
  const busy = control.matches("button") ? control : null;
  const { value } = control;
  const answer = await send("act", { ...placeOf(control), values: valuesOf(control), ...more }, busy);
  if (!answer.trouble) isSaved(control, value);
  const { url } = control.dataset;
  if (url) visit(url) || window.open(url, "_blank", "noopener,noreferrer");
}

const search = (control, words) => send("suggest", { ...placeOf(control), typed: words });
const liven = () => $$("input[data-min-query-length]").forEach((each) => enliven(each, search, act));

/** A link to a message of this workspace is followed here. */
function visit(url) {
  const inside = url.startsWith(`${document.documentElement.dataset.web}/archives/`);
  if (inside) send("follow", { url });
  return inside;
}

document.addEventListener("click", (event) => {
  const target = event.target;
  closeMenus(target);
  const link = target.closest("a[href]");
  if (link?.matches(".skip-link")) { event.preventDefault(); return $("#say").focus(); }
  if (link && visit(link.href)) return event.preventDefault();
  if (target.matches("dialog[open]")) return target.close();
  const button = target.closest("button");
  if (button && !button.hasAttribute("aria-busy")) pressed(button);
});

function pressed(button) {
  const menu = button.closest("details.menu");
  if (menu) menu.open = false;
  const { dataset } = button;
  if (dataset.open === "jump") openJump();
  else if (dataset.open === "help") $("#help").showModal();
  else if (dataset.show) show(dataset.show);
  else if ("themeSwitch" in dataset) switchTheme();
  else if ("close" in dataset) send("close", {}, button);
  else if (dataset.actionId) act(button);
  else if (dataset.do) ask(button);
  else if (dataset.type !== undefined) { show("middle"); type(dataset.type); }
}

async function ask(button) {
  const { do: what, everything, open, ...said } = button.dataset;
  if (button.matches(".place")) standAt(button);
  await send(what, { ...said, everything: Boolean(everything), open: Boolean(open) }, button);
  if (what === "skip") announce(`It is ${$(".now").textContent.trim()}.`);
  if (what === "thread" && !said.ts) focusBox();
  if (["go", "home", "be", "write_to"].includes(what)) show("middle");
}

/** The list shows at once where somebody goes, so that the next step is counted from there. */
function standAt(place) {
  $$("#left .place[aria-current]").forEach((each) => each.removeAttribute("aria-current"));
  place.setAttribute("aria-current", "page");
}

document.addEventListener("change", (event) => {
  const control = controlOf(event.target);
  if (control && !isSearch(control) && !hears(control, "on_character_entered")) act(control);
});

let pause;
document.addEventListener("input", (event) => {
  if (event.target.matches(".composer textarea")) return typed(event);
  const control = controlOf(event.target);
  if (!control) return;
  if (control === event.target && !isSearch(control)) isTypedIn(control);
  if (!hears(control, "on_character_entered")) return;
  clearTimeout(pause);
  pause = setTimeout(() => act(control), PAUSE);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  if (form.matches(".composer")) say(form);
  else if (form.dataset.form) makeTrouble(form, event.submitter);
  else if (form.dataset.view) submit(form, event.submitter);
});

function makeTrouble(form, button) {
  const said = Object.fromEntries(new FormData(form));
  send(form.dataset.form, { method: $("#trouble-method")?.value, ...said, kind: button.value }, button);
}

async function submit(form, button) {
  const said = { view: form.dataset.view, fields: typedFields(form) };
  await send("submit", said, button || $("[type=submit]", form));
  const wrong = $$("#modal .error").find((each) => each.textContent.trim());
  if (wrong) $("input, select, textarea", wrong.parentElement)?.focus();
}

// Light, dark, or as the system.
function switchTheme() {
  const now = document.documentElement.dataset.theme || "";
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  if (next) document.documentElement.dataset.theme = next;
  else delete document.documentElement.dataset.theme;
  kept.set("localStorage", "theme", next);
  nameTheme();
}

function nameTheme() {
  const now = document.documentElement.dataset.theme || "as the system";
  $("#theme").setAttribute("aria-label", `Light or dark: ${now}`);
}

if (/Mac|iPhone|iPad/.test(navigator.platform)) $$("kbd").forEach((each) => { each.textContent = each.textContent.replace("Ctrl", "⌘"); });
nameTheme();
liven();
follow();
stayAtEnd();
listen(act);
connect((pieces, address) => draw(pieces, address, liven));
