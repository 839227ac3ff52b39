/** A scroller that stays at its end while it grows, unless its reader has scrolled up. */

const NEAR_PX = 60;

/** Watch a scroller and the content inside it. */
export class Sticky {
  stuck = true;
  #last = 0;

  /** @param {HTMLElement} scroller @param {HTMLElement} content @param {() => void} onMove after each scroll */
  constructor(scroller, content, onMove) {
    this.scroller = scroller;
    scroller.addEventListener(
      "scroll",
      () => {
        this.#moved();
        onMove();
      },
      { passive: true },
    );
    const follow = new ResizeObserver(() => this.stuck && this.toEnd());
    for (const element of [scroller, content]) follow.observe(element);
  }

  /** How far the end is below the window, in pixels. */
  get distance() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  /** Only moving up leaves the end: whatever grew since the last frame only pushed it away. */
  #moved() {
    const { scrollTop } = this.scroller;
    if (this.distance < NEAR_PX) this.stuck = true;
    else if (scrollTop < this.#last) this.stuck = false;
    this.#last = scrollTop;
  }

  toEnd() {
    this.stuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#last = this.scroller.scrollTop;
  }

  /** Change what stands above without moving what is being read. @param {() => void} change */
  keepPlace(change) {
    const below = this.scroller.scrollHeight - this.scroller.scrollTop;
    change();
    this.scroller.scrollTop = this.scroller.scrollHeight - below;
  }
}
