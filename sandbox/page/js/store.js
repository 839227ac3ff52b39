/** What the page knows, kept true by the server's frames; views subscribe to topics and read. */

import { MessageLog } from "./message_log.js";

export const TEXT = 0,
  DIRECT = 1,
  THREAD = 11;
const THREADS = [10, 11, 12];
const THREAD_STARTER = 21;

/**
 * A thread's first line stands for the message that it was started on.
 * @param {import("./types.js").Message} message
 */
function asShown(message) {
  const original = message.type === THREAD_STARTER && message.referenced_message;
  return original ? { ...original, id: message.id, channel_id: message.channel_id, components: [] } : message;
}

/** The page's memory of one member's Discord. Topics: hello, commands, channels, view, bot, unread, message, removed, typing. */
export class Store {
  me = "";
  guilds = [];
  members = new Map();
  channels = new Map();
  roles = [];
  commands = [];
  botOnline = false;
  /** @type {Map<string, MessageLog>} */
  logs = new Map();
  /** The first unread message of each channel that has one. @type {Map<string, string>} */
  unread = new Map();
  /** How often the reader was mentioned in each channel since. @type {Map<string, number>} */
  pings = new Map();
  guildId = null;
  channelId = null;
  #listeners = new Map();

  /** @param {(member: string) => (?string)[]} lastChannels names the channels that a member would begin in, best first */
  constructor(lastChannels) {
    this.lastChannels = lastChannels;
  }

  /** Call `listener` at every change of a topic. @param {string} topic @param {(detail: any) => void} listener */
  on(topic, listener) {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
  }

  #emit(topic, detail = undefined) {
    for (const listener of this.#listeners.get(topic) ?? []) listener(detail);
  }

  /** Take in one frame of the server. @param {any} frame */
  apply(frame) {
    const take = {
      hello: () => this.#hello(frame),
      commands: () => this.#set("commands", frame.commands, "commands"),
      bot_status: () => this.#set("botOnline", frame.online, "bot"),
      channel_create: () => this.#putChannel(frame.channel),
      channel_update: () => this.#putChannel(frame.channel),
      channel_delete: () => this.#dropChannel(frame.channel.id),
      message_create: () => this.#newMessage(frame.message),
      message_update: () => this.#putMessage(frame.message, false),
      message_delete: () => this.#dropMessage(frame),
      typing: () => this.#emit("typing", frame),
    }[frame.type];
    take?.();
  }

