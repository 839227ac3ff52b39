/** The selects of messages and modals: strings, members, roles, channels. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { channelItems, memberItems, roleItems } from "./pickables.js";
import { choose } from "./popup.js";

const STRING = 3,
  USER = 5,
  ROLE = 6,
  MENTIONABLE = 7,
  CHANNEL = 8;
export const SELECTS = [STRING, USER, ROLE, MENTIONABLE, CHANNEL];
const WANTED = {
  [STRING]: "Make a selection",
  [USER]: "Select a member",
  [ROLE]: "Select a role",
  [MENTIONABLE]: "Select a member or role",
  [CHANNEL]: "Select a channel",
};

/** Write an emoji: its sign, or the name of a server's own. @param {import("./types.js").Emoji|undefined} emoji */
export function emojiSign(emoji) {
  if (!emoji?.name) return null;
  return h("span", { class: "emoji", "aria-hidden": "true" }, emoji.id ? `:${emoji.name}:` : emoji.name);
}

/**
 * List what a select offers.
 * @param {import("./types.js").Component} component
 * @param {import("./store.js").Store} store
 */
function itemsOf(component, store) {
  const preset = new Set((component.default_values ?? []).map(({ id }) => id));
  const items = {
    [STRING]: () =>
      (component.options ?? []).map((option) => ({
        label: option.label,
        detail: option.description,
        value: option.value,
        mark: emojiSign(option.emoji),
        checked: option.default,
      })),
    [USER]: () => memberItems(store),
    [ROLE]: () => roleItems(store),
    [MENTIONABLE]: () => [...memberItems(store), ...roleItems(store)],
    [CHANNEL]: () => channelItems(store, component.channel_types),
  }[component.type]();
  return items.map((item) => ({ ...item, checked: item.checked ?? preset.has(item.value) }));
}

/** A button that opens a list, and shows what was chosen from it. */
export class Select {
  /**
   * @param {import("./types.js").Component} component
   * @param {import("./store.js").Store} store
   * @param {(values: string[], button: HTMLButtonElement) => void} onChosen
   */
  constructor(component, store, onChosen) {
    this.component = component;
    this.store = store;
    this.onChosen = onChosen;
    this.wanted = component.placeholder || WANTED[component.type];
    this.words = h("span", { class: "select-words" });
    const manner = { type: "button", class: "select", disabled: component.disabled, "aria-haspopup": "listbox" };
    this.element = h("button", { ...manner, on: { click: () => this.#open() } }, this.words, icon("down"));
    this.#show(itemsOf(component, store).filter((item) => item.checked));
  }

  get values() {
    return this.chosen.map((item) => item.value);
  }

  #show(chosen) {
    this.chosen = chosen;
    const labels = chosen.map((item) => item.label).join(", ");
    this.words.textContent = labels || this.wanted;
    this.words.classList.toggle("empty", !labels);
    this.element.setAttribute("aria-label", labels ? `${this.wanted}: ${labels}` : this.wanted);
  }

  async #open() {
    const { min_values: min = 1, max_values: max = 1 } = this.component;
    const items = itemsOf(this.component, this.store).map((item) => ({
      ...item,
      checked: this.values.includes(item.value),
    }));
    const multiple = max > 1 || min === 0 ? { min, max } : undefined;
    const answer = await choose({ items, label: this.wanted, anchor: this.element, kind: "listbox", multiple });
    if (!answer) return;
    this.#show(answer);
    this.onChosen(this.values, this.element);
  }
}
