/** Naming members in a message: "@Ada" on the screen, `<@id>` on the wire. Pure. */

const UNFINISHED = /(^|\s)@([\p{L}\p{N}_.\- ]{0,32})$/u;

/** Find the mention being typed before the caret. @param {string} text @param {number} caret */
export function mentionAt(text, caret) {
  const found = UNFINISHED.exec(text.slice(0, caret));
  return found && { typed: found[2], start: caret - found[2].length - 1 };
}

/**
 * Write the chosen mentions as Discord wants them.
 * @param {string} text
 * @param {Map<string, string>} chosen shown name → id
 */
export function withMentions(text, chosen) {
  const names = [...chosen.keys()].sort((a, b) => b.length - a.length);
  return names.reduce((result, name) => result.replaceAll(name, `<@${chosen.get(name)}>`), text);
}
