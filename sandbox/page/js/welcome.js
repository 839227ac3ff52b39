/** The beginning of a channel; in an empty one, a hand for newcomers. */

import { goodBeginnings } from "./commands.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { DIRECT, TEXT } from "./store.js";

const SUGGESTIONS = 6;

function suggestion(leaf, app) {
  return h(
    "button",
    { type: "button", class: "suggestion", on: { click: () => app.composer.take(leaf) } },
    h("b", {}, `/${leaf.name}`),
    h("span", {}, leaf.description),
  );
}

function panel(app) {
  const beginnings = goodBeginnings(app.commands(), SUGGESTIONS);
  return h(
    "section",
    { class: "welcome", "aria-label": "Welcome" },
    h("h3", {}, "This is a Discord on your own machine."),
    h(
      "p",
      {},
      "Type ",
      h("kbd", {}, "/"),
      beginnings.length ? " to begin, or take one of these:" : " to begin, as soon as the bot has said what it can do.",
    ),
    h(
      "div",
      { class: "suggestions" },
      beginnings.map((leaf) => suggestion(leaf, app)),
    ),
    h("p", { class: "fine" }, "Everyone here is you: switch between members at the bottom left."),
  );
}

/**
 * Draw the beginning of the channel in view.
 * @param {any} app
 * @param {boolean} isEmpty whether it has no message yet
 */
export function drawIntro(app, isEmpty) {
  const { channel } = app.store;
  if (!channel)
    return h(
      "div",
      { class: "nothing" },
      h("h2", {}, "Nothing to read here yet"),
      h("p", {}, "Choose the bot in the list of members to write to it."),
    );
  const sign = channel.type === TEXT ? "hash" : channel.type === DIRECT ? "at" : "thread";
  const name = channel.type === TEXT ? `Welcome to #${channel.name}!` : channel.name;
  const words =
    channel.type === DIRECT
      ? "This is the beginning of your direct messages."
      : channel.topic || `This is the beginning of the ${channel.type === TEXT ? "channel" : "thread"}.`;
  return [
    h("div", { class: "beginning" }, h("span", { class: "sign" }, icon(sign)), h("h2", {}, name), h("p", {}, words)),
    isEmpty && panel(app),
  ];
}
