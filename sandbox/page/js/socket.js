/** The page's one connection: frames out, frames in, and back again by itself when it breaks. */

const BACKOFF_MS = [300, 600, 1200, 2500, 5000];

/** What a person asked for was refused; the message is a sentence for her. */
export class Refused extends Error {}

/** A WebSocket to `/play/ws` that reconnects, and pairs answers with requests by their nonce. */
export class Socket {
  /**
   * @param {(frame: any) => void} onFrame every frame, in order
   * @param {(state: "open"|"lost"|"connecting") => void} onState
   */
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.waiting = new Map();
    this.lastNonce = 0;
    this.tries = 0;
    this.member = null;
  }

  /** Connect, or connect again, as a member. @param {?string} member */
  open(member) {
    this.member = member;
    clearTimeout(this.timer);
    const old = this.link;
    this.link = undefined;
    old?.close();
    this.#refuseAll("The connection changed before an answer came.");
    this.#connect();
  }

  /** Try at once instead of waiting for the next turn. */
  retry() {
    this.tries = 0;
    this.open(this.member);
  }

  #connect() {
    this.onState("connecting");
    const query = this.member ? `?member=${encodeURIComponent(this.member)}` : "";
    const link = new WebSocket(`${location.origin.replace(/^http/, "ws")}/play/ws${query}`);
    this.link = link;
    link.onopen = () => link === this.link && this.onState("open");
    link.onmessage = (event) => link === this.link && this.#receive(JSON.parse(event.data));
    link.onclose = () => link === this.link && this.#lost();
  }

  #lost() {
    this.onState("lost");
    this.#refuseAll("The connection broke before an answer came.");
    const pause = BACKOFF_MS[Math.min(this.tries, BACKOFF_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.#connect(), pause);
  }

  #receive(frame) {
    this.tries = 0;
    const waiting = this.waiting.get(frame.nonce);
    this.waiting.delete(frame.nonce);
    if (frame.type === "failed") waiting?.reject(new Refused(frame.reason));
    else waiting?.resolve(frame);
    this.onFrame(frame);
  }

  #refuseAll(reason) {
    for (const { reject } of this.waiting.values()) reject(new Refused(reason));
    this.waiting.clear();
  }

  /** Send a frame that needs no answer. @param {object} frame */
  send(frame) {
    if (this.link?.readyState !== WebSocket.OPEN)
      throw new Refused("You are not connected right now. Try again in a moment.");
    this.link.send(JSON.stringify(frame));
  }

  /**
   * Send a frame and wait for its answer.
   * @param {object} frame
   * @returns {Promise<any>} the answering frame; rejects with Refused
   */
  request(frame) {
    this.lastNonce += 1;
    const nonce = String(this.lastNonce);
    return new Promise((resolve, reject) => {
      this.waiting.set(nonce, { resolve, reject });
      try {
        this.send({ ...frame, nonce });
      } catch (error) {
        this.waiting.delete(nonce);
        reject(error);
      }
    });
  }
}
