// Pieces of HTML become the page. What is typed, open or busy stays as it is, and so does the place one reads at.
import { followConversation, followThread, focusBox } from "./composer.js";
import { carryTyped } from "./fields.js";
import { $, $$, announce, isNarrow, openWindow } from "./near.js";

const NEAR_THE_END = 60;
const LOCAL = { open: "DETAILS", "aria-busy": "", "aria-expanded": "INPUT", "aria-activedescendant": "INPUT", style: "DIV" };
const callbacks = {
  beforeNodeMorphed: (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) return true;
    if (old.hasAttribute("data-keep")) return false;
    carryTyped(old, fresh);
    return true;
  },
  beforeAttributeUpdated: (name, node) => {
    if (name === "class" && node.matches("details.menu[open]")) return false;
    if (!(name in LOCAL)) return true;
    return LOCAL[name] !== "" && LOCAL[name] !== node.tagName;
  },
};
let before = { window: "", opener: null, newest: "" };

/** Patch the pieces into the page; `after` runs when they stand. */
export function draw(pieces, address, after) {
  const places = [place("#conversation"), place("#thread-scroll")];
  const message = document.activeElement?.closest(".message")?.id;
  for (const [name, html] of Object.entries(pieces)) {
    const options = { morphStyle: "innerHTML", callbacks };
    globalThis.Idiomorph.morph(document.getElementById(name), html, options);
  }
  if (address) history.replaceState(null, "", address);
  after();
  follow(...places);
  // a button that has done its work and is gone leaves the focus at its message
  if (message && document.activeElement === document.body) document.getElementById(message)?.focus({ preventScroll: true });
}

/** Everything that follows from what is shown now. */
export function follow(conversation = null, thread = null) {
  followConversation();
  followThread();
  settle("#conversation", conversation);
  settle("#thread-scroll", thread);
  followWindow();
  followSwitcher();
  tellNewest();
  const unread = $$("#left .lists > ul .badge").reduce((sum, each) => sum + (parseInt(each.textContent, 10) || 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${$("#conversation").dataset.name} · Sandbox`;
}

const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_THE_END;

function place(selector) {
  const box = $(selector);
  return box && { at: box.dataset.at, me: box.dataset.me, atEnd: isAtEnd(box) };
}

function settle(selector, was) {
  const box = $(selector);
  if (!box) return;
  const moved = !was || was.at !== box.dataset.at || was.me !== box.dataset.me;
  const home = box.getAttribute("role") === "tabpanel";
  if (moved || (was.atEnd && !home)) box.scrollTop = home ? 0 : box.scrollHeight;
  if (moved) arrive(selector);
}

/** Whoever reads the newest message goes on doing so when the window or the drawer takes room away. */
export function stayAtEnd() {
  const box = $("#conversation");
  let atEnd = true;
  box.addEventListener("scroll", () => { atEnd = isAtEnd(box); });
  new ResizeObserver(() => { if (atEnd && box.role !== "tabpanel") box.scrollTop = box.scrollHeight; }).observe(box);
}

/** A conversation or a thread has just come on the screen. */
function arrive(selector) {
  const thread = selector !== "#conversation";
  if (isNarrow()) show(thread ? "right" : "middle");
  const form = thread ? $("#right .composer") : $("#composer");
  if (form && !document.activeElement?.closest("[role=tab]")) focusBox(form);
}

/** On a small screen: the one column that is shown. */
export function show(column) {
  document.body.dataset.column = column;
  $$("#switcher button").forEach((each) => each.setAttribute("aria-pressed", each.dataset.show === column));
}

function followSwitcher() {
  $("#switcher .here").textContent = $("#conversation").dataset.name;
  $("#switcher .beside").textContent = $("#thread-scroll") ? "Thread" : "Details";
  if (!$("#thread-scroll") && before.thread && document.body.dataset.column === "right") show("middle");
  before.thread = Boolean($("#thread-scroll"));
}

function followWindow() {
  const now = openWindow();
  if (now && !before.window) before.opener = document.activeElement;
  for (const each of [$("#left"), $("#right"), $("main")]) each.inert = Boolean(now);
  if (now && now !== before.window) {
    ($("#modal [autofocus]") || $("#modal form :is(input, select, textarea)") || $("#modal footer .button:last-child"))?.focus();
  } else if (!now && before.window) {
    const back = before.opener;
    if (back?.isConnected && back !== document.body && back.checkVisibility()) back.focus();
    else focusBox();
  }
  before.window = now;
}

/** What others say in the open conversation is read aloud once. */
function tellNewest() {
  const newest = $$("#conversation > .message").at(-1);
  const { at, me } = $("#conversation").dataset;
  const said = newest ? `${me} ${at} ${newest.dataset.ts}` : "";
  const same = before.newest.startsWith(`${me} ${at} `);
  if (same && said && said !== before.newest) announce(`${newest.dataset.from}: ${$(".body", newest).innerText.slice(0, 300)}`);
  before.newest = said || `${me} ${at} `;
}
