/** Faces without pictures: initials on a colour of one's own. */

import { h } from "./dom.js";

const PALETTE = ["#5865f2", "#3ba55d", "#c27c0e", "#d83c6b", "#9b59b6", "#1f8b9c", "#c0563b", "#607d8b"];

/** Pick a colour that stays with an id. @param {string} id */
export function colourOf(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return PALETTE[sum % PALETTE.length];
}

/** Take the first letters of the first two words. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return (
    words
      .slice(0, 2)
      .map((word) => [...word][0].toUpperCase())
      .join("") || "?"
  );
}

/**
 * Draw a round avatar; the name stands beside it, so it is hidden from assistive technology.
 * @param {{id: string, name: string, color?: ?string}} person
 * @param {string} [size] "small", "large" or the usual
 */
export function avatar(person, size = "") {
  const colour = person.color && person.color !== "#000000" ? person.color : colourOf(person.id);
  return h(
    "span",
    { class: `avatar ${size}`, "aria-hidden": "true", vars: { "--who": colour } },
    initials(person.name),
  );
}

/** Draw a member's avatar. @param {import("./types.js").Member} member @param {string} [size] */
export const memberAvatar = (member, size) =>
  avatar({ id: member.id, name: member.display_name, color: member.color }, size);
