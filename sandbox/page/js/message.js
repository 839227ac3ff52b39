/** One message on the page; an edit redraws only the part that changed, so nothing flickers or loses the focus. */

import { drawAttachments } from "./attachments.js";
import { avatar } from "./avatars.js";
import { fill, find, focused, h } from "./dom.js";
import { drawEmbed } from "./embed.js";
import { icon } from "./icons.js";
import { drawComponents } from "./layout.js";
import { drawLead, usedCommand } from "./lead.js";
import { showServerHtml } from "./markup.js";
import { clock, dayKey, fullTime, longDate, stamp } from "./time.js";

/** @typedef {import("./types.js").Message} Message */

export const EPHEMERAL = 1 << 6;
const THINKING = 1 << 7;
const THREAD_CREATED = 18;
const GROUP_MS = 7 * 60 * 1000;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\uFE0F\u200D\p{Emoji_Modifier}]*\s*){1,27}$/u;

/**
 * Say whether a message goes on where the one before it stopped.
 * @param {Message} message
 * @param {Message|undefined} before
 */
function continues(message, before) {
  if (!before || before.author.id !== message.author.id || usedCommand(message) || message.referenced_message)
    return false;
  const near = Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUP_MS;
  return (
    near &&
    ((message.flags ?? 0) & EPHEMERAL) === ((before.flags ?? 0) & EPHEMERAL) &&
    !message.type &&
    !isSystem(before)
  );
}

const isSystem = ({ type = 0 }) => ![0, 19, 20, 21, 23].includes(type);

/** A message and its element. */
export class MessageView {
  /** @param {Message} message @param {any} app */
  constructor(message, app) {
    this.app = app;
    this.drawn = {};
    const part = (name, tag = "div") => (this[name] = h(tag, { class: name }));
    this.element = h(
      "li",
      { class: "message", tabindex: "-1", data: { id: message.id } },
      part("divider"),
      part("lead"),
      part("gutter"),
      h(
        "div",
        { class: "body" },
        part("heading", "header"),
        part("content"),
        part("attachments"),
        part("embeds"),
        part("components"),
        part("chip"),
        part("notice"),
      ),
      h(
        "div",
        { class: "tools" },
        h(
          "button",
          { type: "button", class: "icon-button more", tabindex: "-1", "aria-label": "More", "aria-haspopup": "menu" },
          icon("more"),
        ),
      ),
    );
    this.update(message);
  }

