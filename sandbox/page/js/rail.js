/** The rail of servers at the far left. */

import { initials } from "./avatars.js";
import { byId, h, refill } from "./dom.js";
import { icon } from "./icons.js";

function entry({ id, name, sign, here, unread, pings, select }) {
  return h(
    "li",
    { class: `${here ? "here" : ""} ${unread ? "unread" : ""}` },
    h(
      "button",
      {
        type: "button",
        "aria-label": `${name}${pings ? `, ${pings} mentions` : ""}`,
        title: name,
        data: { guild: id },
        "aria-current": here ? "true" : null,
        on: { click: select },
      },
      sign,
    ),
    pings > 0 && h("span", { class: "badge", "aria-hidden": "true" }, pings),
  );
}

/** Keep the rail true. @param {any} app */
export function startRail({ store }) {
  const state = (guildId) => {
    const ids = store.channelsOf(guildId).map(({ id }) => id);
    return {
      here: store.guildId === guildId,
      unread: ids.some((id) => store.unread.has(id)),
      pings: ids.reduce((sum, id) => sum + (store.pings.get(id) ?? 0), 0),
    };
  };
  const draw = () =>
    refill(
      byId("rail"),
      "guild",
      h(
        "ul",
        {},
        entry({
          id: "direct",
          name: "Direct messages",
          sign: icon("at"),
          ...state(null),
          select: () => store.selectGuild(null),
        }),
        h("li", { class: "rule", role: "separator" }),
        store.guilds.map(({ id, name }) =>
          entry({ id, name, sign: initials(name), ...state(id), select: () => store.selectGuild(id) }),
        ),
      ),
    );
  for (const topic of ["view", "unread", "channels"]) store.on(topic, draw);
}
