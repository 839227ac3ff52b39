/** Components V2: messages laid out by their components. */

import { fileCard, mosaic, picture } from "./attachments.js";
import { BUTTON, ROW, drawControl, drawRow } from "./components.js";
import { h } from "./dom.js";
import { fileName } from "./links.js";
import { showServerHtml } from "./markup.js";
import { veiled } from "./veil.js";

const SECTION = 9,
  TEXT = 10,
  THUMBNAIL = 11,
  GALLERY = 12,
  FILE = 13,
  SEPARATOR = 14,
  CONTAINER = 17;

function text(component) {
  const element = h("div", { class: "markup" });
  showServerHtml(element, component.content_html, component.content);
  return element;
}

function shown(media, { description, spoiler }, className) {
  const { url, width, height } = media;
  const drawn = picture(url, { alt: description, width, height, className });
  return spoiler ? veiled(drawn) : drawn;
}

function section(component, message, app) {
  const side = component.accessory && drawComponent(component.accessory, message, app);
  return h(
    "div",
    { class: "v2-section" },
    h(
      "div",
      {},
      component.components.map((child) => drawComponent(child, message, app)),
    ),
    side,
  );
}

function container(component, message, app) {
  const colour = component.accent_color && { "--bar": `#${component.accent_color.toString(16).padStart(6, "0")}` };
  const content = h(
    "div",
    { class: "v2-container", vars: colour },
    component.components.map((child) => drawComponent(child, message, app)),
  );
  return component.spoiler ? veiled(content) : content;
}

const DRAWERS = {
  [ROW]: drawRow,
  [BUTTON]: drawControl,
  [SECTION]: section,
  [TEXT]: text,
  [THUMBNAIL]: (component) => shown(component.media, component, "thumb"),
  [GALLERY]: (component) => mosaic(component.items.map((item) => shown(item.media, item, ""))),
  [FILE]: (component) =>
    fileCard({
      filename: component.name ?? fileName(component.file.url),
      size: component.size,
      url: component.file.url,
    }),
  [SEPARATOR]: (component) =>
    h("hr", {
      class: component.divider === false ? "bare" : "",
      data: { wide: component.spacing === 2 ? "yes" : "no" },
    }),
  [CONTAINER]: container,
};

/**
 * Draw a component and all inside it.
 * @param {import("./types.js").Component} component
 * @param {import("./types.js").Message} message
 * @param {any} app
 */
function drawComponent(component, message, app) {
  return DRAWERS[component.type]?.(component, message, app);
}

/** Draw all components of a message. @param {import("./types.js").Message} message @param {any} app */
export function drawComponents(message, app) {
  return message.components.map((component) => drawComponent(component, message, app));
}
