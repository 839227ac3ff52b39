/** Times as people read them, in the reader's own language and zone. */

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat(undefined, { day: "2-digit", month: "2-digit", year: "numeric" });
const LONG_DATE = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** @param {Date} when */
export const clock = (when) => CLOCK.format(when);
/** @param {Date} when */
export const fullTime = (when) => FULL.format(when);
/** @param {Date} when */
export const longDate = (when) => LONG_DATE.format(when);
/** Name the local day of a moment, so that two moments can be compared. @param {Date} when */
export const dayKey = (when) => when.toDateString();

/** Write the stamp beside an author: only as much as is needed. @param {Date} when @param {Date} [now] */
export function stamp(when, now = new Date()) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(when) === dayKey(now)) return clock(when);
  if (dayKey(when) === dayKey(yesterday)) return `Yesterday at ${clock(when)}`;
  return `${DATE.format(when)} ${clock(when)}`;
}

/** @type {Object<string, Intl.DateTimeFormatOptions>} the letters of Discord's `<t:SECONDS:STYLE>` */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** Write a moment in one of Discord's styles. @param {Date} when @param {string} [style] */
export function inStyle(when, style = "f") {
  return style === "R"
    ? relativeTime(when)
    : new Intl.DateTimeFormat(undefined, STYLES[style] ?? STYLES.f).format(when);
}

/** Say how far away a moment is ("in 5 minutes"). @param {Date} when @param {Date} [now] */
function relativeTime(when, now = new Date()) {
  const seconds = (when.getTime() - now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return RELATIVE.format(Math.round(seconds / size), unit);
}
