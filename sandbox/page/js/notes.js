/** Words between the page and its person: a command that is on its way, or that nobody answered. */

import { fill, h, textButton } from "./dom.js";
import { icon } from "./icons.js";
import { drawLead } from "./lead.js";
import { onlyYou } from "./message_parts.js";

/** One such note at the end of the timeline. */
export class CommandNote {
  /** @param {any} app @param {string} name the command's @param {number} [type] of the message that will answer it */
  constructor(app, name, type = 0) {
    const used = /** @type {any} */ ({ type, interaction: { name, user: { id: app.store.me, username: "" } } });
    this.words = h("div", { class: "note-words", role: "status" }, "Sending command…");
    this.element = h("div", { class: "note" }, h("div", { class: "lead" }, drawLead(used, app)), this.words);
    app.timeline.notes.append(this.element);
    app.timeline.sticky.toEnd();
  }

  done() {
    this.element.remove();
  }

  /** Say why it failed. @param {string} reason @param {() => void} [again] brings the command back to the composer */
  fail(reason, again) {
    const edit = () => {
      this.done();
      again();
    };
    this.element.classList.add("failed");
    this.words.setAttribute("role", "alert");
    const ways = [again && textButton("Edit and send again", edit), textButton("Dismiss message", () => this.done())];
    fill(this.words, icon("warn"), reason, onlyYou(...ways));
  }
}
