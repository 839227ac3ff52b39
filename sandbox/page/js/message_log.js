/** The messages of one channel in the order of their ids. */

/** Compare two snowflakes without losing digits. @param {string} a @param {string} b */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/** An ordered list of messages; grows upwards with history and downwards with news. */
export class MessageLog {
  /** @type {import("./types.js").Message[]} */
  messages = [];
  /** Whether the newest page of history has come. */
  loaded = false;
  /** Whether the server has older messages than these. */
  hasMore = true;

  /** @param {string} id */
  find(id) {
    return this.messages.find((message) => message.id === id);
  }

  /** Put a message at its place, or in place of its older self. @param {import("./types.js").Message} message */
  put(message) {
    const at = this.messages.findIndex((other) => compareIds(other.id, message.id) >= 0);
    if (at < 0) this.messages.push(message);
    else this.messages.splice(at, Number(this.messages[at].id === message.id), message);
  }

  /** @param {string} id */
  remove(id) {
    this.messages = this.messages.filter((message) => message.id !== id);
  }

  /** Take in a page of history. @param {import("./types.js").Message[]} messages @param {boolean} hasMore */
  prepend(messages, hasMore) {
    for (const message of messages) this.put(message);
    this.loaded = true;
    this.hasMore = hasMore;
  }
}
