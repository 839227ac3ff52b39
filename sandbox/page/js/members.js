/** Who is here, by role: admins, members, bots. */

import { memberAvatar } from "./avatars.js";
import { byId, h, refill } from "./dom.js";

const GROUPS = ["Admins", "Members", "Bots"];

function groupOf(member, store) {
  if (member.bot) return "Bots";
  return store.isAdmin(member.id) ? "Admins" : "Members";
}

function entry(member, app) {
  const online = !member.bot || app.store.botOnline;
  const open = (event, point) => {
    event.preventDefault();
    app.actions.memberMenu(member.id, event.currentTarget, point);
  };
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: `member ${online ? "" : "offline"}`,
        "aria-haspopup": "menu",
        data: { member: member.id },
        on: {
          click: (event) => open(event),
          contextmenu: (event) => open(event, { x: event.clientX, y: event.clientY }),
        },
      },
      h("span", { class: "presence", data: { state: online ? "online" : "offline" } }, memberAvatar(member)),
      h("span", { class: "member-name", vars: member.color && { "--who": member.color } }, member.display_name),
      member.id === app.store.me && h("span", { class: "tag quiet" }, "YOU"),
      member.bot && h("span", { class: "tag" }, "BOT"),
      h("span", { class: "visually-hidden" }, online ? "online" : "offline"),
    ),
  );
}

/** Keep the list true. @param {any} app */
export function startMembers(app) {
  const { store } = app;
  const draw = () => {
    const here = store.membersHere().sort((a, b) => a.display_name.localeCompare(b.display_name));
    refill(
      byId("members"),
      "member",
      GROUPS.map((title) => {
        const members = here.filter((member) => groupOf(member, store) === title);
        return (
          members.length > 0 &&
          h(
            "section",
            {},
            h("h2", { class: "section" }, `${title} — ${members.length}`),
            h(
              "ul",
              {},
              members.map((member) => entry(member, app)),
            ),
          )
        );
      }),
    );
  };
  for (const topic of ["view", "bot"]) store.on(topic, draw);
}
