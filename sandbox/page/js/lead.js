/** The small line above an answer: whose command, or whose message, it answers. */

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { inOneLine } from "./markup.js";

/** The type of messages that answer a command of a context menu: those have no slash before their names. */
export const CONTEXT_COMMAND = 23;

/** Find the command that a message answers. @param {import("./types.js").Message} message */
export function usedCommand(message) {
  const used = message.interaction ?? message.interaction_metadata;
  if (!used?.name) return null;
  return { name: message.type === CONTEXT_COMMAND ? used.name : `/${used.name}`, user: used.user };
}

function face(person) {
  return [
    avatar(person, "tiny"),
    h("b", { class: "who", vars: person.color && { "--who": person.color } }, person.name),
  ];
}

/** Draw the line, or nothing. @param {import("./types.js").Message} message @param {any} app */
export function drawLead(message, app) {
  const used = usedCommand(message);
  const answered = message.referenced_message;
  if (answered) {
    const said = inOneLine(answered.html, answered.content);
    const words = said || (answered.attachments?.length ? "See the attachment" : "See the message");
    return h(
      "button",
      {
        type: "button",
        class: "lead-line",
        "aria-label": `In reply to ${app.store.person(answered.author).name}`,
        on: { click: () => app.timeline.goTo(answered.id) },
      },
      face(app.store.person(answered.author)),
      h("span", { class: "snippet" }, words),
    );
  }
  return used
    ? h(
        "div",
        { class: "lead-line" },
        face(app.store.person(used.user)),
        " used ",
        h("span", { class: "command-name" }, used.name),
      )
    : [];
}
