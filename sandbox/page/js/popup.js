/** A list that opens at a button or a point: context menus, the member switch, the choices of a select. */

import { focused, h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {{label: string, detail?: string, value?: any, mark?: Node, danger?: boolean, checked?: boolean, heading?: string}} Item
 * @typedef {{min: number, max: number}} Multiple how many may be chosen; the list stays open for it
 * @typedef {{
 *   items: Item[], label: string, anchor: HTMLElement, point?: {x: number, y: number}, kind?: "menu"|"radio"|"listbox", multiple?: Multiple
 * }} Wish
 */

const ROLES = { menu: "menuitem", radio: "menuitemradio", listbox: "option" };
const STATES = { radio: "aria-checked", listbox: "aria-selected" };
const EDGE_PX = 8;
/** @type {?Popup} */
let open = null;

class Popup {
  /** @param {Wish} wish @param {(answer: Item[]|null) => void} resolve */
  constructor({ items, label, anchor, point, kind = "menu", multiple }, resolve) {
    this.items = items;
    this.kind = kind;
    this.multiple = multiple;
    this.resolve = resolve;
    this.chosen = new Set(items.filter((item) => item.checked));
    this.rows = items.map((item, at) => this.#row(item, at));
    this.returnTo = focused();
    this.element = h(
      "div",
      {
        class: "popup",
        role: kind === "listbox" ? "listbox" : "menu",
        "aria-label": label,
        "aria-multiselectable": multiple && "true",
        on: { keydown: (event) => this.#key(event) },
      },
      items.map((item, at) => [
        item.heading && h("div", { class: "popup-heading", role: "presentation" }, item.heading),
        this.rows[at],
      ]),
    );
    (anchor.closest("dialog") ?? document.body).append(this.element);
    this.#place(point ? new DOMRect(point.x, point.y, 0, 0) : anchor.getBoundingClientRect());
    this.#listen();
    (this.rows[items.findIndex((item) => item.checked)] ?? this.rows[0])?.focus();
  }

  #row(item, at) {
    const state = STATES[this.kind] && { [STATES[this.kind]]: String(Boolean(item.checked)) };
    return h(
      "div",
      {
        role: ROLES[this.kind],
        tabindex: "-1",
        class: `popup-item ${item.danger ? "danger" : ""}`,
        ...state,
        on: { click: () => this.#take(at) },
      },
      item.mark,
      h("span", { class: "popup-words" }, h("span", {}, item.label), item.detail && h("small", {}, item.detail)),
      state && h("span", { class: this.multiple ? "tick box" : "tick" }, icon("check")),
    );
  }

  /** Stand beside what it belongs to, inside the window. */
  #place(box) {
    this.element.style.minWidth = `${box.width}px`;
    const { width, height } = this.element.getBoundingClientRect();
    const fitsBelow = box.bottom + 4 + height <= innerHeight - EDGE_PX;
    const top = fitsBelow ? box.bottom + 4 : Math.min(box.top - height - 4, innerHeight - height - EDGE_PX);
    this.element.style.left = `${Math.max(EDGE_PX, Math.min(box.left, innerWidth - width - EDGE_PX))}px`;
    this.element.style.top = `${Math.max(EDGE_PX, top)}px`;
  }

  #listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    const beside = (event) => this.element.contains(event.target) || this.close(this.#selection(), false);
    document.addEventListener("pointerdown", beside, { capture: true, signal });
    addEventListener("resize", () => this.close(null), { signal });
  }

  #selection() {
    const { multiple, chosen } = this;
    return multiple && chosen.size >= multiple.min && chosen.size <= multiple.max ? [...chosen] : null;
  }

  #take(at) {
    const item = this.items[at];
    if (!this.multiple) return this.close([item]);
    if (this.chosen.has(item)) this.chosen.delete(item);
    else if (this.chosen.size < this.multiple.max) this.chosen.add(item);
    this.rows[at].setAttribute(STATES[this.kind], String(this.chosen.has(item)));
  }

  #key(event) {
    const at = this.rows.indexOf(focused());
    if (event.key === "Escape" || event.key === "Tab") this.close(this.#selection());
    else if ((event.key === "Enter" || event.key === " ") && at >= 0) this.#take(at);
    else if (!this.#walk(event.key, at)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Move the focus by arrow keys, Home, End and first letters. */
  #walk(key, at) {
    const count = this.rows.length;
    const to = { ArrowDown: at + 1, ArrowUp: at <= 0 ? count - 1 : at - 1, Home: 0, End: count - 1 }[key];
    const next = to === undefined ? this.#startingWith(key, at) : this.rows[to % count];
    next?.focus();
    return next;
  }

  #startingWith(key, at) {
    const ring = [...this.rows.slice(at + 1), ...this.rows.slice(0, at + 1)];
    return key.length === 1
      ? ring.find((row) => row.textContent.trim().toLowerCase().startsWith(key.toLowerCase()))
      : undefined;
  }

  close(answer, giveBackFocus = true) {
    this.listening.abort();
    open = null;
    this.element.remove();
    if (giveBackFocus) this.returnTo?.focus();
    this.resolve(answer);
  }
}

/**
 * Let a person choose.
 * @param {Wish} wish
 * @returns {Promise<Item[]|null>} what was chosen; null where she turned away
 */
export function choose(wish) {
  open?.close(null);
  return new Promise((resolve) => {
    open = new Popup(wish, resolve);
  });
}
