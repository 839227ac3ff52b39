/** Files of a message: pictures to enlarge, sound and film to play, anything else to download. */

import { enlarge } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fileSize, ownFile, webAddress } from "./links.js";

const IS_SPOILER = 1 << 3;

/** Cover something until it is asked for. @param {Element} content */
export function veiled(content) {
  const cover = h(
    "button",
    { type: "button", class: "veil", on: { click: () => cover.replaceWith(content) } },
    "SPOILER",
  );
  cover.dataset.hides = content.className;
  return cover;
}

/**
 * Draw a picture that opens large; one that lies elsewhere is a link, for this page fetches nothing from elsewhere.
 * Where its size is known its place is kept while it loads.
 * @param {string} url
 * @param {{alt?: ?string, width?: ?number, height?: ?number, className?: string}} about
 */
export function picture(url, { alt = "", width, height, className = "" } = {}) {
  const source = ownFile(url);
  if (!source)
    return h(
      "a",
      { class: "elsewhere", href: webAddress(url), target: "_blank", rel: "noopener noreferrer" },
      icon("link"),
      alt || url,
    );
  const image = h("img", { src: source, alt: alt ?? "", loading: "lazy" });
  const size = width && height && { "--width": `${width}px`, "--ratio": String(width / height) };
  const open = () => enlarge({ url: source, alt: alt ?? "" });
  return h(
    "button",
    {
      type: "button",
      class: `picture ${className} ${size ? "sized" : ""}`,
      vars: size || null,
      "aria-label": `Enlarge image${alt ? `: ${alt}` : ""}`,
      on: { click: open },
    },
    image,
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

/** @param {import("./types.js").Attachment & {flags?: number}} attachment */
function drawOne(attachment) {
  const type = attachment.content_type ?? "";
  const shown = type.startsWith("image/") ? drawImage(attachment) : drawOther(attachment, type);
  const hidden = attachment.filename.startsWith("SPOILER_") || (attachment.flags ?? 0) & IS_SPOILER;
  return hidden ? veiled(shown) : shown;
}

/** @param {import("./types.js").Attachment} attachment */
function drawImage({ url, description, filename, width, height }) {
  return picture(url, { alt: description || filename, width, height });
}

function drawOther(attachment, type) {
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

/** Draw all files of a message. @param {import("./types.js").Attachment[]} attachments */
export function drawAttachments(attachments) {
  const pictures = attachments.filter(({ content_type: type }) => type?.startsWith("image/"));
  const others = attachments.filter((attachment) => !pictures.includes(attachment));
  return [
    pictures.length > 0 &&
      h("div", { class: "pictures", data: { count: String(Math.min(pictures.length, 4)) } }, pictures.map(drawOne)),
    ...others.map(drawOne),
  ];
}
