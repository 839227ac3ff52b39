/** The bot's forms: labelled inputs with their limits, kept open until the bot has taken them. */

import { openDialog } from "./dialog.js";
import { fill, freshId, h } from "./dom.js";
import { showServerHtml } from "./markup.js";
import { SELECTS, drawSelect } from "./select.js";

const TEXT_INPUT = 4,
  TEXT = 10,
  PARAGRAPH = 2;

/** @typedef {{id: string, read: () => string|string[], check: () => string, focus: () => void, complain: (text: string) => void}} Field */

/** @param {string} text @param {import("./types.js").Component} component */
function problemOf(text, { required = true, min_length: min = 0 }) {
  if (!text) return required ? "This is required." : "";
  return text.length < min ? `At least ${min} characters, and this has ${text.length}.` : "";
}

function textInput(component) {
  const { min_length: min = 0, max_length: max = 4000, style } = component;
  const problem = h("p", { class: "field-problem", role: "alert", id: freshId("problem") });
  const counter = h("span", { class: "counter" });
  const input = h(style === PARAGRAPH ? "textarea" : "input", {
    id: freshId("field"),
    maxlength: String(max),
    placeholder: component.placeholder,
    "aria-required": String(component.required ?? true),
    "aria-describedby": problem.id,
    rows: style === PARAGRAPH ? "6" : null,
    autocomplete: "off",
    value: component.value ?? "",
    data: { customId: component.custom_id },
  });
  const count = () =>
    fill(
      counter,
      min > input.value.length ? `${input.value.length} / at least ${min}` : `${input.value.length} / ${max}`,
    );
  const complain = (text) => {
    problem.textContent = text;
    input.setAttribute("aria-invalid", String(Boolean(text)));
  };
  input.addEventListener("input", () => {
    count();
    complain("");
  });
  count();
  return {
    control: input,
    below: h("div", { class: "field-foot" }, problem, counter),
    field: {
      id: component.custom_id,
      read: () => input.value,
      check: () => problemOf(input.value, component),
      focus: () => input.focus(),
      complain,
    },
  };
}

function select(component, store) {
  let values = (component.options ?? []).filter((option) => option.default).map((option) => option.value);
  const problem = h("p", { class: "field-problem", role: "alert" });
  const button = drawSelect(component, store, (chosen) => {
    values = chosen;
    problem.textContent = "";
  });
  const check = () => ((component.required ?? true) && !values.length ? "Choose something." : "");
  return {
    control: button,
    below: problem,
    field: {
      id: component.custom_id,
      read: () => values,
      check,
      focus: () => button.focus(),
      complain: (text) => {
        problem.textContent = text;
      },
    },
  };
}

/** Draw one labelled field. */
function labelled(label, description, required, { control, below }) {
  const about = description && h("p", { class: "field-about", id: freshId("about") }, description);
  return h(
    "div",
    { class: "field" },
    h(
      "label",
      { for: control.id || null },
      label,
      required && h("span", { class: "star", "aria-hidden": "true" }, " *"),
    ),
    about,
    control,
    below,
  );
}

/**
 * Draw a component of a modal, collecting its fields.
 * @param {import("./types.js").Component} component
 * @param {Field[]} fields
 * @param {any} store
 */
function drawField(component, fields, store) {
  if (component.type === TEXT) {
    const words = h("div", { class: "markup" });
    showServerHtml(words, component.content_html, component.content);
    return words;
  }
  const inner = component.component ?? component.components?.[0];
  const parts =
    inner?.type === TEXT_INPUT ? textInput(inner) : SELECTS.includes(inner?.type) ? select(inner, store) : null;
  if (!parts) return null;
  fields.push(parts.field);
  return labelled(component.label ?? inner.label, component.description, inner.required ?? true, parts);
}

/** Check all fields; go to the first that is not right. @param {Field[]} fields */
function allRight(fields) {
  const wrong = fields.filter((field) => field.check());
  for (const field of wrong) field.complain(field.check());
  wrong[0]?.focus();
  return !wrong.length;
}

/**
 * Open a modal of the bot.
 * @param {{interaction_id: string, custom_id: string, title: string, components: import("./types.js").Component[]}} modal
 * @param {any} app
 */
export function openModal(modal, app) {
  const fields = [];
  return openDialog({ label: modal.title, className: "dialog modal", closeBeside: false }, (close) => {
    const problem = h("p", { class: "field-problem", role: "alert" });
    const send = h("button", { type: "submit", class: "button primary" }, "Submit");
    const submit = async (event) => {
      event.preventDefault();
      if (!allRight(fields) || send.getAttribute("aria-busy")) return;
      send.setAttribute("aria-busy", "true");
      const values = Object.fromEntries(fields.map((field) => [field.id, field.read()]));
      try {
        await app.socket.request({ type: "modal_submit", interaction_id: modal.interaction_id, values });
        close();
      } catch (error) {
        problem.textContent = error.message;
      }
      send.removeAttribute("aria-busy");
    };
    return h(
      "form",
      { novalidate: true, on: { submit } },
      h(
        "div",
        { class: "dialog-body" },
        h("h2", {}, modal.title),
        modal.components.map((component) => drawField(component, fields, app.store)),
        problem,
      ),
      h(
        "div",
        { class: "dialog-actions" },
        h("button", { type: "button", class: "button plain", on: { click: close } }, "Cancel"),
        send,
      ),
    );
  });
}