  /** Redraw a part where what it shows has changed. */
  #draw(name, shows, draw) {
    const state = JSON.stringify(shows ?? null);
    if (this.drawn[name] === state) return;
    this.drawn[name] = state;
    const held = this[name].contains(focused()) && focused().dataset.customId;
    fill(this[name], draw());
    if (held) find(this[name], "custom-id", held)?.focus();
  }

  /** Take in a newer state. @param {Message} message */
  update(message) {
    this.message = message;
    const { app } = this;
    const flags = message.flags ?? 0;
    const inEmbeds = new Set((message.embeds ?? []).flatMap((embed) => [embed.image?.url, embed.thumbnail?.url]));
    const files = (message.attachments ?? []).filter((attachment) => !inEmbeds.has(attachment.url));
    this.element.classList.toggle("ephemeral", Boolean(flags & EPHEMERAL));
    this.element.classList.toggle("mentions-me", app.store.mentionsMe(message));
    this.element.classList.toggle("system", isSystem(message));
    this.#draw(
      "content",
      [message.html, message.content, message.edited_timestamp, flags & THINKING, message.type],
      () => this.#content(),
    );
    this.#draw("attachments", files, () => drawAttachments(files));
    this.#draw("embeds", message.embeds, () => (message.embeds ?? []).map(drawEmbed));
    this.#draw("components", message.components, () =>
      message.components?.length ? drawComponents(message, app) : [],
    );
    this.#draw("chip", message.thread, () => this.#thread());
    this.#draw("notice", flags & EPHEMERAL, () => this.#notice());
  }

  #content() {
    const { message, app } = this;
    if ((message.flags ?? 0) & THINKING) {
      return h(
        "div",
        { class: "thinking", role: "status" },
        h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
        `${app.store.person(message.author).name} is thinking…`,
      );
    }
    const jumbo = ONLY_EMOJI.test(message.content) ? "jumbo" : "";
    if (message.type === THREAD_CREATED) return this.#threadStarted();
    const markup = h("div", { class: `markup ${jumbo}` });
    showServerHtml(markup, message.html, message.content);
    const edited =
      message.edited_timestamp &&
      !isSystem(message) &&
      h("span", { class: "edited", title: fullTime(new Date(message.edited_timestamp)) }, "(edited)");
    if (edited) (markup.lastElementChild?.tagName === "P" ? markup.lastElementChild : markup).append(" ", edited);
    return markup;
  }

  /** Tell who began a thread; its name leads there. */
  #threadStarted() {
    const { message, app } = this;
    const { channel_id: channel, message_id: other } = message.message_reference ?? {};
    const thread = [channel, other].find((id) => app.store.channels.get(id)?.parent_id === message.channel_id);
    return [
      h("b", {}, app.store.person(message.author).name),
      " started a thread: ",
      h(
        "button",
        { type: "button", class: "text-link", on: { click: () => thread && app.store.select(thread) } },
        message.content,
      ),
      " ",
      h("time", {}, stamp(new Date(message.timestamp))),
    ];
  }

  #thread() {
    const { message, app } = this;
    return (
      message.thread &&
      h(
        "button",
        { type: "button", class: "thread-chip", on: { click: () => app.store.select(message.thread.id) } },
        icon("thread"),
        h("span", {}, message.thread.name),
        h("small", {}, "Open thread ›"),
      )
    );
  }

  #notice() {
    const { message, app } = this;
    return (message.flags ?? 0) & EPHEMERAL
      ? h(
          "p",
          { class: "only-you" },
          icon("eye"),
          "Only you can see this • ",
          h(
            "button",
            { type: "button", class: "text-link", on: { click: () => app.actions.dismiss(message) } },
            "Dismiss message",
          ),
        )
      : [];
  }

  /**
   * Fit into the neighbourhood.
   * @param {Message|undefined} before
   * @param {string|undefined} firstUnread the id that starts the news
   */
  settle(before, firstUnread) {
    const { message, app } = this;
    const when = new Date(message.timestamp);
    const newDay = !before || dayKey(new Date(before.timestamp)) !== dayKey(when);
    const isNews = firstUnread === message.id;
    const together = !newDay && !isNews && continues(message, before);
    const author = app.store.person(message.author);
    this.element.classList.toggle("together", together);
    this.#draw("divider", [newDay && dayKey(when), isNews], () => dividerLine(newDay && longDate(when), isNews));
    this.#draw("lead", [together, author, usedCommand(message), message.referenced_message], () =>
      together ? [] : drawLead(message, app),
    );
    this.#draw("gutter", [together, author, message.type], () => gutter(message, author, together));
    this.#draw("heading", [together, author, message.timestamp], () =>
      together || isSystem(message) ? [] : heading(author, when, app),
    );
  }
}

function dividerLine(day, isNews) {
  if (!day && !isNews) return [];
  return h(
    "div",
    { class: `divider-line ${isNews ? "news" : ""}`, role: "separator" },
    h("span", {}, day),
    isNews && h("b", {}, "New"),
  );
}

function gutter(message, author, together) {
  if (isSystem(message)) return icon("thread");
  return together ? h("time", { datetime: message.timestamp }, clock(new Date(message.timestamp))) : avatar(author);
}

function heading(author, when, app) {
  const name = h(
    "button",
    {
      type: "button",
      class: "author",
      vars: author.color && { "--who": author.color },
      data: { member: author.id },
      on: { click: (event) => app.actions.memberMenu(author.id, event.currentTarget) },
    },
    author.name,
  );
  return [
    name,
    author.bot && h("span", { class: "tag" }, "BOT"),
    h("time", { datetime: when.toISOString(), title: fullTime(when) }, stamp(when)),
  ];
}
