/** Where ordinary messages are written; a slash at its beginning offers commands. */

import { memberAvatar } from "./avatars.js";
import { matching } from "./commands.js";
import { focused, h } from "./dom.js";
import { iconButton } from "./icons.js";
import { mentionAt, withMentions } from "./mentions.js";
import { memberItems } from "./pickables.js";
import { narrowed } from "./suggestions.js";
import { Tray } from "./tray.js";
import { chooseFiles } from "./upload.js";

const MAX_CHARACTERS = 2000;
const COUNT_FROM = 1800;

/** The box, its files, its counter. */
export class MessageBox {
  /** What each member has begun to write in each channel. @type {Map<string, {words: string, files: Tray["entries"]}>} */
  drafts = new Map();
  mentions = new Map();

  /**
   * @param {any} app
   * @param {import("./suggestions.js").Suggestions} suggestions
   * @param {{take: (leaf: any) => void, complain: (text: string) => void}} composer
   */
  constructor(app, suggestions, composer) {
    this.app = app;
    this.suggestions = suggestions;
    this.composer = composer;
    this.tray = new Tray(composer.complain);
    this.counter = h("span", { class: "counter", "aria-live": "polite" });
    this.text = h("textarea", {
      rows: "1",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      on: { input: () => this.#typed(), keydown: (event) => this.#key(event), blur: () => suggestions.hide() },
    });
    this.send = iconButton("send", "Send message", null, { type: "submit", class: "icon-button send" });
    const attach = iconButton("plus", "Upload a file", async () => this.tray.add(await chooseFiles(true)));
    this.element = h(
      "form",
      {
        class: "box",
        on: {
          submit: (event) => {
            event.preventDefault();
            this.#send();
          },
        },
      },
      this.tray.element,
      h("div", { class: "box-line" }, attach, this.text, this.counter, this.send),
    );
    app.store.on("view", () => this.#view());
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  /** Show the draft that belongs to what is in view. */
  #view() {
    const { channel, viewKey } = this.app.store;
    if (this.viewKey !== viewKey) {
      const { words, files } = this.drafts.get(viewKey) ?? { words: "", files: [] };
      this.drafts.set(this.viewKey, { words: this.text.value, files: this.tray.swap(files) });
      this.write(words);
    }
    this.viewKey = viewKey;
    const placeholder = channel ? `Message ${channel.type === 0 ? "#" : ""}${channel.name}` : "";
    this.text.placeholder = placeholder;
    this.text.setAttribute("aria-label", placeholder);
  }

  /** Put words into the box. @param {string} words */
  write(words) {
    this.text.value = words;
    this.#typed();
  }

  #typed() {
    const { value } = this.text;
    const length = [...value].length;
    this.counter.textContent = length > COUNT_FROM ? String(MAX_CHARACTERS - length) : "";
    this.counter.classList.toggle("over", length > MAX_CHARACTERS);
    this.composer.complain("");
    if (focused() !== this.text) return;
    if (/^\/[^\n]*$/.test(value)) this.#offerCommands(value.slice(1));
    else this.#offerMembers();
  }

  #offerCommands(typed) {
    const leaves = this.app.commands();
    const whole = typed.endsWith(" ") && leaves.find((leaf) => leaf.name === typed.trim().toLowerCase());
    if (whole) return this.composer.take(whole);
    const bot = [...this.app.store.members.values()].find((member) => member.bot);
    const items = matching(leaves, typed).map((leaf) => ({
      label: `/${leaf.name}`,
      detail: leaf.description,
      value: leaf,
      source: bot?.display_name,
      mark: bot && memberAvatar(bot, "small"),
    }));
    const title = typed.trim() ? `Commands matching /${typed.trim()}` : "Commands";
    this.suggestions.show({
      input: this.text,
      title,
      items,
      state: items.length ? "" : "No command matches",
      onTake: (item) => this.composer.take(item.value),
    });
  }

  #offerMembers() {
    const found = mentionAt(this.text.value, this.text.selectionStart);
    const items = found ? narrowed(memberItems(this.app.store), found.typed) : [];
    if (!items.length) return this.suggestions.hide();
    this.suggestions.show({
      input: this.text,
      title: "Members",
      items,
      onTake: (item) => this.#mention(item, found.start),
    });
  }

  #mention({ label, value = "" }, start) {
    this.mentions.set(`@${label}`, value);
    this.text.setRangeText(`@${label} `, start, this.text.selectionStart, "end");
    this.#typed();
  }

  #key(event) {
    if (this.suggestions.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.text.value) {
      event.preventDefault();
      this.app.timeline.focusLast();
    }
  }

  async #send() {
    const written = this.text.value;
    if (!written.trim() && !this.tray.entries.length) return;
    const over = [...written].length - MAX_CHARACTERS;
    if (over > 0)
      return this.composer.complain(
        `Your message is ${over} character${over > 1 ? "s" : ""} too long: 2,000 is the limit.`,
      );
    this.text.value = "";
    try {
      await this.app.actions.say(withMentions(written.trim(), this.mentions), await this.tray.ids());
      this.tray.clear();
      this.mentions.clear();
      this.#typed();
    } catch (error) {
      this.text.value ||= written;
      this.#typed();
      this.composer.complain(error.message);
    }
  }
}
