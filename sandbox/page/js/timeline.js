/** The messages of the channel in view: order, history, the jump to what is new, and the keys to walk through them. */

import { byId, fill, focused, h } from "./dom.js";
import { icon } from "./icons.js";
import { MessageView } from "./message.js";
import { Sticky } from "./sticky.js";
import { drawIntro } from "./welcome.js";

const FLASH_MS = 1600;

/** The view of one channel's log. */
export class Timeline {
  /** @type {Map<string, MessageView>} */
  views = new Map();
  shown = "";
  missed = 0;

  /** @param {any} app */
  constructor(app) {
    this.app = app;
    this.top = h("div", { class: "top" });
    this.intro = h("div", { class: "intro" });
    this.list = h("ol", { class: "messages", role: "list" });
    this.notes = h("div", { class: "notes" });
    this.scroller = h(
      "div",
      { class: "scroller", tabindex: "-1" },
      h("div", { class: "pages" }, this.top, this.intro, this.list, this.notes),
    );
    this.jump = h("button", { type: "button", class: "jump", hidden: true, on: { click: () => this.toPresent() } });
    byId("timeline").append(this.scroller, this.jump);
    this.sticky = new Sticky(this.scroller, this.scroller.firstElementChild, () => this.#moved());
    this.watch = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#older(), {
      root: this.scroller,
      rootMargin: "300px",
    });
    this.#listen();
  }

  #listen() {
    const { store, actions } = this.app;
    store.on("view", () => this.#open());
    store.on("commands", () => this.#drawIntro());
    store.on("message", (news) => news.message.channel_id === store.channelId && this.#news(news));
    store.on("removed", ({ channel_id: id }) => id === store.channelId && this.#sync());
    this.list.addEventListener("focusin", (event) => this.#focused(event.target.closest(".message")));
    this.list.addEventListener("keydown", (event) => this.#key(event));
    const menu = (event, anchor, point) => {
      const view = this.views.get(anchor.closest(".message")?.dataset.id);
      if (!view || event.target.closest("a, .author")) return;
      event.preventDefault();
      actions.messageMenu(view.message, anchor, point);
    };
    this.list.addEventListener("contextmenu", (event) =>
      menu(event, event.target.closest(".message"), { x: event.clientX, y: event.clientY }),
    );
    this.list.addEventListener(
      "click",
      (event) => event.target.closest(".more") && menu(event, event.target.closest(".more")),
    );
  }

  /** Show the channel in view; the same one again (after a reconnection) keeps its place. */
  async #open() {
    const { store } = this.app;
    const { channelId, channel, viewKey: shown } = store;
    if (shown !== this.shown) this.#clear();
    this.shown = shown;
    this.list.setAttribute("aria-label", channel ? `Messages in ${channel.name}` : "Messages");
    this.firstUnread = channelId ? store.markRead(channelId) : undefined;
    if (channelId && !store.logOf(channelId).loaded) await this.#load(channelId);
    else this.#sync();
  }

  #clear() {
    for (const part of [this.list, this.notes, this.intro]) part.replaceChildren();
    this.introState = "";
    this.views.clear();
    this.missed = 0;
    this.sticky.stuck = true;
  }

  async #load(channelId, before = undefined) {
    const { store, actions } = this.app;
    const shown = this.shown;
    const page = await actions.history(channelId, before);
    if (!page || shown !== this.shown) return;
    store.addHistory(page);
    this.#sync();
  }

  async #older() {
    const log = this.app.store.logs.get(this.app.store.channelId);
    if (this.loading || !log?.loaded || !log.hasMore || !log.messages.length) return;
    this.loading = true;
    this.top.classList.add("busy");
    await this.#load(this.app.store.channelId, log.messages[0].id);
    this.top.classList.remove("busy");
    this.loading = false;
  }

  /** Make the page show the log, touching only what differs. */
  #sync() {
    const { store } = this.app;
    const { messages = [], loaded } = store.logs.get(store.channelId) ?? {};
    if (store.channelId && !loaded) return;
    const change = () => {
      const ids = new Set(messages.map(({ id }) => id));
      for (const id of this.views.keys()) if (!ids.has(id)) this.#drop(id);
      messages.forEach((message, at) => this.#put(message, messages[at - 1], at));
      this.#drawIntro();
    };
    if (this.sticky.stuck) change();
    else this.sticky.keepPlace(change);
    if (this.sticky.stuck) this.sticky.toEnd();
    this.watch.unobserve(this.top);
    this.watch.observe(this.top);
    this.#moved();
  }

  #put(message, before, at) {
    const view = this.views.get(message.id) ?? new MessageView(message, this.app);
    this.views.set(message.id, view);
    if (view.message !== message) view.update(message);
    view.settle(before, this.firstUnread);
    if (this.list.children[at] !== view.element) this.list.insertBefore(view.element, this.list.children[at] ?? null);
    view.element.tabIndex = view.element === (this.current ?? this.list.lastElementChild) ? 0 : -1;
  }

  #drop(id) {
    const { element } = this.views.get(id);
    const next = element.contains(focused()) && (element.nextElementSibling ?? element.previousElementSibling);
    if (element === this.current) this.current = undefined;
    element.remove();
    this.views.delete(id);
    if (next) next.focus();
  }

  #news({ message, isNew }) {
    const view = this.views.get(message.id);
    if (view) return view.update(message);
    if (isNew && !this.sticky.stuck) this.missed += 1;
    if (message.author.id === this.app.store.me) this.sticky.stuck = true;
    const distance = this.scroller.scrollTop;
    this.#sync();
    if (!this.sticky.stuck) this.scroller.scrollTop = distance;
    this.#moved();
  }

  #drawIntro() {
    const { store } = this.app;
    const log = store.logs.get(store.channelId);
    const reached = !store.channel || (log?.loaded && (!log.hasMore || !log.messages.length));
    const isEmpty = !log?.messages.length;
    const state = JSON.stringify([reached, isEmpty, store.channel, this.app.commands()]);
    if (this.introState !== state) fill(this.intro, reached ? drawIntro(this.app, isEmpty) : []);
    this.introState = state;
  }

  #moved() {
    if (this.sticky.stuck) this.missed = 0;
    const far = this.sticky.distance > this.scroller.clientHeight;
    this.jump.hidden = !this.missed && !far;
    const words = this.missed ? `${this.missed} new message${this.missed > 1 ? "s" : ""}` : "Jump to the present";
    if (this.jump.textContent !== words) fill(this.jump, words, icon("arrow"));
  }

  toPresent() {
    this.sticky.toEnd();
    this.#moved();
    this.app.composer.focus();
  }

  /** Bring a message into view and point at it; say so where it is too far back. @param {string} id */
  goTo(id) {
    const view = this.views.get(id);
    if (!view) return this.app.actions.tell("That message is further up. Scroll up to load it.");
    view.element.scrollIntoView({ block: "center" });
    view.element.focus({ preventScroll: true });
    view.element.classList.add("flash");
    setTimeout(() => view.element.classList.remove("flash"), FLASH_MS);
  }

  /** Move the keyboard to the newest message. */
  focusLast() {
    this.list.lastElementChild?.focus();
  }

  /** Keep one message, and its menu button, in the order of the Tab key. */
  #focused(element) {
    const setTab = (one, index) =>
      [one, one?.querySelector(".more")].forEach((part) => part && (part.tabIndex = index));
    setTab(this.current ?? this.list.lastElementChild, -1);
    setTab(element, 0);
    this.current = element;
  }

  #key(event) {
    const at = event.target.classList.contains("message") ? event.target : null;
    if (!at) return;
    const last = !at.nextElementSibling && event.key === "ArrowDown";
    const next = {
      ArrowUp: at.previousElementSibling,
      ArrowDown: at.nextElementSibling,
      Home: this.list.firstElementChild,
      End: this.list.lastElementChild,
    }[event.key];
    if (event.key === "Enter")
      this.app.actions.messageMenu(this.views.get(at.dataset.id).message, at.querySelector(".more"));
    else if (event.key === "Escape" || last) this.app.composer.focus();
    else if (next) next.focus();
    else return;
    event.preventDefault();
  }
}
