/** New messages for those who listen: each once, and an edited one when it has come to rest. */

import { byId, h } from "./dom.js";
import { inOneLine } from "./markup.js";

const REST_MS = 2000;
const KEPT = 20;

/** Say new messages of the channel in view. @param {import("./store.js").Store} store */
export function startAnnouncer(store) {
  const log = byId("announcer");
  const resting = new Map();
  const say = (message) => {
    resting.delete(message.id);
    const said = inOneLine(message.html, message.content);
    const words = said || message.embeds?.[0]?.title || (message.attachments?.length ? "sent a file" : "");
    if (words) log.append(h("p", {}, `${store.person(message.author).name}: ${words}`));
    while (log.childElementCount > KEPT) log.firstElementChild.remove();
  };
  store.on("message", ({ message, isNew }) => {
    if (message.channel_id !== store.channelId || message.author.id === store.me) return;
    clearTimeout(resting.get(message.id));
    if (isNew) say(message);
    else
      resting.set(
        message.id,
        setTimeout(() => say(message), REST_MS),
      );
  });
}
