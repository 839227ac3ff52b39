/** The one door for HTML: what the server has rendered and sanitised. Everything else in this page is text. */

import { fullTime, inStyle } from "./time.js";

/**
 * Show the server's sanitised HTML, or plain text where it sent none.
 * @param {HTMLElement} element
 * @param {string|undefined} html a field named `html`, `description_html`, `value_html` or `content_html`, never anything else
 * @param {string} [text] what to show instead where there is no HTML
 */
export function showServerHtml(element, html, text = "") {
  const isPlain = html === undefined || html === null;
  element.classList.toggle("plain", isPlain);
  if (isPlain) element.textContent = text;
  else element.innerHTML = html;
  element.querySelectorAll(".spoiler").forEach(veil);
  element.querySelectorAll("[data-timestamp]").forEach(tellTime);
  for (const link of element.querySelectorAll("a")) link.target = "_blank";
}

/**
 * Say in one line of plain text what `showServerHtml` would show; spoilers stay hidden.
 * @param {string|undefined} html
 * @param {string} [text]
 */
export function inOneLine(html, text = "") {
  if (html === undefined || html === null) return text;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const spoiler of body.querySelectorAll(".spoiler")) spoiler.textContent = "(spoiler)";
  body.querySelectorAll("[data-timestamp]").forEach(tellTime);
  for (const block of body.querySelectorAll("p, br, li, blockquote, pre, h1, h2, h3")) block.after(" ");
  return (body.textContent ?? "").replace(/\s+/g, " ").trim();
}

function veil(spoiler) {
  spoiler.tabIndex = 0;
  spoiler.setAttribute("role", "button");
  spoiler.setAttribute("aria-expanded", "false");
  spoiler.setAttribute("aria-label", "Spoiler, press to reveal");
}

/** Write a timestamp in the reader's own zone. */
function tellTime(element) {
  const when = new Date(Number(element.dataset.timestamp) * 1000);
  if (Number.isNaN(when.getTime())) return;
  element.title = fullTime(when);
  element.textContent = inStyle(when, element.dataset.style);
}

function reveal(event) {
  const spoiler = event.target.closest?.(".spoiler");
  if (!spoiler || spoiler.classList.contains("revealed")) return;
  if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  spoiler.classList.add("revealed");
  for (const name of ["role", "aria-label", "aria-expanded"]) spoiler.removeAttribute(name);
}

/** Let spoilers open by click and by key, wherever they stand. */
export function listenForSpoilers() {
  document.addEventListener("click", reveal);
  document.addEventListener("keydown", reveal);
}
