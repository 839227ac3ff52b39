/** A slash command being filled in: the required options as pills, the others to be added. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { FileField, TextField } from "./option_field.js";
import { KIND, inOrder } from "./option_rules.js";
import { choose } from "./popup.js";

/** The form of one command. */
export class CommandForm {
  /**
   * @param {any} app
   * @param {import("./suggestions.js").Suggestions} suggestions
   * @param {import("./commands.js").Leaf} leaf
   * @param {{leave: (text?: string) => void, complain: (text: string) => void, resume: (form: CommandForm) => void}} composer
   */
  constructor(app, suggestions, leaf, composer) {
    this.app = app;
    this.suggestions = suggestions;
    this.leaf = leaf;
    this.composer = composer;
    this.fields = inOrder(leaf.options)
      .filter(({ required }) => required)
      .map((option) => this.#field(option));
    this.more = h("button", {
      type: "button",
      class: "more-options",
      "aria-haspopup": "menu",
      on: { click: () => this.#addChosen() },
    });
    this.send = h(
      "button",
      { type: "submit", class: "icon-button send", "aria-label": `Send /${leaf.name}` },
      icon("send"),
    );
    this.pills = h("div", { class: "pills" });
    const leave = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": `Leave /${leaf.name}`,
        title: "Leave this command",
        on: { click: () => composer.leave() },
      },
      icon("close"),
    );
    this.element = h(
      "form",
      {
        class: "box command-form",
        "aria-label": `/${leaf.name}: ${leaf.description}`,
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
          keydown: (event) => event.key === "Escape" && !event.defaultPrevented && this.#empty && composer.leave(),
        },
      },
      h("div", { class: "box-line" }, leave, this.pills, this.send),
    );
    this.#draw();
  }

  #field(option) {
    return option.type === KIND.ATTACHMENT ? new FileField(option, this) : new TextField(option, this);
  }

  get #left() {
    const shown = new Set(this.fields.map((field) => field.option));
    return inOrder(this.leaf.options).filter((option) => !shown.has(option));
  }

  get #empty() {
    return this.fields.every((field) => field.empty);
  }

  #draw() {
    const left = this.#left;
    fill(this.more, `+${left.length} more`);
    this.more.setAttribute("aria-label", `Add one of ${left.length} more options`);
    fill(
      this.pills,
      h("span", { class: "command-chip" }, `/${this.leaf.name}`),
      this.fields.map((field) => field.element),
      left.length > 0 && this.more,
    );
  }

  /** Put the focus where the next thing is to be done. */
  focus() {
    const first = this.fields.find((field) => field.empty);
    if (first) first.focus();
    else this.send.focus();
  }

  async #addChosen() {
    const items = this.#left.map((option, at) => ({
      label: option.name,
      detail: option.description,
      value: option,
      heading: at ? "" : "Options",
    }));
    const answer = await choose({ items, label: "Options", anchor: this.more });
    if (answer) this.#add(answer[0].value).focus();
  }

  #add(option) {
    const field = this.#field(option);
    this.fields.push(field);
    this.#draw();
    return field;
  }

  /** Give files to the first free option for files. @param {File[]} files @returns {boolean} whether there was one */
  takeFiles(files) {
    const free = this.fields.find((field) => field instanceof FileField && field.empty);
    const option = this.#left.find(({ type }) => type === KIND.ATTACHMENT);
    const field = free ?? (option && this.#add(option));
    /** @type {any} */ (field)?.accept(files[0]);
    return Boolean(field);
  }

  /** Go on after a field was filled from the list. @param {TextField} field */
  next(field) {
    const following = this.fields.slice(this.fields.indexOf(field) + 1).find((other) => other.empty);
    (following ?? field).focus();
  }

  /** Handle a key in a field. @param {KeyboardEvent} event @param {any} field */
  key(event, field) {
    if (this.suggestions.key(event) || event.isComposing) return;
    if (event.key === "Enter" && field instanceof TextField) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Backspace" && field.empty) {
      event.preventDefault();
      this.#goBack(field);
    }
  }

  /** Take away an empty optional field, or leave the command where nothing is before it. */
  #goBack(field) {
    const at = this.fields.indexOf(field);
    if (!field.option.required) this.fields.splice(at, 1);
    else if (at === 0) return this.composer.leave(`/${this.leaf.name}`);
    this.#draw();
    (this.fields[at - 1] ?? this.send).focus();
  }

  /** Ask the bot to complete a field. @param {string} focused */
  complete(focused) {
    const values = this.fields
      .filter((field) => field.option.name === focused || !field.empty)
      .map((field) => [field.option.name, field.partial]);
    return this.app.actions.complete(this.leaf, Object.fromEntries(values), focused);
  }

  /** Run the command, or go to the first option that is not right. */
  async submit() {
    const values = {};
    for (const field of this.fields) {
      if (field.empty && !field.option.required) continue;
      const { value, error } = field.empty ? { error: "This option is required" } : await field.read();
      if (error) return this.#refuse(field, error);
      values[field.option.name] = value;
    }
    this.composer.leave("");
    this.app.actions.command(this.leaf, values, () => this.composer.resume(this));
  }

  #refuse(field, error) {
    field.complain(error);
    field.focus();
    this.composer.complain(`${field.option.name}: ${error}`);
  }
}
