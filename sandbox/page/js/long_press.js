/** A long touch is the right click of a phone whose browser does not say so itself. */

const HOLD_MS = 500;
const SLIP_PX = 10;

/** Turn long touches inside an element into `contextmenu` events. @param {HTMLElement} root */
export function listenForLongPress(root) {
  let timer;
  let from;
  const stop = () => clearTimeout(timer);
  root.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    from = event;
    timer = setTimeout(
      () =>
        event.target.dispatchEvent(
          new MouseEvent("contextmenu", {
            bubbles: true,
            cancelable: true,
            clientX: event.clientX,
            clientY: event.clientY,
          }),
        ),
      HOLD_MS,
    );
  });
  root.addEventListener(
    "pointermove",
    (event) => from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > SLIP_PX && stop(),
  );
  for (const type of ["pointerup", "pointercancel", "contextmenu"]) root.addEventListener(type, stop);
}
