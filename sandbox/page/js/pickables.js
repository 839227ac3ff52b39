/** The members, roles and channels of the server in view, as rows to choose from. */

import { memberAvatar } from "./avatars.js";
import { icon } from "./icons.js";
import { TEXT } from "./store.js";

/** @typedef {import("./store.js").Store} Store */

/** @param {Store} store */
export const memberItems = (store) =>
  store.membersHere().map((member) => ({
    label: member.display_name,
    detail: `@${member.username}`,
    value: member.id,
    mark: memberAvatar(member, "small"),
  }));

/** @param {Store} store */
export const roleItems = (store) =>
  store.roles
    .filter((role) => !role.guild_id || role.guild_id === store.guildId)
    .map((role) => ({ label: `@${role.name.replace(/^@/, "")}`, value: role.id }));

/** @param {Store} store @param {number[]} [types] only channels of these types, where any are named */
export const channelItems = (store, types) =>
  store
    .channelsOf(store.guildId)
    .filter((channel) => !types?.length || types.includes(channel.type))
    .map((channel) => ({
      label: channel.name,
      value: channel.id,
      mark: icon(channel.type === TEXT ? "hash" : "thread"),
    }));
