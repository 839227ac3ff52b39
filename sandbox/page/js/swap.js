/** New content in place of old without a gap: where both hold pictures, the old ones stay until the new ones are drawn. */

import { find, focused, h } from "./dom.js";

const CONTROLS = "button, a";
/** What each element shall show next. @type {WeakMap<Element, Element>} */
const awaited = new WeakMap();

/**
 * Put `children` in place of everything inside `element`; later ones overtake those that are still being loaded.
 * @param {HTMLElement} element
 * @param {...import("./dom.js").Child} children
 */
export async function swap(element, ...children) {
  const next = h("div", {}, ...children);
  awaited.set(element, next);
  if (element.querySelector("img")) await drawn([...next.querySelectorAll("img")]);
  if (awaited.get(element) !== next) return;
  const held = heldIn(element);
  element.replaceChildren(...next.childNodes);
  held?.(element)?.focus();
}

/** Wait until pictures could be shown at once; what cannot be loaded is not waited for. @param {any[]} images */
function drawn(images) {
  for (const image of images) image.loading = "eager"; // a lazy one outside of the page would never load
  return images.length ? Promise.allSettled(images.map((image) => image.decode())) : null;
}

/** Find what has the focus inside, as a way to find its like again: by its custom id, else by its place. */
function heldIn(element) {
  const one = focused();
  if (!element.contains(one)) return null;
  const at = [...element.querySelectorAll(CONTROLS)].indexOf(one);
  const { customId } = one.dataset;
  return (place) => (customId ? find(place, "custom-id", customId) : place.querySelectorAll(CONTROLS)[at]);
}
