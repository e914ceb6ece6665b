// One WebSocket: what somebody does goes up, pieces of HTML come down and are patched into the page.
"use strict";

const waiting = new Map();
const searches = new WeakMap();
let socket;
let number = 0;
let started = false;

const $ = (selector, inside = document) => inside.querySelector(selector);
const $$ = (selector, inside = document) => [...inside.querySelectorAll(selector)];

function connect() {
  socket = new WebSocket(`ws://${location.host}/page/socket${location.search}`);
  socket.onopen = () => $$(".offline").forEach((each) => { each.hidden = true; });
  socket.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.pieces) patch(told.pieces, told.address);
    if ("answer" in told && waiting.has(told.answer)) {
      waiting.get(told.answer)(told);
      waiting.delete(told.answer);
    }
  };
  socket.onclose = () => {
    $$(".offline").forEach((each) => { each.hidden = false; });
    for (const answer of waiting.values()) answer({ trouble: "The sandbox has stopped." });
    waiting.clear();
    setTimeout(connect, 1000);
  };
}

/** Say what somebody did; the button that was pressed is busy until it is done. */
async function send(what, said = {}, button = null) {
  if (socket.readyState !== WebSocket.OPEN) return toast("Not connected to the sandbox.");
  const n = ++number;
  if (button) button.setAttribute("aria-busy", "true");
  const answered = new Promise((resolve) => waiting.set(n, resolve));
  socket.send(JSON.stringify({ n, do: what, ...said }));
  const answer = await answered;
  if (button) button.removeAttribute("aria-busy");
  if (answer.trouble && what !== "suggest") toast(answer.trouble);
  return answer;
}

function toast(words) {
  const shown = document.createElement("p");
  shown.textContent = words;
  $("#toasts").append(shown);
  setTimeout(() => shown.remove(), 6000);
  return { trouble: words };
}

// Patching: what is typed, open menus and busy buttons stay as they are.
const LOCAL = { open: "DETAILS", "aria-busy": "", "aria-expanded": "INPUT", "aria-activedescendant": "INPUT" };
const callbacks = {
  beforeNodeMorphed: (old) => !(old.nodeType === 1 && (old.hasAttribute("data-keep") || isBeingTyped(old))),
  beforeAttributeUpdated: (name, node) => {
    if (!(name in LOCAL)) return true;
    return LOCAL[name] !== "" && LOCAL[name] !== node.tagName;
  },
};

const isBeingTyped = (element) => element === document.activeElement && element.matches(TYPED);

function patch(pieces, address) {
  const before = { at: place("#conversation"), thread: place("#thread-scroll"), modal: openWindow() };
  for (const [name, html] of Object.entries(pieces)) {
    Idiomorph.morph(document.getElementById(name), html, { morphStyle: "innerHTML", callbacks });
  }
  if (address) history.replaceState(null, "", address);
  settle("#conversation", before.at);
  settle("#thread-scroll", before.thread);
  $$("input[role=combobox]").forEach(enliven);
  followModal(before.modal);
  const scroll = $("#conversation");
  $("#composer textarea").placeholder = scroll.dataset.placeholder;
  document.body.classList.toggle("in-thread", Boolean($("#thread-scroll")));
}

const place = (selector) => {
  const box = $(selector);
  return box && { at: box.dataset.at, bottom: box.scrollHeight - box.scrollTop - box.clientHeight < 60 };
};

function settle(selector, before) {
  const box = $(selector);
  if (!box) return;
  const moved = !before || before.at !== box.dataset.at || !started;
  if (moved || before.bottom) box.scrollTop = box.scrollHeight;
  if (!moved) return;
  document.body.classList.remove("left-open");
  const composer = selector === "#conversation" ? $("#composer") : $("#right .composer");
  if (composer && !openWindow() && matchMedia("(min-width: 60rem)").matches) $("textarea", composer).focus();
}

const openWindow = () => $("#modal [data-window]")?.dataset.window || "";

function followModal(before) {
  const now = openWindow();
  for (const name of ["left", "right"]) document.getElementById(name).inert = Boolean(now);
  $("main").inert = Boolean(now);
  if (now === before) return;
  if (now) ($("#modal [autofocus]") || $("#modal form :is(input, select, textarea)") || $("#modal footer .button:last-child"))?.focus();
  else $("#composer textarea").focus();
}

// Controls of Block Kit.
async function act(control, more = {}) {
  if (!(await confirmed(control))) return;
  const busy = control.matches("button") ? control : null;
  await send("act", { ...placeOf(control), values: valuesOf(control), ...more }, busy);
  if (control.dataset.type === "overflow") control.value = "";
  const url = control.dataset.url;
  if (url) visit(url) || window.open(url, "_blank", "noopener,noreferrer");
}

function enliven(input) {
  if (searches.has(input)) return;
  const ask = (control, typed) => send("suggest", { ...placeOf(control), typed });
  searches.set(input, new Search(input, ask, act));
}

