/** One message on the page; an edit redraws only the part that changed, so nothing flickers or loses the focus. */

import { drawAttachments } from "./attachments.js";
import { h, textButton } from "./dom.js";
import { drawEmbed } from "./embed.js";
import { iconButton } from "./icons.js";
import { drawComponents } from "./layout.js";
import { drawLead, usedCommand } from "./lead.js";
import * as parts from "./message_parts.js";
import { swap } from "./swap.js";
import { dayKey, longDate } from "./time.js";

/** @typedef {import("./types.js").Message} Message */

const GROUP_MS = 7 * 60 * 1000;
const BODY = ["heading", "content", "attachments", "embeds", "components", "chip", "notice"];

const isEphemeral = (message) => Boolean((message.flags ?? 0) & parts.EPHEMERAL);

/**
 * Say whether a message goes on where the one before it stopped.
 * @param {Message} message
 * @param {Message|undefined} before
 */
function continues(message, before) {
  if (!before || before.author.id !== message.author.id || parts.isSystem(before)) return false;
  if (message.type || usedCommand(message) || message.referenced_message) return false;
  const gap = Date.parse(message.timestamp) - Date.parse(before.timestamp);
  return gap < GROUP_MS && isEphemeral(message) === isEphemeral(before);
}

/** Leave out the files that an embed shows. @param {Message} message */
function looseFiles({ embeds = [], attachments = [] }) {
  const shown = new Set(embeds.flatMap((embed) => [embed.image?.url, embed.thumbnail?.url]));
  return attachments.filter((attachment) => !shown.has(attachment.url));
}

/** A message and its element. */
export class MessageView {
  /** @param {Message} message @param {any} app */
  constructor(message, app) {
    this.app = app;
    this.drawn = {};
    const part = (name) => (this[name] = h("div", { class: name }));
    const about = { class: "icon-button more", tabindex: "-1", "aria-haspopup": "menu" };
    this.element = h(
      "li",
      { class: "message", tabindex: "-1", data: { id: message.id } },
      ["divider", "lead", "gutter"].map(part),
      h("div", { class: "body" }, BODY.map(part)),
      h("div", { class: "tools" }, iconButton("more", "More", null, about)),
    );
    this.update(message);
  }

  /** Redraw a part where what it shows has changed. */
  #draw(name, shows, draw) {
    const state = JSON.stringify(shows ?? null);
    if (this.drawn[name] === state) return;
    this.drawn[name] = state;
    swap(this[name], draw());
  }

  /** Take in a newer state. @param {Message} message */
  update(message) {
    this.message = message;
    const { app } = this;
    const { classList } = this.element;
    classList.toggle("ephemeral", isEphemeral(message));
    classList.toggle("mentions-me", app.store.mentionsMe(message));
    classList.toggle("system", parts.isSystem(message));
    const { html, content, edited_timestamp: edited, flags, embeds = [], components = [], attachments = [] } = message;
    const files = looseFiles(message);
    this.#draw("content", [html, content, edited, flags], () => parts.drawContent(message, app));
    this.#draw("attachments", files, () => drawAttachments(files));
    this.#draw("embeds", embeds, () => embeds.map((embed) => drawEmbed(embed, attachments)));
    this.#draw("components", components, () => drawComponents(message, app));
    this.#draw("chip", message.thread, () => parts.drawThread(message, app));
    this.#draw("notice", isEphemeral(message), () => this.#notice());
  }

  #notice() {
    const dismiss = textButton("Dismiss message", () => this.app.actions.dismiss(this.message));
    return isEphemeral(this.message) ? parts.onlyYou(dismiss) : [];
  }

  /** Fit into the neighbourhood. @param {Message|undefined} before @param {string|undefined} firstUnread starts the news */
  settle(before, firstUnread) {
    const { message, app } = this;
    const when = new Date(message.timestamp);
    const newDay = (!before || dayKey(new Date(before.timestamp)) !== dayKey(when)) && longDate(when);
    const isNews = firstUnread === message.id;
    const together = !newDay && !isNews && continues(message, before);
    const author = app.store.person(message.author);
    this.element.classList.toggle("together", together);
    this.#draw("divider", [newDay, isNews], () => parts.drawDivider(newDay, isNews));
    this.#draw("lead", [together, usedCommand(message), message.referenced_message], () =>
      together ? [] : drawLead(message, app),
    );
    this.#draw("gutter", [together, author], () => parts.drawGutter(message, author, together));
    const isBare = together || parts.isSystem(message);
    this.#draw("heading", [isBare, author], () => (isBare ? [] : parts.drawHeading(author, when, app)));
  }
}
