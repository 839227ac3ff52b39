/** The inputs of a modal: each can be read and checked, and says what is wrong with it. */

import { freshId, h } from "./dom.js";
import { SELECTS, Select } from "./select.js";

const TEXT_INPUT = 4;
const PARAGRAPH = 2;
const MAX_LENGTH = 4000;

/** @typedef {import("./types.js").Component} Component */

/** What all inputs share: a label, and a place for what is wrong. */
class Field {
  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.id = component.custom_id;
    this.required = component.required ?? true;
    this.problem = h("p", { class: "field-problem", role: "alert", id: freshId("problem") });
    /** @type {any} */
    this.control = null;
    /** @type {any} */
    this.counter = null;
  }

  /** Draw the input under its label. @param {string|undefined} label @param {string|undefined} description */
  draw(label, description) {
    const star = this.required && h("span", { class: "star", "aria-hidden": "true" }, " *");
    const about = description && h("p", { class: "field-about" }, description);
    const foot = h("div", { class: "field-foot" }, this.problem, this.counter);
    return h("div", { class: "field" }, h("label", { for: this.control.id }, label, star), about, this.control, foot);
  }

  focus() {
    this.control.focus();
  }

  /** Show what is wrong, or that it is right again (""). @param {string} problem */
  complain(problem) {
    this.problem.textContent = problem;
    this.control.setAttribute("aria-invalid", String(Boolean(problem)));
  }
}

/** A short or a long text with its limits. */
class TextInput extends Field {
  /** @param {Component} component */
  constructor(component) {
    super(component);
    this.min = component.min_length ?? 0;
    this.max = component.max_length ?? MAX_LENGTH;
    const isLong = component.style === PARAGRAPH;
    this.counter = h("span", { class: "counter" });
    this.control = h(isLong ? "textarea" : "input", {
      id: freshId("field"),
      rows: isLong ? "6" : null,
      maxlength: this.max,
      placeholder: component.placeholder,
      autocomplete: "off",
      "aria-required": String(this.required),
      "aria-describedby": this.problem.id,
      value: component.value ?? "",
      on: { input: () => this.#changed() },
    });
    this.#changed();
  }

  #changed() {
    const { length } = this.control.value;
    this.counter.textContent = length < this.min ? `${length} / at least ${this.min}` : `${length} / ${this.max}`;
    this.complain("");
  }

  read() {
    return this.control.value;
  }

  /** Say what is wrong, or nothing (""). */
  check() {
    const { length } = this.control.value;
    if (!length) return this.required ? "This is required." : "";
    return length < this.min ? `At least ${this.min} characters, and this has ${length}.` : "";
  }
}

/** A choice among some. */
class SelectInput extends Field {
  /** @param {Component} component @param {import("./store.js").Store} store */
  constructor(component, store) {
    super(component);
    this.select = new Select(component, store, () => this.complain(""));
    this.control = this.select.element;
    this.control.id = freshId("field");
  }

  read() {
    return this.select.values;
  }

  /** Say what is wrong, or nothing (""). */
  check() {
    return this.required && !this.select.values.length ? "Choose something." : "";
  }
}

/**
 * Make the input for a component; nothing for what is none.
 * @param {Component|undefined} component
 * @param {import("./store.js").Store} store
 */
export function inputFor(component, store) {
  if (component?.type === TEXT_INPUT) return new TextInput(component);
  return SELECTS.includes(component?.type) ? new SelectInput(component, store) : null;
}
