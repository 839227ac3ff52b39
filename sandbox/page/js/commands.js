/** Slash commands as people see them: flat names such as "story continue". Pure. */

const CHAT = 1,
  USER = 2,
  MESSAGE = 3;
const SUBCOMMAND = 1,
  GROUP = 2;
/** Rights that only an admin of the sandbox has: administrator, manage server, channels, messages, roles; kick, ban, time out. */
const ADMIN_RIGHTS = 0x8n | 0x20n | 0x10n | 0x2000n | 0x10000000n | 0x2n | 0x4n | (1n << 40n);

/**
 * @typedef {{id: string, path: string[], name: string, description: string, options: import("./types.js").Option[]}} Leaf
 * @typedef {{guildId: ?string, nsfw: boolean, admin: boolean}} Place where, and as whom, a command would be used
 */

/** Say whether a command may be used in a place. @param {import("./types.js").Command} command @param {Place} place */
export function isUsable(command, place) {
  const rights = command.default_member_permissions;
  const forAdmins = rights === "0" || Boolean(rights && BigInt(rights) & ADMIN_RIGHTS);
  if (place.guildId && forAdmins && !place.admin) return false;
  if (command.guild_id && command.guild_id !== place.guildId) return false;
  if (command.nsfw && !place.nsfw) return false;
  return Boolean(place.guildId) || (command.dm_permission !== false && (command.contexts?.includes(1) ?? true));
}

/** @returns {Leaf[]} */
function leavesBelow(command, node, path) {
  const nested = (node.options ?? []).filter(({ type }) => type === SUBCOMMAND || type === GROUP);
  if (nested.length) return nested.flatMap((child) => leavesBelow(command, child, [...path, child.name]));
  return [{ id: command.id, path, name: path.join(" "), description: node.description, options: node.options ?? [] }];
}

/** List every slash command that can be run. @param {import("./types.js").Command[]} commands @param {Place} place */
export function slashCommands(commands, place) {
  const usable = commands.filter((command) => (command.type ?? CHAT) === CHAT && isUsable(command, place));
  return usable
    .flatMap((command) => leavesBelow(command, command, [command.name]))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * List the commands of a context menu.
 * @param {import("./types.js").Command[]} commands
 * @param {Place} place
 * @param {"user"|"message"} kind
 */
export function contextCommands(commands, place, kind) {
  const type = kind === "user" ? USER : MESSAGE;
  return commands.filter((command) => command.type === type && isUsable(command, place));
}

/** @type {((leaf: Leaf, typed: string) => boolean)[]} the ways to fit what was typed, best first */
const FITS = [
  (leaf, typed) => leaf.name.startsWith(typed),
  (leaf, typed) => leaf.path.some((word) => word.startsWith(typed)),
  (leaf, typed) => leaf.name.includes(typed),
];

/**
 * Keep the commands whose names fit what was typed after the slash, best first; where none does, descriptions
 * count.
 * @param {Leaf[]} leaves
 * @param {string} text
 */
export function matching(leaves, text) {
  const typed = text.trim().toLowerCase().replace(/\s+/g, " ");
  const named = FITS.flatMap((fits) => leaves.filter((leaf) => fits(leaf, typed)));
  return named.length ? [...new Set(named)] : leaves.filter((leaf) => leaf.description.toLowerCase().includes(typed));
}

const INVITING = ["start", "imagine", "inspire", "draft", "poem", "about", "help", "list"];

/**
 * Choose commands that make a good beginning: first those a newcomer would look for.
 * @param {Leaf[]} leaves
 * @param {number} count
 */
export function goodBeginnings(leaves, count) {
  const inviting = INVITING.flatMap((word) => leaves.filter((leaf) => leaf.path.at(-1) === word));
  const simple = leaves.filter((leaf) => !leaf.options.some((option) => option.required));
  return [...new Set([...inviting, ...simple, ...leaves])].slice(0, count);
}
