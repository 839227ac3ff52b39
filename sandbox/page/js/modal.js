/** The bot's forms: kept open, with all that was written, until the bot has taken them. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { showServerHtml } from "./markup.js";
import { inputFor } from "./modal_fields.js";

const TEXT = 10;

/** @typedef {{interaction_id: string, title: string, components: import("./types.js").Component[]}} Modal */

/** One open form. */
class ModalForm {
  /** @param {Modal} modal @param {any} app @param {() => void} close */
  constructor(modal, app, close) {
    this.modal = modal;
    this.app = app;
    this.close = close;
    this.fields = [];
    this.problem = h("p", { class: "field-problem", role: "alert" });
    this.send = h("button", { type: "submit", class: "button primary" }, "Submit");
    const cancel = h("button", { type: "button", class: "button plain", on: { click: close } }, "Cancel");
    const rows = modal.components.map((component) => this.#row(component));
    this.element = h(
      "form",
      { novalidate: true, on: { submit: (event) => this.#submit(event), keydown: (event) => this.#key(event) } },
      h("div", { class: "dialog-body" }, h("h2", {}, modal.title), rows, this.problem),
      h("div", { class: "dialog-actions" }, cancel, this.send),
    );
  }

  /** Draw a component, which may hold an input. */
  #row(component) {
    if (component.type === TEXT) {
      const words = h("div", { class: "markup" });
      showServerHtml(words, component.content_html, component.content);
      return words;
    }
    const inner = component.component ?? component.components?.[0];
    const field = inputFor(inner, this.app.store);
    if (field) this.fields.push(field);
    return field?.draw(component.label ?? inner.label, component.description);
  }

  /** Check all fields; go to the first that is not right. */
  #isRight() {
    const wrong = this.fields.filter((field) => field.check());
    for (const field of wrong) field.complain(field.check());
    wrong[0]?.focus();
    return !wrong.length;
  }

  /** Enter is a new line in a long text; with Ctrl or Cmd it submits. */
  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.send.getAttribute("aria-busy") || !this.#isRight()) return;
    this.send.setAttribute("aria-busy", "true");
    const values = Object.fromEntries(this.fields.map((field) => [field.id, field.read()]));
    try {
      await this.app.socket.request({ type: "modal_submit", interaction_id: this.modal.interaction_id, values });
      this.close();
    } catch (error) {
      this.problem.textContent = error.message;
    }
    this.send.removeAttribute("aria-busy");
  }
}

/** Open a modal of the bot. @param {Modal} modal @param {any} app */
export function openModal(modal, app) {
  const manner = { label: modal.title, className: "dialog modal", closeBeside: false };
  /** @type {any} */
  let form;
  const closed = openDialog(manner, (close) => {
    form = new ModalForm(modal, app, close);
    return form.element;
  });
  form.fields[0]?.focus(); // else a form too long for the window gives the focus to its scroll bar
  return closed;
}
