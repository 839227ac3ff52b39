/** What is hidden until it is asked for: it stands there blurred, at its own size, and out of reach. */

import { focused, h } from "./dom.js";

/** Cover something until it is asked for. @param {HTMLElement} content */
export function veiled(content) {
  const cover = h("button", { type: "button", class: "veil", "aria-label": "Spoiler, press to reveal" }, "SPOILER");
  const element = h("div", { class: "veiled" }, h("div", { class: "behind", inert: true }, content), cover);
  cover.addEventListener("click", () => {
    const held = focused() === cover;
    element.replaceWith(content);
    if (held) content.focus();
  });
  return element;
}
