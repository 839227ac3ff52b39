/** The channels of a server, each with its threads under it; or the direct messages. */

import { avatar } from "./avatars.js";
import { byId, h, refill } from "./dom.js";
import { icon } from "./icons.js";
import { TEXT } from "./store.js";

function link(channel, store, sign) {
  const here = channel.id === store.channelId;
  const pings = store.pings.get(channel.id);
  const unread = store.unread.has(channel.id);
  return h(
    "button",
    {
      type: "button",
      class: `channel ${here ? "here" : ""} ${unread ? "unread" : ""}`,
      "aria-current": here ? "page" : null,
      data: { channel: channel.id },
      on: { click: () => store.select(channel.id) },
    },
    sign,
    h("span", { class: "channel-name" }, channel.name),
    channel.nsfw && h("span", { class: "tag quiet" }, "18+"),
    unread && h("span", { class: "visually-hidden" }, "unread"),
    pings && h("span", { class: "badge" }, pings),
  );
}

function drawGuild(store) {
  const roots = store.channelsOf(store.guildId).filter((channel) => channel.type === TEXT);
  return [
    h("h2", { class: "section" }, "Text channels"),
    h(
      "ul",
      {},
      roots.map((channel) => {
        const threads = store.threadsOf(channel.id);
        return h(
          "li",
          {},
          link(channel, store, icon("hash")),
          threads.length > 0 &&
            h(
              "ul",
              { class: "threads", "aria-label": `Threads of ${channel.name}` },
              threads.map((thread) => h("li", {}, link(thread, store, icon("thread")))),
            ),
        );
      }),
    ),
  ];
}

function drawDirect(store) {
  const channels = store.directChannels();
  return [
    h("h2", { class: "section" }, "Direct messages"),
    h(
      "ul",
      {},
      channels.map((channel) =>
        h("li", {}, link(channel, store, avatar({ id: channel.id, name: channel.name }, "small"))),
      ),
    ),
    channels.length === 0 && h("p", { class: "fine" }, "Choose the bot in a server's list of members to write to it."),
  ];
}

/** Keep the list true. @param {any} app */
export function startChannels({ store }) {
  const draw = () => {
    byId("place-name").textContent = store.guilds.find(({ id }) => id === store.guildId)?.name ?? "Direct messages";
    refill(byId("channels"), "channel", store.guildId ? drawGuild(store) : drawDirect(store));
  };
  for (const topic of ["view", "channels", "unread"]) store.on(topic, draw);
}
