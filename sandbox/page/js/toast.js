/** Short words about what went wrong, in a corner, for a while. */

import { byId, h } from "./dom.js";

const SHOWN_MS = 8000;

/** Tell the person something that has no better place. @param {string} text */
export function toast(text) {
  const note = h("div", { class: "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
