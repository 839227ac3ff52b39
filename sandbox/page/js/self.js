/** The panel at the bottom left: who you are, and the way to be someone else. */

import { avatar, memberAvatar } from "./avatars.js";
import { byId, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { choose } from "./popup.js";
import { themeButton } from "./theme.js";

async function switchMember(app, anchor) {
  const { store } = app;
  const people = [...store.members.values()]
    .filter((member) => !member.bot)
    .sort((a, b) => a.display_name.localeCompare(b.display_name));
  const items = people.map((member, at) => ({
    label: member.display_name,
    detail: store.isAdmin(member.id) ? "Admin" : `@${member.username}`,
    value: member.id,
    mark: memberAvatar(member, "small"),
    checked: member.id === store.me,
    heading: at ? "" : "Be somebody else",
  }));
  const answer = await choose({ items, label: "Be somebody else", anchor, kind: "radio" });
  if (answer && answer[0].value !== store.me) app.become(answer[0].value);
}

/** Keep the panel true. @param {any} app */
export function startSelf(app) {
  const theme = themeButton();
  app.store.on("hello", () => {
    const me = app.store.members.get(app.store.me);
    const name = me?.display_name ?? "nobody";
    const button = h(
      "button",
      { type: "button", class: "switch", "aria-haspopup": "menu", on: { click: () => switchMember(app, button) } },
      h("span", { class: "presence", data: { state: "online" } }, avatar({ id: app.store.me, name, color: me?.color })),
      h("span", { class: "switch-words" }, h("small", {}, "you are"), h("b", {}, name)),
      icon("down"),
    );
    fill(byId("self"), button, theme);
  });
}
