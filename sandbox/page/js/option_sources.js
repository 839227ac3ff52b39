/** What may stand in a command's option besides free text: the lists to choose from. */

import { KIND } from "./option_rules.js";
import { channelItems, memberItems, roleItems } from "./pickables.js";

/** @typedef {import("./suggestions.js").Suggestion} Suggestion */

const YES_NO = [
  { label: "True", value: true },
  { label: "False", value: false },
];

/**
 * List all that an option may be; null where it takes free text.
 * @param {import("./types.js").Option} option
 * @param {import("./store.js").Store} store
 * @returns {Suggestion[]|null}
 */
export function fixedList(option, store) {
  if (option.choices?.length) return option.choices.map(({ name, value }) => ({ label: name, value }));
  if (option.type === KIND.BOOLEAN) return YES_NO;
  if (option.type === KIND.USER) return memberItems(store);
  if (option.type === KIND.CHANNEL) return channelItems(store, option.channel_types);
  if (option.type === KIND.ROLE) return roleItems(store);
  return option.type === KIND.MENTIONABLE ? [...memberItems(store), ...roleItems(store)] : null;
}
