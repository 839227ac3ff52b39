/** Files of a message: pictures to enlarge, sound and film to play, anything else to download. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { enlarge } from "./lightbox.js";
import { fileSize, ownFile, webAddress } from "./links.js";
import { veiled } from "./veil.js";

const IS_SPOILER = 1 << 3;

/** Show large what was pressed, with the others beside it that are not hidden. @param {Element} pressed */
function open(pressed) {
  const beside = pressed.closest(".pictures") ?? pressed.parentElement;
  const shown = [...(beside?.querySelectorAll(".picture:not([inert] *)") ?? [])];
  const pictures = shown.map((one) => one.querySelector("img")).map((image) => ({ url: image.src, alt: image.alt }));
  enlarge(pictures, shown.indexOf(pressed));
}

/**
 * Draw a picture that opens large; one that lies elsewhere is a link, for this page fetches nothing from elsewhere.
 * Where its size is known its place is kept while it loads.
 * @param {string} url
 * @param {{alt?: ?string, name?: string, width?: ?number, height?: ?number, className?: string}} about its `name` stands in for its words
 */
export function picture(url, { alt, name = "", width, height, className = "" } = {}) {
  const source = ownFile(url);
  if (!source)
    return h(
      "a",
      { class: "elsewhere", href: webAddress(url), target: "_blank", rel: "noopener noreferrer" },
      icon("link"),
      alt || url,
    );
  const words = alt || name;
  const size = width && height && { "--width": `${width}px`, "--ratio": String(width / height) };
  return h(
    "button",
    {
      type: "button",
      class: `picture ${className} ${size ? "sized" : ""}`,
      vars: size || null,
      "aria-label": `Enlarge image${words ? `: ${words}` : ""}`,
      on: { click: (event) => open(event.currentTarget) },
    },
    h("img", { src: source, alt: words, loading: "lazy" }),
    alt && className === "" && h("span", { class: "alt-mark", title: alt, "aria-hidden": "true" }, "ALT"),
  );
}

/** Draw the card of a file to download. @param {{filename: string, size?: number, url: string}} file */
export function fileCard({ filename, size, url }) {
  const address = ownFile(url) ?? webAddress(url);
  return h(
    "div",
    { class: "file" },
    icon("file"),
    h(
      "div",
      { class: "file-words" },
      h("a", { href: address, download: filename }, filename),
      size !== undefined && h("small", {}, fileSize(size)),
    ),
    h(
      "a",
      { class: "icon-button", href: address, download: filename, "aria-label": `Download ${filename}` },
      icon("download"),
    ),
  );
}

/** Say whether a file is drawn: Discord's word for that is that it knows how large it is. */
const isPicture = ({ content_type: type, width }) => Boolean(width && type?.startsWith("image/"));

/** @param {import("./types.js").Attachment} attachment */
function drawOne(attachment) {
  const shown = isPicture(attachment) ? drawImage(attachment) : drawOther(attachment);
  const isHidden = attachment.filename.startsWith("SPOILER_") || (attachment.flags ?? 0) & IS_SPOILER;
  return isHidden ? veiled(shown) : shown;
}

/** @param {import("./types.js").Attachment} attachment */
function drawImage({ url, description, filename, width, height }) {
  return picture(url, { alt: description, name: filename, width, height });
}

/** @param {import("./types.js").Attachment} attachment */
function drawOther(attachment) {
  const type = attachment.content_type ?? "";
  const source = ownFile(attachment.url);
  const tag = type.startsWith("audio/") ? "audio" : type.startsWith("video/") ? "video" : null;
  if (!tag || !source) return fileCard(attachment);
  return h(
    "div",
    { class: "media" },
    fileCard(attachment),
    h(tag, { src: source, controls: true, preload: "metadata" }),
  );
}

/** Lay pictures out side by side, as many as there are. @param {HTMLElement[]} pictures */
export const mosaic = (pictures) =>
  h("div", { class: "pictures", data: { count: String(pictures.length) } }, pictures);

/** Draw all files of a message. @param {import("./types.js").Attachment[]} attachments */
export function drawAttachments(attachments) {
  const pictures = attachments.filter(isPicture);
  const others = attachments.filter((attachment) => !pictures.includes(attachment));
  return [pictures.length > 0 && mosaic(pictures.map(drawOne)), ...others.map(drawOne)];
}
