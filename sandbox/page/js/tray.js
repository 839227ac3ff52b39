/** The files that will go with the next message. */

import { h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { fileSize } from "./links.js";
import { MAX_FILES, thumbnail, upload } from "./upload.js";

/** Files above the message box; each is sent to the sandbox as soon as it is added. */
export class Tray {
  /** @type {{card: HTMLElement, sent: Promise<import("./types.js").Upload>}[]} */
  entries = [];

  /** @param {(text: string) => void} complain */
  constructor(complain) {
    this.complain = complain;
    this.element = h("ul", { class: "tray", "aria-label": "Files to send", hidden: true });
  }

  /** @param {File[]} files */
  add(files) {
    const room = MAX_FILES - this.entries.length;
    if (files.length > room) this.complain(`At most ${MAX_FILES} files go with one message.`);
    for (const file of files.slice(0, room)) this.#addOne(file);
  }

  #addOne(file) {
    const face = h("span", { class: "tray-face" }, icon("file"));
    const entry = {
      sent: upload(file),
      card: h(
        "li",
        { class: "tray-card busy" },
        face,
        h("b", {}, file.name),
        h("small", {}, fileSize(file.size)),
        iconButton("trash", `Remove ${file.name}`, () => this.#drop(entry)),
      ),
    };
    this.entries.push(entry);
    this.element.append(entry.card);
    this.element.hidden = false;
    entry.sent.then(
      (done) => {
        entry.card.classList.remove("busy");
        if (done.content_type.startsWith("image/")) face.replaceChildren(thumbnail(done));
      },
      (error) => {
        this.#drop(entry);
        this.complain(error.message);
      },
    );
  }

  #drop(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    entry.card.remove();
    this.element.hidden = !this.entries.length;
  }

  /** Wait for the uploads under way and name them. @returns {Promise<string[]>} */
  async ids() {
    return (await Promise.all(this.entries.map(({ sent }) => sent))).map(({ id }) => id);
  }

  clear() {
    this.swap([]);
  }

  /** Put other files in place of these. @param {Tray["entries"]} entries @returns {Tray["entries"]} those that were here */
  swap(entries) {
    const before = this.entries;
    this.entries = entries;
    this.element.replaceChildren(...entries.map(({ card }) => card));
    this.element.hidden = !entries.length;
    return before;
  }
}
