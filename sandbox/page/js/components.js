/** Buttons and selects of messages; what a press could not do is said below them. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { webAddress } from "./links.js";
import { SELECTS, Select, emojiSign } from "./select.js";

export const ROW = 1,
  BUTTON = 2;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** @typedef {import("./types.js").Component} Component */
/** @typedef {import("./types.js").Message} Message */

/** Hand a press to the bot and show that it is on its way, or why it failed. */
async function press(app, message, component, values, control) {
  const frame = control.closest(".components");
  frame?.querySelector(".trouble")?.remove();
  control.setAttribute("aria-busy", "true");
  try {
    await app.actions.press(message, component.custom_id, values);
  } catch (error) {
    frame?.append(h("p", { class: "trouble", role: "alert" }, icon("warn"), error.message));
  } finally {
    control.removeAttribute("aria-busy");
  }
}

function linkButton(component) {
  return h(
    "a",
    { class: "button link", href: webAddress(component.url), target: "_blank", rel: "noopener noreferrer" },
    emojiSign(component.emoji),
    component.label,
    icon("link"),
  );
}

function pressButton(component, message, app) {
  const button = h(
    "button",
    {
      type: "button",
      class: `button ${STYLES[component.style] ?? "secondary"}`,
      disabled: component.disabled,
      "aria-label": component.label ? null : component.emoji?.name,
      data: { customId: component.custom_id },
      on: { click: () => button.getAttribute("aria-busy") || press(app, message, component, [], button) },
    },
    emojiSign(component.emoji),
    component.label && h("span", {}, component.label),
  );
  return button;
}

/** Draw one button or select. @param {Component} component @param {Message} message @param {any} app */
export function drawControl(component, message, app) {
  if (SELECTS.includes(component.type)) {
    const chosen = (values, control) => press(app, message, component, values, control);
    return new Select(component, app.store, chosen).element;
  }
  return component.url ? linkButton(component) : pressButton(component, message, app);
}

/** Draw a row of controls. @param {Component} row @param {Message} message @param {any} app */
export function drawRow(row, message, app) {
  return h(
    "div",
    { class: "row" },
    row.components.map((component) => drawControl(component, message, app)),
  );
}
