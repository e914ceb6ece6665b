// What the controls of Block Kit hold, and where they stand.

const TYPED = "input:not([type=radio]):not([type=checkbox]), textarea";
const unsaved = new WeakSet();

/** The control (the element with its ids) that something belongs to. */
export const controlOf = (element) => element.closest("[data-action-id]");

export const isSearch = (control) => control.dataset.type.endsWith("external_select");
export const isMany = (control) => control.dataset.type.startsWith("multi_");
export const hears = (control, what) => (control.dataset.trigger || "").includes(what);

/** Where a control stands: in a view, or below a message. */
export function placeOf(control) {
  const view = control.closest("form[data-view]");
  const message = control.closest("[data-ts]");
  return {
    view: view ? view.dataset.view : "",
    ts: view || !message ? "" : message.dataset.ts,
    block: control.dataset.blockId,
    action: control.dataset.actionId,
  };
}

export function valuesOf(control) {
  if (control.matches("fieldset")) return [...control.querySelectorAll(":checked")].map((each) => each.value);
  if (isSearch(control)) return JSON.parse(control.dataset.chosen || "[]");
  return [control.value];
}

/** All typed fields of a form, as they stand now. */
export function typedFields(form) {
  return [...form.querySelectorAll("[data-action-id]")]
    .filter((each) => each.matches(TYPED) && !isSearch(each))
    .map((each) => ({ block: each.dataset.blockId, action: each.dataset.actionId, values: valuesOf(each) }));
}

/** From here on a redraw leaves what stands in this field alone … */
export const isTypedIn = (field) => unsaved.add(field);

/** … until the sandbox has it too. */
export const isSaved = (field, value) => { if (field.value === value) unsaved.delete(field); };

/** Before `old` becomes like `fresh`: words that are only in this browser go along. */
export function carryTyped(old, fresh) {
  if (!old.matches(TYPED) || !(unsaved.has(old) || old === document.activeElement)) return;
  if (fresh.localName === "textarea") fresh.textContent = old.value;
  else fresh.setAttribute("value", old.value);
}

/** Ask what the control wants asked first; resolves to whether to go on. */
export function confirmed(control) {
  if (!control.dataset.confirm) return Promise.resolve(true);
  const asked = JSON.parse(control.dataset.confirm);
  const dialog = document.createElement("dialog");
  const title = made("h2", asked.title.text);
  const no = made("button", asked.deny.text, "button");
  const yes = made("button", asked.confirm.text, asked.style === "danger" ? "button danger" : "button primary");
  const buttons = made("footer");
  buttons.append(no, yes);
  dialog.append(title, made("p", asked.text.text), buttons);
  dialog.setAttribute("aria-label", asked.title.text);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    yes.onclick = () => dialog.close("yes");
    no.onclick = () => dialog.close("");
    dialog.onclose = () => { dialog.remove(); resolve(dialog.returnValue === "yes"); };
  });
}

function made(tag, words = "", style = "") {
  const element = document.createElement(tag);
  element.textContent = words;
  element.className = style;
  return element;
}