/** A link to a message of this workspace is followed here. */
function visit(url) {
  const inside = url.startsWith(`${document.documentElement.dataset.web}/archives/`);
  if (inside) send("follow", { url });
  return inside;
}

document.addEventListener("click", (event) => {
  const target = event.target;
  $$("details.menu[open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
  const link = target.closest("a[href]");
  if (link && visit(link.href)) return event.preventDefault();
  const toggle = target.closest("[data-toggle]");
  if (toggle) document.body.classList.toggle(toggle.dataset.toggle);
  const button = target.closest("button");
  if (!button || button.getAttribute("aria-busy")) return;
  if (button.hasAttribute("data-close")) send("close", {}, button);
  else if (button.dataset.actionId) act(button);
  else if (button.dataset.do) pressed(button);
  else if (button.dataset.type !== undefined) type(button);
});

function pressed(button) {
  const { do: what, everything, open, ...said } = button.dataset;
  const menu = button.closest("details.menu");
  if (menu) menu.open = false;
  send(what, { ...said, everything: Boolean(everything), open: Boolean(open) }, button);
}

function type(button) {
  const box = $("#composer textarea");
  const menu = button.closest("details.menu");
  if (menu) menu.open = false;
  box.value = button.dataset.type;
  box.focus();
  offerCommands(box);
}

const hears = (control, what) => (control.dataset.trigger || "").includes(what);

document.addEventListener("change", (event) => {
  const control = controlOf(event.target);
  if (control && !isSearch(control) && !hears(control, "on_character_entered")) act(control);
});

let typing;
document.addEventListener("input", (event) => {
  const control = controlOf(event.target);
  if (event.target.matches(".composer textarea")) { grow(event.target); offerCommands(event.target); }
  if (!control || !hears(control, "on_character_entered")) return;
  clearTimeout(typing);
  typing = setTimeout(() => act(control), 300);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches(".composer")) say(form);
  else if (form.dataset.form) {
    const said = Object.fromEntries(new FormData(form));
    const method = $("[data-form=trouble] [name=method]")?.value;
    send(form.dataset.form, { method, ...said, kind: event.submitter.value }, event.submitter);
  } else if (form.dataset.view) {
    send("submit", { view: form.dataset.view, fields: typedFields(form) }, event.submitter || $("[type=submit]", form));
  }
});

async function say(form) {
  const box = $("textarea", form);
  const text = box.value;
  if (!text.trim()) return;
  box.value = "";
  grow(box);
  $("#commands").hidden = true;
  const answer = await send("say", { text, thread: form.dataset.replyTo }, $(".send", form));
  if (answer.trouble && !box.value && !answer.trouble.includes("failed with")) { box.value = text; grow(box); }
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape") return escape(event);
  if (event.isComposing) return;
  if (target.matches(".composer textarea")) return composing(event, target);
  const control = event.key === "Enter" && target.matches("input") && controlOf(target);
  if (control && control.dataset.dispatch && !isSearch(control)) { event.preventDefault(); act(control, { enter: true }); }
});

function escape(event) {
  const menu = $("details.menu[open]");
  if (menu) { menu.open = false; $("summary", menu).focus(); }
  else if (!$("#commands").hidden) $("#commands").hidden = true;
  else if (openWindow() && !$("dialog[open]")) send("close");
  else document.body.classList.remove("left-open", "right-open");
}

// The message box: commands are offered while the first word is typed.
function composing(event, box) {
  const list = $("#commands");
  const offered = list.hidden ? [] : $$("li:not([hidden])", list);
  const at = offered.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (offered.length && step) {
    event.preventDefault();
    offered.forEach((each, n) => each.setAttribute("aria-selected", n === (at + step + offered.length) % offered.length));
  } else if (offered.length && (event.key === "Tab" || (event.key === "Enter" && at >= 0))) {
    event.preventDefault();
    take(offered[Math.max(at, 0)], box);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    box.form.requestSubmit();
  }
}

function take(item, box) {
  box.value = `${item.dataset.command} `;
  $("#commands").hidden = true;
  box.focus();
}

function offerCommands(box) {
  const list = $("#commands");
  if (box.form.id !== "composer") return;
  const typed = box.value;
  const wanted = $$("li", list).filter((item) => {
    item.hidden = !item.dataset.command.startsWith(typed);
    item.removeAttribute("aria-selected");
    return !item.hidden;
  });
  list.hidden = !typed.startsWith("/") || typed.includes(" ") || !wanted.length;
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

$("#composer textarea").addEventListener("blur", () => { $("#commands").hidden = true; });
$("#commands").addEventListener("mousedown", (event) => {
  event.preventDefault();
  const item = event.target.closest("li");
  if (item) take(item, $("#composer textarea"));
});

patch({}, "");
started = true;
connect();
