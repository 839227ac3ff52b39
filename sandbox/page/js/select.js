/** The selects of messages and modals: strings, members, roles, channels. */

import { fill, h } from "./dom.js";
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

/**
 * Draw a select.
 * @param {import("./types.js").Component} component
 * @param {import("./store.js").Store} store
 * @param {(values: string[], button: HTMLButtonElement) => void} onChosen
 */
export function drawSelect(component, store, onChosen) {
  const wanted = component.placeholder || WANTED[component.type];
  const words = h("span", { class: "select-words" });
  const button = h(
    "button",
    { type: "button", class: "select", disabled: component.disabled, "aria-haspopup": "listbox", "aria-label": wanted },
    words,
    icon("down"),
  );
  let chosen = itemsOf(component, store).filter((item) => item.checked);
  const show = () => {
    fill(words, chosen.length ? chosen.map((item) => item.label).join(", ") : wanted);
    words.classList.toggle("empty", !chosen.length);
    button.setAttribute("aria-label", chosen.length ? `${wanted}: ${words.textContent}` : wanted);
  };
  button.addEventListener("click", async () => {
    const { min_values: min = 1, max_values: max = 1 } = component;
    const values = new Set(chosen.map((item) => item.value));
    const items = itemsOf(component, store).map((item) => ({ ...item, checked: values.has(item.value) }));
    const answer = await choose({
      items,
      label: wanted,
      anchor: button,
      kind: "listbox",
      multiple: max > 1 || min === 0 ? { min, max } : undefined,
    });
    if (!answer) return;
    chosen = answer;
    show();
    onChosen(
      chosen.map((item) => item.value),
      button,
    );
  });
  show();
  return button;
}
