/** The end of a command's form: there the options that are not filled in yet are found by their names. */

import { h } from "./dom.js";
import { narrowed } from "./suggestions.js";

/** A field whose value is another field. */
export class MoreField {
  /** @param {any} form */
  constructor(form) {
    this.form = form;
    /** @type {import("./types.js").Option[]} */
    this.left = [];
    this.input = h("input", {
      type: "text",
      class: "more-options",
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      on: {
        input: (event) => event.isComposing || this.#typed(),
        compositionend: () => this.#typed(),
        focus: () => this.#offer(),
        blur: () => form.suggestions.hide(),
        keydown: (event) => form.key(event, this),
      },
    });
  }

  /** Offer these options from now on. @param {import("./types.js").Option[]} left */
  show(left) {
    this.left = left;
    this.clear();
    this.input.placeholder = `+${left.length} more`;
    this.input.setAttribute("aria-label", `${left.length} more options`);
    this.input.hidden = !left.length;
  }

  focus() {
    this.input.focus();
  }

  clear() {
    this.input.value = "";
  }

  get empty() {
    return this.input.value === "";
  }

  /** Mark what was typed as wrong, or as right again (""). @param {string} problem */
  complain(problem) {
    this.input.classList.toggle("wrong", Boolean(problem));
    this.input.setAttribute("aria-invalid", String(Boolean(problem)));
  }

  /** A name with its colon takes the option at once, as Discord has it; prose goes where prose is taken. */
  #typed() {
    this.complain("");
    const { value } = this.input;
    const named = this.left.find(({ name }) => `${name}:` === value.trim());
    if (named) this.form.add(named).focus();
    else if (!this.#isProse(value) || !this.form.takeText(value)) this.#offer();
  }

  /** Names of options have no spaces in them. */
  #isProse(value) {
    return /\S\s/.test(value) && !this.left.some(({ name }) => name.startsWith(value.trim().toLowerCase()));
  }

  #offer() {
    const options = this.left.map((option) => ({ label: option.name, detail: option.description, value: option }));
    this.form.suggestions.show({
      input: this.input,
      title: "Options",
      text: "Press Enter to send, or add one of these",
      items: narrowed(options, this.input.value),
      preselect: !this.empty,
      onTake: (item) => this.form.add(item.value).focus(),
    });
  }
}
