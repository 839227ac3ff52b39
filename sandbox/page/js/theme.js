/** Dark or light: as the system has it, until the person chooses. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "theme";
const systemIsLight = matchMedia("(prefers-color-scheme: light)");

const current = () => localStorage.getItem(KEY) ?? (systemIsLight.matches ? "light" : "dark");

/** Make the page follow the choice. */
export function applyTheme() {
  document.documentElement.dataset.theme = current();
}

/** Make the button that turns from one to the other. */
export function themeButton() {
  const button = h("button", { type: "button", class: "icon-button theme" });
  const draw = () => {
    applyTheme();
    const other = current() === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Switch to the ${other} theme`);
    button.title = `Switch to the ${other} theme`;
    fill(button, icon(other === "light" ? "sun" : "moon"));
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, current() === "dark" ? "light" : "dark");
    draw();
  });
  systemIsLight.addEventListener("change", draw);
  draw();
  return button;
}
