/** A slash command being filled in: the required options as pills, the others to be added. */

import { confirmed } from "./dialog.js";
import { fill, h } from "./dom.js";
import { iconButton } from "./icons.js";
import { MoreField } from "./more_field.js";
import { FileField, TextField } from "./option_field.js";
import { KIND, inOrder, isFreeText } from "./option_rules.js";

const QUOTED = 40;

const quoted = (text) => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

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
    this.more = new MoreField(this);
    this.pills = h("div", { class: "pills" });
    this.send = iconButton("send", `Send /${leaf.name}`, null, { type: "submit", class: "icon-button send" });
    this.element = this.#frame();
    this.#draw();
  }

  #frame() {
    const { leaf, composer } = this;
    const submit = (event) => {
      event.preventDefault();
      this.submit();
    };
    const keydown = (event) => event.key === "Escape" && !event.defaultPrevented && this.#escape(event);
    const leave = iconButton("close", `Leave /${leaf.name}`, () => composer.leave());
    const frame = { class: "box command-form", "aria-label": `/${leaf.name}: ${leaf.description}` };
    const line = h("div", { class: "box-line" }, leave, this.pills, this.send);
    return h("form", { ...frame, on: { submit, keydown } }, line);
  }

  #field(option) {
    return option.type === KIND.ATTACHMENT ? new FileField(option, this) : new TextField(option, this);
  }

  get #left() {
    const shown = new Set(this.fields.map((field) => field.option));
    return inOrder(this.leaf.options).filter((option) => !shown.has(option));
  }

  get #empty() {
    return this.more.empty && this.fields.every((field) => field.empty);
  }

  #draw() {
    this.more.show(this.#left);
    const pills = this.fields.map((field) => field.element);
    fill(this.pills, h("span", { class: "command-chip" }, `/${this.leaf.name}`), pills, this.more.input);
  }

  /** Put the focus where the next thing is to be done. */
  focus() {
    const first = this.fields.find((field) => field.empty);
    (first ?? (this.#left.length ? this.more : this.send)).focus();
  }

  /** Leave the command, and ask before that where something is filled in. @param {KeyboardEvent} event */
  async #escape(event) {
    event.preventDefault(); // else the same key would close the question
    const question = { title: `Leave /${this.leaf.name}?`, text: "What you filled in would be lost.", action: "Leave it" };
    if (this.#empty || (await confirmed(question))) this.composer.leave();
  }

  /** Add an optional option. @param {import("./types.js").Option} option */
  add(option) {
    const field = this.#field(option);
    this.fields.push(field);
    this.#draw();
    return field;
  }

  /** Find the first empty field whose option fits, or add one. @returns {any} nothing where none is left */
  #free(fits) {
    const shown = this.fields.find((field) => field.empty && fits(field.option));
    const option = this.#left.find(fits);
    return shown ?? (option && this.add(option));
  }

  /** Give files to the free options for files. @param {File[]} files @returns {boolean} whether there was one for each */
  takeFiles(files) {
    const takers = files.map((file) => {
      const field = this.#free(({ type }) => type === KIND.ATTACHMENT);
      field?.accept(file);
      return field;
    });
    return takers.every(Boolean);
  }

  /** Give prose to the first free option for words. @param {string} words @returns {boolean} whether there was one */
  takeText(words) {
    const field = this.#free(isFreeText);
    if (field) this.more.clear();
    field?.write(words);
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
    const choosesFile = field instanceof FileField && field.empty;
    if (event.key === "Enter" && !choosesFile) {
      event.preventDefault();
      if (!event.shiftKey) this.submit();
    } else if (event.key === "Backspace" && field.empty) {
      event.preventDefault();
      this.#goBack(field);
    }
  }

  /** Take away an empty optional field, or leave the command where nothing is before it. */
  #goBack(field) {
    const at = field === this.more ? this.fields.length : this.fields.indexOf(field);
    if (at === 0 && (field === this.more || field.option.required)) return this.composer.leave(`/${this.leaf.name}`);
    if (field !== this.more && !field.option.required) this.fields.splice(at, 1);
    this.#draw();
    (this.fields[at - 1] ?? this.more).focus();
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
    const { value: left } = this.more.input;
    if (left && !this.takeText(left)) return this.#refuse(this.more, `This command has no option "${quoted(left)}"`);
    const values = {};
    for (const field of this.fields) {
      if (field.empty && !field.option.required) continue;
      const { value, error } = field.empty ? { error: "This option is required" } : await field.read();
      if (error) return this.#refuse(field, `${field.option.name}: ${error}`);
      values[field.option.name] = value;
    }
    this.composer.leave("");
    this.app.actions.command(this.leaf, values, () => this.composer.resume(this));
  }

  #refuse(field, error) {
    field.complain(error);
    field.focus();
    this.composer.complain(error);
  }
}
