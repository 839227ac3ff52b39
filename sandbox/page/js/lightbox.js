/** Pictures as large as the window allows, one at a time. */

import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { iconButton } from "./icons.js";

/** @typedef {{url: string, alt: string}} Picture */

/** The window over the page. */
class Lightbox {
  /** @param {Picture[]} pictures @param {number} at which one is shown first @param {() => void} close */
  constructor(pictures, at, close) {
    this.pictures = pictures;
    this.at = at;
    this.image = h("img", { on: { click: close } });
    this.words = h("span", { class: "lightbox-words" });
    this.count = h("span", { class: "lightbox-count", "aria-live": "polite" });
    this.original = h("a", { target: "_blank", rel: "noopener" }, "Open original");
    const leave = h("button", { type: "button", class: "button plain", autofocus: true, on: { click: close } }, "Close");
    this.element = h(
      "figure",
      { on: { keydown: (event) => this.#key(event) } },
      h("div", { class: "lightbox-stage" }, this.#way(-1, "Previous image"), this.image, this.#way(1, "Next image")),
      h("figcaption", {}, this.words, h("span", { class: "lightbox-foot" }, this.count, this.original, leave)),
    );
    this.#show();
  }

  #way(step, label) {
    const side = { class: `icon-button lightbox-way ${step < 0 ? "back" : "on"}` };
    return this.pictures.length > 1 && iconButton("down", label, () => this.#go(step), side);
  }

  #go(step) {
    this.at = (this.at + step + this.pictures.length) % this.pictures.length;
    this.#show();
  }

  #key({ key }) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step) this.#go(step);
  }

  #show() {
    const { url, alt } = this.pictures[this.at];
    this.image.src = url;
    this.image.alt = alt;
    this.original.href = url;
    fill(this.words, alt);
    fill(this.count, this.pictures.length > 1 && `${this.at + 1} of ${this.pictures.length}`);
  }
}

/** Show pictures large. @param {Picture[]} pictures @param {number} at which one is shown first */
export function enlarge(pictures, at) {
  const label = pictures[at].alt || "Image";
  return openDialog({ label, className: "lightbox" }, (close) => new Lightbox(pictures, at, close).element);
}
