/** Words between the page and its person: a command that is on its way, or that nobody answered. */

import { fill, h } from "./dom.js";
import { drawLead } from "./lead.js";
import { icon } from "./icons.js";

/**
 * Show that a command is on its way.
 * @param {any} app
 * @param {string} name
 * @returns {{done: () => void, fail: (reason: string, again?: () => void) => void}}
 */
export function commandNote(app, name) {
  const words = h("div", { class: "note-words", role: "status" }, "Sending command…");
  const used = { interaction: { name, user: { id: app.store.me, username: "" } } };
  const note = h(
    "div",
    { class: "note" },
    h("div", { class: "lead" }, drawLead(/** @type {any} */ (used), app)),
    words,
  );
  app.timeline.notes.append(note);
  app.timeline.sticky.toEnd();
  const done = () => note.remove();
  const fail = (reason, again) => {
    const edit = () => {
      done();
      again();
    };
    note.classList.add("failed");
    words.setAttribute("role", "alert");
    fill(
      words,
      icon("warn"),
      reason,
      h(
        "span",
        { class: "only-you" },
        icon("eye"),
        "Only you can see this • ",
        again && [h("button", { type: "button", class: "text-link", on: { click: edit } }, "Edit and send again"), "•"],
        h("button", { type: "button", class: "text-link", on: { click: done } }, "Dismiss message"),
      ),
    );
  };
  return { done, fail };
}
