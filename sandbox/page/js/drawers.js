/** Channels and members as drawers where the window is narrow; the members' column folds where it is wide. */

import { byId, focused } from "./dom.js";

const narrow = matchMedia("(max-width: 760px)");
const KEY = "members-folded";

/** Opens and closes the two sides. */
export class Drawers {
  #open = null;

  constructor() {
    this.sides = { left: byId("left"), right: byId("members") };
    byId("backdrop").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#open && this.close());
    narrow.addEventListener("change", () => this.#show(null));
    document.body.classList.toggle("members-folded", localStorage.getItem(KEY) === "yes");
    this.#show(null);
  }

  /** Open a side, or close it again; the wide window folds its members instead. @param {"left"|"right"} side */
  toggle(side) {
    if (narrow.matches) return this.#open === side ? this.close() : this.#enter(side);
    const folded = document.body.classList.toggle("members-folded");
    localStorage.setItem(KEY, folded ? "yes" : "no");
  }

  #enter(side) {
    this.returnTo = focused();
    this.#show(side);
    this.sides[side].querySelector("[aria-current], button")?.focus();
  }

  close() {
    if (!this.#open) return;
    this.#show(null);
    this.returnTo?.focus();
  }

  #show(side) {
    this.#open = side;
    for (const [name, element] of Object.entries(this.sides)) {
      element.classList.toggle("open", name === side);
      element.inert = narrow.matches && name !== side;
    }
    byId("chat").inert = side !== null;
    byId("backdrop").hidden = side === null;
  }
}
