/** Who is typing in the channel in view. */

import { fill } from "./dom.js";
import { dots } from "./message_parts.js";

const LASTS_MS = 10000;

function sentence(names) {
  if (names.length === 1) return `${names[0]} is typing…`;
  if (names.length < 4) return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are typing…`;
  return "Several people are typing…";
}

/** Keep the line true. @param {import("./store.js").Store} store @param {HTMLElement} line */
export function startTyping(store, line) {
  /** @type {Map<string, {channel: string, name: string, timer: any}>} */
  const typing = new Map();
  const draw = () => {
    const names = [...typing.values()].filter(({ channel }) => channel === store.channelId).map(({ name }) => name);
    fill(line, names.length > 0 && [dots(), sentence(names)]);
  };
  const stop = (userId) => {
    clearTimeout(typing.get(userId)?.timer);
    if (typing.delete(userId)) draw();
  };
  store.on("typing", ({ channel_id: channel, user_id: userId }) => {
    if (userId === store.me) return;
    clearTimeout(typing.get(userId)?.timer);
    const name = store.members.get(userId)?.display_name ?? "Somebody";
    typing.set(userId, { channel, name, timer: setTimeout(() => stop(userId), LASTS_MS) });
    draw();
  });
  store.on("message", ({ message, isNew }) => isNew && stop(message.author.id));
  store.on("view", draw);
}
