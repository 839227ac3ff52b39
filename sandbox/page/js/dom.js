/** Elements without HTML strings: every text becomes a text node. */

/** @typedef {any} Child a node, text, a list of children, or nothing (null, undefined, false) */

/** Set one property of `h`: events, classes, data, custom CSS properties, or a plain attribute. */
function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
  else if (name === "class") element.setAttribute("class", value);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "vars") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Build an element.
 * @param {string} tag
 * @param {Object<string, any>} [props] attributes; also `on`, `data`, `vars` (custom CSS properties)
 * @param {...Child} children
 * @returns {any} the element, in the type of its tag
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  element.append(...nodes(children));
  return element;
}

/** @param {Child[]} children */
function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child || child === 0)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/** Put `children` in place of everything inside `element`. @param {Element} element @param {...Child} children */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
}

/** Make a button that looks like a link. @param {string} text @param {(event: any) => void} press */
export const textButton = (text, press) =>
  h("button", { type: "button", class: "text-link", on: { click: press } }, text);

/** Find an element of index.html. @param {string} id @returns {any} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/**
 * Find what stands for `value` in its `data-KEY`.
 * @param {Element} element
 * @param {string} key
 * @param {string} value
 * @returns {any}
 */
export const find = (element, key, value) => element.querySelector(`[data-${key}="${CSS.escape(value)}"]`);

/**
 * Fill again a list whose buttons name what they stand for in `data-KEY`, leaving the focus on the same one.
 * @param {HTMLElement} element
 * @param {string} key
 * @param {...Child} children
 */
export function refill(element, key, ...children) {
  const held = element.contains(focused()) && focused().dataset[key];
  fill(element, ...children);
  if (held) find(element, key, held)?.focus();
}

/** The element that has the focus. @returns {any} */
export const focused = () => document.activeElement;

let lastId = 0;
/** Make an id that is unique in this page, for aria references. @param {string} stem */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
