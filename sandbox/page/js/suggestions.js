/** The list over the composer: commands, an option's choices, members to mention. The focus stays in the input. */

import { fill, freshId, h } from "./dom.js";

/**
 * @typedef {{label: string, detail?: string, value?: any, mark?: Node, source?: string}} Suggestion
 * @typedef {{
 *   input: HTMLElement, title: string, text?: string, items?: Suggestion[], state?: string, preselect?: boolean,
 *   onTake?: (item: Suggestion) => void
 * }} Offer
 */

/** One list, lent to whichever input has the focus. */
export class Suggestions {
  /** @type {Suggestion[]} */
  items = [];
  active = -1;

  constructor() {
    this.head = h("div", { class: "suggest-head" });
    this.list = h("div", { class: "suggest-list", role: "listbox", id: freshId("suggestions") });
    this.element = h(
      "div",
      { class: "suggest", hidden: true, on: { pointerdown: (event) => event.preventDefault() } },
      this.head,
      this.list,
    );
  }

  /** Offer things to an input; without items only the words at the top show. @param {Offer} offer */
  show({ input, title, text = "", items = [], state = "", preselect = true, onTake }) {
    this.#release();
    this.input = input;
    this.items = items;
    this.onTake = onTake;
    fill(this.head, h("b", {}, title), text && h("span", {}, text), state && h("em", { role: "status" }, state));
    this.list.setAttribute("aria-label", title);
    this.list.hidden = !items.length;
    this.rows = items.map((item, at) => this.#row(item, at));
    fill(this.list, this.rows);
    this.element.hidden = false;
    input.setAttribute("aria-expanded", String(items.length > 0));
    input.setAttribute("aria-controls", this.list.id);
    this.#activate(preselect && items.length ? 0 : -1);
  }

  #row(item, at) {
    return h(
      "div",
      {
        role: "option",
        class: "suggest-item",
        id: freshId("option"),
        on: { click: () => this.#take(at), pointermove: () => this.#activate(at, false) },
      },
      item.mark,
      h("span", { class: "suggest-words" }, h("span", {}, item.label), item.detail && h("small", {}, item.detail)),
      item.source && h("span", { class: "suggest-source" }, item.source),
    );
  }

  #activate(at, scroll = true) {
    if (this.active === at && this.rows[at]?.getAttribute("aria-selected") === "true") return;
    this.active = at;
    this.rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.rows[at].id);
    if (scroll) this.rows[at].scrollIntoView({ block: "nearest" });
  }

  #take(at) {
    const { items, onTake } = this;
    this.hide();
    onTake?.(items[at]);
  }

  #release() {
    this.input?.setAttribute("aria-expanded", "false");
    for (const name of ["aria-activedescendant", "aria-controls"]) this.input?.removeAttribute(name);
  }

  hide() {
    this.#release();
    this.element.hidden = true;
    this.items = [];
    this.active = -1;
  }

  /** Whether there is something to choose. */
  get open() {
    return !this.element.hidden && this.items.length > 0;
  }

  /** Handle a key of the input; true where it was meant for the list. @param {KeyboardEvent} event */
  key(event) {
    if (!this.open || event.isComposing) return false;
    const count = this.items.length;
    if (event.key === "ArrowDown") this.#activate((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.#activate(this.active <= 0 ? count - 1 : this.active - 1);
    else if (event.key === "Escape") this.hide();
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && this.active >= 0)
      this.#take(this.active);
    else return false;
    event.preventDefault();
    return true;
  }
}

/**
 * Keep the items whose words hold what was typed, those that begin with it first.
 * @param {Suggestion[]} items
 * @param {string} typed
 */
export function narrowed(items, typed) {
  const wanted = typed.trim().toLowerCase().replace(/^[@#]/, "");
  const starts = (item) => Number(item.label.toLowerCase().replace(/^[@#]/, "").startsWith(wanted));
  return items
    .filter((item) => `${item.label} ${item.detail ?? ""}`.toLowerCase().includes(wanted))
    .sort((a, b) => starts(b) - starts(a));
}
