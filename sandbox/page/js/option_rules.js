/** What Discord accepts as the value of a command's option. Pure. */

export const KIND = {
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
};
const MAX_TEXT = 6000;

/** @typedef {import("./types.js").Option} Option */
/** @typedef {{value?: string|number|boolean, error?: string}} Reading what was typed, read: a value or a sentence why not */

/** Read what was typed into a text or number option. @param {Option} option @param {string} text @returns {Reading} */
export function readText(option, text) {
  if (option.type === KIND.STRING) return readString(option, text);
  const number = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(number)) return { error: "Enter a number" };
  if (option.type === KIND.INTEGER && !Number.isSafeInteger(number)) return { error: "Enter a whole number" };
  const { min_value: min, max_value: max } = option;
  if (min !== undefined && number < min)
    return { error: max === undefined ? `At least ${min}` : `Between ${min} and ${max}` };
  if (max !== undefined && number > max)
    return { error: min === undefined ? `At most ${max}` : `Between ${min} and ${max}` };
  return { value: number };
}

function readString(option, text) {
  const { min_length: min = 0, max_length: max = MAX_TEXT } = option;
  if (text.length < min) return { error: `At least ${min} characters` };
  if (text.length > max) return { error: `At most ${max} characters, and this has ${text.length}` };
  return { value: text };
}

/** Order options as people fill them in: the required ones first. @param {Option[]} options */
export function inOrder(options) {
  return [...options.filter(({ required }) => required), ...options.filter(({ required }) => !required)];
}

/** Say whether an option takes any words. @param {Option} option */
export const isFreeText = ({ type, choices, autocomplete }) =>
  type === KIND.STRING && !choices?.length && !autocomplete;

/** Say in words what an option takes. @param {Option} option */
export function hint(option) {
  const { min_value: min, max_value: max, max_length: length } = option;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  if (max !== undefined) return `at most ${max}`;
  return length === undefined ? "" : `up to ${length} characters`;
}
