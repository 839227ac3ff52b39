/** The page put together: one connection, one store, and the views on it. */

import { Actions } from "./actions.js";
import { startAnnouncer } from "./announcer.js";
import { startBanner } from "./banner.js";
import { startChannels } from "./channels.js";
import { slashCommands } from "./commands.js";
import { Composer } from "./composer.js";
import { Drawers } from "./drawers.js";
import { startHead } from "./head.js";
import { listenForLongPress } from "./long_press.js";
import { listenForSpoilers } from "./markup.js";
import { startMembers } from "./members.js";
import { openModal } from "./modal.js";
import { startRail } from "./rail.js";
import { startSelf } from "./self.js";
import { Socket } from "./socket.js";
import { Store } from "./store.js";
import { applyTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { lastChannels, lastMember, startWhereabouts } from "./whereabouts.js";

/** What the views share. */
class App {
  constructor() {
    this.store = new Store(lastChannels);
    this.actions = new Actions(this);
    this.drawers = new Drawers();
    const tell = startBanner({ store: this.store, retry: () => this.socket.retry() });
    this.socket = new Socket((frame) => this.#receive(frame), tell);
    this.composer = new Composer(this);
    this.timeline = new Timeline(this);
    for (const start of [startRail, startChannels, startMembers, startSelf, startHead]) start(this);
    startAnnouncer(this.store);
    startWhereabouts(this.store);
    this.store.on("view", () => this.drawers.close());
  }

  #receive(frame) {
    this.store.apply(frame);
    if (frame.type === "modal") openModal(frame, this);
  }

  /** Where, and as whom, commands would be used now. */
  place() {
    const { guildId, channel, me, channels } = this.store;
    const parent = channels.get(channel?.parent_id);
    return { guildId, nsfw: Boolean(channel?.nsfw || parent?.nsfw), admin: this.store.isAdmin(me) };
  }

  /** The slash commands that can be used here. */
  commands() {
    return slashCommands(this.store.commands, this.place());
  }

  /** Become another member: the page connects again as her. @param {string} member */
  become(member) {
    this.socket.open(member);
  }

  start() {
    this.socket.open(lastMember());
  }
}

applyTheme();
listenForSpoilers();
const app = new App();
listenForLongPress(app.timeline.list);
app.start();
app.composer.focus();
