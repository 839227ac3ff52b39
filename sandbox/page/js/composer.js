/** The bottom of the channel: a box for messages that becomes a form when a command is taken. */

import { CommandForm } from "./command_form.js";
import { byId, h } from "./dom.js";
import { MessageBox } from "./message_box.js";
import { Suggestions } from "./suggestions.js";
import { startTyping } from "./typing.js";
import { listenForFiles } from "./upload.js";

/** Holds the box, and the form of the command being filled in if there is one. */
export class Composer {
  /** @type {?CommandForm} */
  form = null;
  /** The command that each member has begun to fill in, in each channel. @type {Map<string, ?CommandForm>} */
  forms = new Map();

  /** @param {any} app */
  constructor(app) {
    this.app = app;
    this.root = byId("composer");
    this.suggestions = new Suggestions();
    this.error = h("p", { class: "composer-error", role: "alert" });
    const door = { take: (leaf) => this.take(leaf), complain: (text) => this.#complain(text) };
    this.box = new MessageBox(app, this.suggestions, door);
    const typing = h("p", { class: "typing", "aria-live": "off" });
    startTyping(app.store, typing);
    this.root.append(
      this.suggestions.element,
      this.box.element,
      h("div", { class: "composer-foot" }, this.error, typing),
    );
    listenForFiles((files) => this.#files(files));
    document.addEventListener("keydown", (event) => this.#strayKey(event));
    app.store.on("view", () => this.#view());
    app.store.on("hello", () => this.#complain("")); // connected again: what could not be sent then can be now
  }

  #view() {
    const { channel, viewKey } = this.app.store;
    this.root.hidden = !channel;
    if (this.viewKey === viewKey) return;
    this.forms.set(this.viewKey, this.form);
    this.viewKey = viewKey;
    this.#show(this.forms.get(viewKey) ?? null);
  }

  /** Put a form in place of the message box, or the box back (null). */
  #show(form) {
    this.suggestions.hide();
    this.form?.element.remove();
    this.form = form;
    this.box.element.hidden = Boolean(form);
    if (form) this.box.element.after(form.element);
  }

  #complain(text) {
    this.error.textContent = text;
  }

  focus() {
    (this.form ?? this.box).focus();
  }

  /** Begin to fill in a command. @param {import("./commands.js").Leaf} leaf */
  take(leaf) {
    const door = {
      leave: (text = "") => this.leave(text),
      complain: (text) => this.#complain(text),
      resume: (form) => this.#resume(form),
    };
    this.#resume(new CommandForm(this.app, this.suggestions, leaf, door));
  }

  /** Go on with a form, new or as it was left. */
  #resume(form) {
    this.box.write("");
    this.#show(form);
    form.focus();
  }

  /** Return to the message box. @param {string} text what it shall hold */
  leave(text) {
    const hadForm = this.form;
    this.#show(null);
    if (hadForm) this.box.focus();
    this.box.write(text);
  }

  #files(files) {
    if (!this.form) return this.box.tray.add(files);
    if (!this.form.takeFiles(files)) this.#complain("This command takes no further file.");
  }

  /** A letter typed nowhere in particular belongs into the message box. */
  #strayKey(event) {
    const typing = event.target.closest?.("input, textarea, select, dialog, .popup, [contenteditable]");
    const onControl = event.key === " " && event.target.closest?.("button, a, [role=button]");
    if (typing || onControl || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || this.form)
      return;
    this.box.focus();
  }
}
