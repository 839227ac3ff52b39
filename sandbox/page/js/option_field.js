/** One option of a command as a pill: its name, and an input that knows its type. */

import { fill, focused, h } from "./dom.js";
import { icon } from "./icons.js";
import { KIND, hint, readText } from "./option_rules.js";
import { fixedList } from "./option_sources.js";
import { narrowed } from "./suggestions.js";
import { chooseFiles, thumbnail, upload } from "./upload.js";

const PAUSE_MS = 150;
const WIDEST = 60;
const TALLEST = 8;

/** What both kinds of field share: the pill, and what is wrong with it. */
class Field {
  /** @param {import("./types.js").Option} option @param {any} form */
  constructor(option, form) {
    this.option = option;
    this.form = form;
    this.problem = "";
    /** @type {any} */
    this.input = null;
    this.element = h(
      "label",
      { class: "pill", data: { option: option.name } },
      h("span", { class: "pill-name" }, option.name),
    );
  }

  focus() {
    this.input.focus();
  }

  /** Mark the field with what is wrong, or as right again (""). @param {string} problem */
  complain(problem) {
    this.problem = problem;
    this.element.classList.toggle("wrong", Boolean(problem));
    this.input.setAttribute("aria-invalid", String(Boolean(problem)));
  }

  get title() {
    return `${this.option.name}${this.option.required ? "" : " (optional)"}`;
  }

  get text() {
    return [this.option.description, hint(this.option)].filter(Boolean).join(" · ");
  }
}

/** A field to type in: free text, numbers, a fixed list, or the bot's own completions. */
export class TextField extends Field {
  constructor(option, form) {
    super(option, form);
    this.taken = null;
    this.asked = 0;
    this.input = h("textarea", {
      rows: "1",
      cols: "6",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      "aria-label": `${option.name}: ${option.description}`,
      "aria-required": option.required && "true",
      inputmode: this.#inputMode(),
      on: {
        input: () => this.#typed(),
        focus: () => this.offer(),
        blur: () => form.suggestions.hide(),
        keydown: (event) => form.key(event, this),
      },
    });
    this.element.append(this.input);
  }

  #inputMode() {
    return { [KIND.INTEGER]: "numeric", [KIND.NUMBER]: "decimal" }[this.option.type];
  }

  /** Hold what was taken from a list (null: what is typed); completions still under way come too late. */
  #changed(taken) {
    this.taken = taken;
    this.asked += 1;
    this.#fit();
    this.complain("");
    clearTimeout(this.timer);
  }

  /** Size the input by its words where the browser does not (`field-sizing`). */
  #fit() {
    const { length } = this.input.value;
    this.input.cols = Math.min(WIDEST, Math.max(6, length + 1));
    this.input.rows = Math.min(TALLEST, Math.ceil((length + 1) / WIDEST));
  }

  /** An option is one line to Discord, however it is wrapped: pasted lines are joined. */
  #typed() {
    if (/[\r\n]/.test(this.input.value)) this.input.value = this.input.value.replace(/[\r\n]+/g, " ");
    this.#changed(null);
    if (this.option.autocomplete) this.timer = setTimeout(() => this.offer(), PAUSE_MS);
    else this.offer();
  }

  /** Offer what may stand here. */
  async offer() {
    const list = fixedList(this.option, this.form.app.store);
    if (list) return this.#show(this.taken ? list : narrowed(list, this.input.value));
    if (!this.option.autocomplete) return this.#show([]);
    this.asked += 1;
    const turn = this.asked;
    if (!this.form.suggestions.open) this.#show([], "Loading…");
    try {
      const choices = await this.form.complete(this.option.name);
      if (turn === this.asked) this.#show(choices.map(({ name, value }) => ({ label: name, value })));
    } catch (error) {
      if (turn === this.asked) this.#show([], error.message);
    }
  }

  #show(items, state = "") {
    if (focused() !== this.input) return;
    const preselect = !this.taken && Boolean(this.input.value || (this.option.required && !this.option.autocomplete));
    this.form.suggestions.show({
      input: this.input,
      title: this.title,
      text: this.problem || this.text,
      items,
      state,
      preselect,
      onTake: (item) => this.take(item),
    });
  }

  /** Hold words that were typed elsewhere, and go on typing here. @param {string} words */
  write(words) {
    this.input.value = words;
    this.#typed();
    this.focus();
    this.input.setSelectionRange(words.length, words.length);
  }

  /** Take something from the list. @param {import("./suggestions.js").Suggestion} item */
  take(item) {
    this.input.value = item.label;
    this.#changed(item);
    this.form.next(this);
  }

  get empty() {
    return this.input.value === "";
  }

  /** What the bot gets while this field is still being typed in. */
  get partial() {
    if (this.taken) return this.taken.value;
    const isNumber = [KIND.INTEGER, KIND.NUMBER].includes(this.option.type);
    return isNumber ? (readText(this.option, this.input.value).value ?? this.input.value) : this.input.value;
  }

  /** @returns {Promise<import("./option_rules.js").Reading>} */
  async read() {
    const { option, input } = this;
    if (this.taken) return { value: this.taken.value };
    const list = fixedList(option, this.form.app.store);
    if (!list) return readText(option, input.value);
    const named = list.find((item) => item.label.toLowerCase() === input.value.trim().toLowerCase());
    return named ? { value: named.value } : { error: "Choose one from the list" };
  }
}

/** A field for a file: by dialog, drop or paste. */
export class FileField extends Field {
  constructor(option, form) {
    super(option, form);
    this.words = h("span", {}, "Choose, drop or paste a file");
    this.face = h("span", { class: "pill-face" }, icon("file"));
    this.input = h(
      "button",
      {
        type: "button",
        class: "pill-file",
        "aria-label": `${option.name}: ${option.description}`,
        on: {
          click: async () => this.accept((await chooseFiles(false))[0]),
          focus: () => this.#explain(),
          blur: () => form.suggestions.hide(),
          keydown: (event) => form.key(event, this),
        },
      },
      this.face,
      this.words,
    );
    this.element.append(this.input);
  }

  #explain() {
    this.form.suggestions.show({ input: this.input, title: this.title, text: this.problem || this.text });
  }

  /** Take a file and send it to the sandbox at once. @param {File|undefined} file */
  accept(file) {
    if (!file) return;
    this.complain("");
    this.words.textContent = file.name;
    this.input.setAttribute("aria-label", `${this.option.name}: ${file.name}`);
    fill(this.face, icon("file"));
    const sent = upload(file).then(
      (done) => {
        if (sent === this.sent && done.content_type.startsWith("image/")) fill(this.face, thumbnail(done));
        return { value: done.id };
      },
      (error) => {
        if (sent === this.sent) this.complain(error.message);
        return { error: error.message };
      },
    );
    this.sent = sent;
    this.focus();
  }

  get empty() {
    return !this.sent;
  }

  get partial() {
    return undefined;
  }

  /** @returns {Promise<import("./option_rules.js").Reading>} */
  async read() {
    return this.sent;
  }
}
