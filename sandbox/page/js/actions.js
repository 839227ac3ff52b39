/** What a person can do, as frames to the server; what fails is told where she looks. */

import { contextCommands } from "./commands.js";
import { confirmed } from "./dialog.js";
import { icon } from "./icons.js";
import { CONTEXT_COMMAND } from "./lead.js";
import { CommandNote } from "./notes.js";
import { choose } from "./popup.js";
import { toast } from "./toast.js";

/** @typedef {import("./types.js").Message} Message */

/** The person's hands. Methods that answer nothing tell of failures themselves. */
export class Actions {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
  }

  tell(text) {
    toast(text);
  }

  async #tried(work) {
    try {
      return await work();
    } catch (error) {
      this.tell(error.message);
    }
  }

  /** Fetch a page of messages; nothing where that failed. @param {string} channelId @param {string} [before] */
  history(channelId, before) {
    return this.#tried(() => this.app.socket.request({ type: "history", channel_id: channelId, before }));
  }

  /** Send a message; rejects with the reason. @param {string} content @param {string[]} uploads */
  say(content, uploads) {
    return this.app.socket.request({ type: "send_message", channel_id: this.app.store.channelId, content, uploads });
  }

  /**
   * Run a slash command; `again` brings its form back where nobody answered.
   * @param {import("./commands.js").Leaf} leaf
   * @param {Object<string, any>} options
   * @param {() => void} again
   */
  command(leaf, options, again) {
    const frame = {
      type: "command",
      channel_id: this.app.store.channelId,
      command_id: leaf.id,
      path: leaf.path,
      options,
    };
    return this.#noted(leaf.name, frame, again);
  }

  async #noted(name, frame, again = undefined) {
    const note = new CommandNote(this.app, name, frame.type === "context_command" ? CONTEXT_COMMAND : 0);
    try {
      await this.app.socket.request(frame);
      note.done();
    } catch (error) {
      note.fail(error.message, again);
    }
  }

  /**
   * Ask the bot to complete an option.
   * @param {import("./commands.js").Leaf} leaf
   * @param {Object<string, any>} options
   * @param {string} focused
   */
  async complete(leaf, options, focused) {
    const frame = {
      type: "autocomplete",
      channel_id: this.app.store.channelId,
      command_id: leaf.id,
      path: leaf.path,
      options,
      focused,
    };
    return (await this.app.socket.request(frame)).choices;
  }

  /**
   * Press a button or choose in a select; rejects with the reason.
   * @param {Message} message
   * @param {string} customId
   * @param {string[]} values
   */
  press(message, customId, values) {
    return this.app.socket.request({
      type: "component",
      channel_id: message.channel_id,
      message_id: message.id,
      custom_id: customId,
      values,
    });
  }

  /** @param {Message} message */
  dismiss(message) {
    this.#tried(async () => this.app.socket.send({ type: "dismiss", message_id: message.id }));
  }

  /** @param {Message} message */
  async remove(message) {
    const question = {
      title: "Delete message",
      text: "Are you sure you want to delete this message?",
      action: "Delete",
    };
    if (!(await confirmed(question))) return;
    this.#tried(() =>
      this.app.socket.request({ type: "delete_message", channel_id: message.channel_id, message_id: message.id }),
    );
  }

  async #openDirect(memberId) {
    const frame = await this.#tried(() => this.app.socket.request({ type: "open_dm", user_id: memberId }));
    if (frame?.channel) this.app.store.select(frame.channel.id);
  }

  #apps(kind, targetId) {
    const { store, socket } = this.app;
    return contextCommands(store.commands, this.app.place(), kind).map((command, at) => ({
      label: command.name,
      mark: icon("app"),
      heading: at ? "" : "Apps",
      value: () =>
        this.#noted(command.name, {
          type: "context_command",
          channel_id: store.channelId,
          command_id: command.id,
          target_id: targetId,
        }),
    }));
  }

  /**
   * Offer what can be done with a message.
   * @param {Message} message
   * @param {HTMLElement} anchor
   * @param {{x: number, y: number}} [point]
   */
  async messageMenu(message, anchor, point) {
    const { store } = this.app;
    const mine = message.author.id === store.me || store.isAdmin(store.me);
    const ephemeral = (message.flags ?? 0) & 64;
    const copy = () => this.#tried(() => navigator.clipboard.writeText(message.content));
    const items = [
      message.content && { label: "Copy text", mark: icon("copy"), value: copy },
      {
        label: "Copy message ID",
        mark: icon("hash"),
        value: () => this.#tried(() => navigator.clipboard.writeText(message.id)),
      },
      ...(ephemeral
        ? [{ label: "Dismiss message", mark: icon("close"), value: () => this.dismiss(message) }]
        : this.#apps("message", message.id)),
      mine &&
        !ephemeral && { label: "Delete message", mark: icon("trash"), danger: true, value: () => this.remove(message) },
    ].filter(Boolean);
    (await choose({ items, label: "Message actions", anchor, point }))?.[0].value();
  }

  /**
   * Offer what can be done with a member.
   * @param {string} memberId
   * @param {HTMLElement} anchor
   * @param {{x: number, y: number}} [point]
   */
  async memberMenu(memberId, anchor, point) {
    const { store } = this.app;
    const member = store.members.get(memberId);
    if (!member) return;
    const isMe = memberId === store.me;
    const items = [
      member.bot && {
        label: `Message ${member.display_name}`,
        mark: icon("at"),
        value: () => this.#openDirect(memberId),
      },
      !isMe &&
        !member.bot && {
          label: `Be ${member.display_name}`,
          mark: icon("people"),
          value: () => this.app.become(memberId),
        },
      ...this.#apps("user", memberId),
      {
        label: "Copy user ID",
        mark: icon("copy"),
        value: () => this.#tried(() => navigator.clipboard.writeText(memberId)),
      },
    ].filter(Boolean);
    (await choose({ items, label: member.display_name, anchor, point }))?.[0].value();
  }
}
