/** A long touch is the right click of a phone whose browser does not say so itself. */

const HOLD_MS = 500;
const SLIP_PX = 10;

/** Turn long touches inside an element into `contextmenu` events. @param {HTMLElement} root */
export function listenForLongPress(root) {
  let timer;
  let from;
  let opened = false;
  const stop = () => clearTimeout(timer);
  root.addEventListener("pointerdown", (event) => {
    opened = false;
    if (event.pointerType !== "touch") return;
    from = event;
    timer = setTimeout(() => {
      opened = true;
      const { clientX, clientY } = event;
      event.target.dispatchEvent(
        new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }),
      );
    }, HOLD_MS);
  });
  /** Where a long touch has opened a menu, its end presses nothing. */
  const swallow = (event) => {
    if (opened) event.stopPropagation();
    opened = false;
  };
  root.addEventListener("click", swallow, { capture: true });
  root.addEventListener(
    "pointermove",
    (event) => from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > SLIP_PX && stop(),
  );
  for (const type of ["pointerup", "pointercancel", "contextmenu"]) root.addEventListener(type, stop);
}
