/** What may stand in a command's option besides free text: the lists to choose from. */

import { avatar } from "./avatars.js";
import { icon } from "./icons.js";
import { KIND } from "./option_rules.js";
import { TEXT } from "./store.js";

/** @typedef {import("./suggestions.js").Suggestion} Suggestion */

const YES_NO = [{ label: "True", value: true }, { label: "False", value: false }];

const members = (store) => store.membersHere().map((member) => ({ label: member.display_name, detail: `@${member.username}`, value: member.id,
  mark: avatar({ ...member, name: member.display_name }, "small") }));
const roles = (store) => store.roles.filter((role) => !role.guild_id || role.guild_id === store.guildId)
  .map((role) => ({ label: `@${role.name}`, value: role.id }));
const channels = (store, types) => store.channelsOf(store.guildId).filter((channel) => !types?.length || types.includes(channel.type))
  .map((channel) => ({ label: `#${channel.name}`, value: channel.id, mark: icon(channel.type === TEXT ? "hash" : "thread") }));

/**
 * List all that an option may be; null where it takes free text.
 * @param {import("./types.js").Option} option
 * @param {import("./store.js").Store} store
 * @returns {Suggestion[]|null}
 */
export function fixedList(option, store) {
  if (option.choices?.length) return option.choices.map(({ name, value }) => ({ label: name, value }));
  if (option.type === KIND.BOOLEAN) return YES_NO;
  if (option.type === KIND.USER) return members(store);
  if (option.type === KIND.CHANNEL) return channels(store, option.channel_types);
  if (option.type === KIND.ROLE) return roles(store);
  return option.type === KIND.MENTIONABLE ? [...members(store), ...roles(store)] : null;
}
