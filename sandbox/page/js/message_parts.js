/** The parts of a message around and inside its text: divider, face, heading, content, thread, notice. */

import { avatar } from "./avatars.js";
import { h, textButton } from "./dom.js";
import { icon } from "./icons.js";
import { showServerHtml } from "./markup.js";
import { clock, fullTime, stamp } from "./time.js";

/** @typedef {import("./types.js").Message} Message */

export const EPHEMERAL = 1 << 6;
export const THINKING = 1 << 7;
const THREAD_CREATED = 18;
const SPOKEN = [0, 19, 20, 21, 23];
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\uFE0F\u200D\p{Emoji_Modifier}]*\s*){1,27}$/u;

/** Say whether Discord itself tells something with a message. @param {Message} message */
export const isSystem = ({ type = 0 }) => !SPOKEN.includes(type);

/** Three dots that move. */
export const dots = () => h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));

/** Draw what a message says. @param {Message} message @param {any} app */
export function drawContent(message, app) {
  if ((message.flags ?? 0) & THINKING) {
    return h(
      "div",
      { class: "thinking", role: "status" },
      dots(),
      `${app.store.person(message.author).name} is thinking…`,
    );
  }
  return message.type === THREAD_CREATED ? threadStarted(message, app) : text(message);
}

function text(message) {
  const markup = h("div", { class: `markup ${ONLY_EMOJI.test(message.content) ? "jumbo" : ""}` });
  showServerHtml(markup, message.html, message.content);
  const lastLine = markup.lastElementChild?.tagName === "P" ? markup.lastElementChild : markup;
  if (message.edited_timestamp && !isSystem(message)) lastLine.append(" ", editedMark(message.edited_timestamp));
  return markup;
}

const editedMark = (when) => h("span", { class: "edited", title: fullTime(new Date(when)) }, "(edited)");

/** Tell who began a thread; its name leads there. */
function threadStarted(message, app) {
  const { channel_id: channel, message_id: other } = message.message_reference ?? {};
  const thread = [channel, other].find((id) => app.store.channels.get(id)?.parent_id === message.channel_id);
  const name = thread ? textButton(message.content, () => app.store.select(thread)) : message.content;
  const when = h("time", {}, stamp(new Date(message.timestamp)));
  return [h("b", {}, app.store.person(message.author).name), " started a thread: ", name, " ", when];
}

/** Draw the way into the thread that was started on a message. @param {Message} message @param {any} app */
export function drawThread({ thread }, app) {
  if (!thread) return [];
  const open = { click: () => app.store.select(thread.id) };
  const words = [h("span", {}, thread.name), h("small", {}, "Open thread ›")];
  return h("button", { type: "button", class: "thread-chip", on: open }, icon("thread"), words);
}

/** Say that nobody else sees this. @param {...any} ways what can be done about it */
export function onlyYou(...ways) {
  const parted = ways.filter(Boolean).flatMap((way) => [h("span", {}, "•"), way]);
  return h("p", { class: "only-you" }, icon("eye"), "Only you can see this", parted);
}

/** Draw the line before a message, where a day or the news begin. @param {string|false} day @param {boolean} isNews */
export function drawDivider(day, isNews) {
  if (!day && !isNews) return [];
  const line = { class: `divider-line ${isNews ? "news" : ""}`, role: "separator" };
  return h("div", line, h("span", {}, day), isNews && h("b", {}, "New"));
}

/** Draw what stands left of a message. @param {Message} message @param {any} author @param {boolean} together */
export function drawGutter(message, author, together) {
  if (isSystem(message)) return icon("thread");
  return together ? h("time", { datetime: message.timestamp }, clock(new Date(message.timestamp))) : avatar(author);
}

/** Draw the author's name and the time. @param {any} author @param {Date} when @param {any} app */
export function drawHeading(author, when, app) {
  const name = h(
    "button",
    {
      type: "button",
      class: "author",
      vars: author.color && { "--who": author.color },
      on: { click: (event) => app.actions.memberMenu(author.id, event.currentTarget) },
    },
    author.name,
  );
  const time = h("time", { datetime: when.toISOString(), title: fullTime(when) }, stamp(when));
  return [name, author.bot && h("span", { class: "tag" }, "BOT"), time];
}
