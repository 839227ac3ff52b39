/** The bar over the channel: its name and topic, and the way to the two sides. */

import { byId, fill, h, textButton } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { DIRECT, TEXT } from "./store.js";

/** Keep the bar true. @param {any} app */
export function startHead({ store, drawers }) {
  const left = iconButton("menu", "Channels", () => drawers.toggle("left"), { class: "icon-button side-menu" });
  const right = iconButton("people", "Members", () => drawers.toggle("right"));
  const title = h("div", { class: "chat-title" });
  byId("chat-head").append(left, title, right);
  const draw = () => {
    const { channel } = store;
    const parent = store.channels.get(channel?.parent_id);
    const sign = icon(channel?.type === TEXT ? "hash" : channel?.type === DIRECT ? "at" : "thread");
    fill(
      title,
      channel && [
        sign,
        parent && textButton(parent.name, () => store.select(parent.id)),
        parent && h("span", { class: "crumb", "aria-hidden": "true" }, "›"),
        h("h2", {}, channel.name),
        (channel.nsfw || parent?.nsfw) && h("span", { class: "tag quiet", title: "Age-restricted" }, "18+"),
        channel.topic && h("p", { class: "topic", title: channel.topic }, channel.topic),
      ],
    );
    document.title = channel
      ? `${channel.type === TEXT ? "#" : ""}${channel.name} · ${store.members.get(store.me)?.display_name ?? ""}`
      : "Sandbox";
  };
  for (const topic of ["view", "channels"]) store.on(topic, draw);
}