  #set(name, value, topic) {
    this[name] = value;
    this.#emit(topic);
  }

  #hello(frame) {
    const changed = this.me !== frame.me;
    Object.assign(this, {
      me: frame.me,
      guilds: frame.guilds,
      roles: frame.roles ?? [],
      commands: frame.commands,
      botOnline: frame.bot_online,
    });
    this.members = new Map(frame.members.map((member) => [member.id, member]));
    this.channels = new Map(frame.channels.map((channel) => [channel.id, this.#named(channel)]));
    this.logs = new Map();
    if (changed) for (const map of [this.unread, this.pings]) map.clear();
    this.#emit("hello");
    const known = [this.channelId, ...this.lastChannels(frame.me)].find((id) => this.channels.has(id));
    this.select(known ?? this.#firstChannel());
  }

  #firstChannel() {
    const guild = this.guilds.find(({ id }) => id === this.guildId) ?? this.guilds[0];
    return guild ? (this.channelsOf(guild.id).find((channel) => channel.type === TEXT)?.id ?? null) : null;
  }

  /** Show a channel, and with it its server. @param {?string} channelId */
  select(channelId) {
    this.channelId = channelId;
    this.guildId = this.channels.get(channelId)?.guild_id ?? null;
    this.#emit("view");
  }

  /** Show a server at its first channel, or the direct messages (null). @param {?string} guildId */
  selectGuild(guildId) {
    const first = guildId
      ? this.channelsOf(guildId).find((channel) => channel.type === TEXT)
      : this.directChannels()[0];
    this.channelId = first?.id ?? null;
    this.guildId = guildId;
    this.#emit("view");
  }

  #putChannel(channel) {
    this.channels.set(channel.id, { ...this.channels.get(channel.id), ...this.#named(channel) });
    this.#emit("channels");
  }

  /** Give a direct channel the names of the others in it. */
  #named(channel) {
    const others = (channel.recipient_ids ?? [])
      .filter((id) => id !== this.me)
      .map((id) => this.members.get(id)?.display_name);
    return channel.type === DIRECT && !channel.name
      ? { ...channel, name: others.filter(Boolean).join(", ") || "Direct message" }
      : channel;
  }

  #dropChannel(id) {
    this.channels.delete(id);
    this.logs.delete(id);
    this.#emit("channels");
    if (this.channelId === id) this.select(this.#firstChannel());
  }

  #newMessage(message) {
    if (message.author.id !== this.me && message.channel_id !== this.channelId) {
      if (!this.unread.has(message.channel_id)) this.unread.set(message.channel_id, message.id);
      if (this.mentionsMe(message)) this.pings.set(message.channel_id, (this.pings.get(message.channel_id) ?? 0) + 1);
      this.#emit("unread");
    }
    this.#putMessage(message, true);
  }

  /** Keep a message only where its channel has been read: an unread channel gets it with its history. */
  #putMessage(message, isNew) {
    const log = this.logs.get(message.channel_id);
    if (!log || (!isNew && !log.find(message.id))) return;
    const shown = asShown(message);
    log.put(shown);
    this.#emit("message", { message: shown, isNew });
  }

  #dropMessage({ id, channel_id }) {
    this.logs.get(channel_id)?.remove(id);
    this.#emit("removed", { id, channel_id });
  }

  /** Take in a page of history. @param {{channel_id: string, messages: any[], has_more: boolean}} frame */
  addHistory(frame) {
    this.logOf(frame.channel_id).prepend(frame.messages.map(asShown), frame.has_more);
  }

  /** @param {string} channelId @returns {MessageLog} */
  logOf(channelId) {
    if (!this.logs.has(channelId)) this.logs.set(channelId, new MessageLog());
    return this.logs.get(channelId);
  }

  /** Count a channel as read. @param {string} channelId @returns {string|undefined} its first unread message */
  markRead(channelId) {
    const first = this.unread.get(channelId);
    this.unread.delete(channelId);
    this.pings.delete(channelId);
    if (first) this.#emit("unread");
    return first;
  }

  /** @param {import("./types.js").Message} message */
  mentionsMe(message) {
    return Boolean(message.mention_everyone || message.mentions?.some((user) => user.id === this.me));
  }

  get channel() {
    return this.channels.get(this.channelId);
  }

  /** Names the member and the channel in view together. */
  get viewKey() {
    return `${this.me} ${this.channelId}`;
  }

  /** @param {?string} guildId */
  channelsOf(guildId) {
    return [...this.channels.values()].filter((channel) => channel.guild_id === guildId);
  }

  /** @param {string} parentId */
  threadsOf(parentId) {
    return [...this.channels.values()].filter(
      (channel) => channel.parent_id === parentId && THREADS.includes(channel.type),
    );
  }

  directChannels() {
    return [...this.channels.values()].filter((channel) => channel.type === DIRECT);
  }

  /** The members who can read the channel in view. */
  membersHere() {
    const guildId = this.guildId;
    return [...this.members.values()].filter((member) => !guildId || member.guild_ids.includes(guildId));
  }

  /** Say whether someone may manage the server in view. @param {string} memberId */
  isAdmin(memberId) {
    return Boolean(this.members.get(memberId)?.admin_guild_ids.includes(this.guildId ?? ""));
  }

  /** Name a message's author as the server's members do. @param {import("./types.js").User} user */
  person(user) {
    const member = this.members.get(user.id);
    const name = member?.display_name ?? user.global_name ?? user.username;
    return { id: user.id, name, color: member?.color, bot: Boolean(member?.bot ?? user.bot) };
  }
}
