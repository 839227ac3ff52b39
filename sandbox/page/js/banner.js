/** What a person should know before she writes: the page is cut off, or the bot is away. */

import { byId, fill, textButton } from "./dom.js";

/** Keep the banner true. @param {any} app @returns {(state: string) => void} takes the state of the connection */
export function startBanner({ store, retry }) {
  const banner = byId("banner");
  let connection = "connecting";
  const draw = () => {
    const cut = connection !== "open";
    banner.hidden = !cut && store.botOnline;
    banner.dataset.kind = cut ? "cut" : "away";
    const again = textButton("Try now", retry);
    fill(
      banner,
      cut
        ? ["Not connected. Trying again…", again]
        : "The bot is offline. Its commands and buttons will work again when it is back.",
    );
  };
  for (const topic of ["hello", "bot"]) store.on(topic, draw);
  return (state) => {
    if (state === "connecting") return;
    connection = state;
    if (state === "lost") draw();
  };
}
