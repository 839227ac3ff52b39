/** Windows over the page: the browser's own dialog keeps the focus inside; we give it back afterwards. */

import { byId, focused, h } from "./dom.js";

/**
 * Open a dialog that closes by Escape, by `close`, and by a click beside it where that loses nothing.
 * @param {{label: string, className: string, closeBeside?: boolean}} manner
 * @param {(close: () => void) => any} draw returns the content
 * @returns {Promise<void>} when it has closed
 */
export function openDialog({ label, className, closeBeside = true }, draw) {
  const returnTo = focused();
  const dialog = h("dialog", { class: className, "aria-label": label });
  dialog.append(draw(() => dialog.close()));
  document.body.append(dialog);
  dialog.showModal();
  if (closeBeside) dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      (returnTo?.isConnected ? returnTo : byId("composer").querySelector("textarea")).focus();
      resolve();
    });
  });
}

/**
 * Ask before something cannot be taken back.
 * @param {{title: string, text: string, action: string}} question
 * @returns {Promise<boolean>}
 */
export async function confirmed({ title, text, action }) {
  let answer = false;
  await openDialog({ label: title, className: "dialog confirm" }, (close) => {
    const yes = () => {
      answer = true;
      close();
    };
    return h(
      "div",
      { class: "dialog-body" },
      h("h2", {}, title),
      h("p", {}, text),
      h(
        "div",
        { class: "dialog-actions" },
        h("button", { type: "button", class: "button plain", on: { click: close } }, "Cancel"),
        h("button", { type: "button", class: "button danger", autofocus: true, on: { click: yes } }, action),
      ),
    );
  });
  return answer;
}
