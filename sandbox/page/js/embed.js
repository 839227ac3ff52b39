/** An embed: a card with a colour bar. */

import { picture } from "./attachments.js";
import { h } from "./dom.js";
import { ownFile, webAddress } from "./links.js";
import { showServerHtml } from "./markup.js";
import { stamp } from "./time.js";

function markup(className, html, text) {
  const element = h("div", { class: `markup ${className}` });
  showServerHtml(element, html, text);
  return element;
}

function linked(text, url) {
  const address = webAddress(url);
  return address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : text;
}

function smallIcon(url) {
  const source = ownFile(url);
  return source && h("img", { class: "embed-icon", src: source, alt: "" });
}

/** @param {import("./types.js").EmbedField[]} fields */
function drawFields(fields) {
  return h(
    "dl",
    { class: "embed-fields" },
    fields.map((field) =>
      h(
        "div",
        { class: field.inline ? "inline" : "" },
        h("dt", {}, field.name),
        h("dd", {}, markup("", field.value_html, field.value)),
      ),
    ),
  );
}

/** @param {import("./types.js").Embed} embed */
function drawFooter({ footer, timestamp }) {
  const when = timestamp && stamp(new Date(timestamp));
  if (!footer?.text && !when) return null;
  return h("footer", {}, smallIcon(footer?.icon_url), [footer?.text, when].filter(Boolean).join(" • "));
}

/** Draw a large image, as large as the file of its message is. */
function drawImage({ url }, files) {
  const { width, height } = files.find((file) => file.url === url) ?? {};
  return h("div", { class: "embed-image" }, picture(url, { width, height, className: "wide" }));
}

/**
 * Draw one embed.
 * @param {import("./types.js").Embed} embed
 * @param {import("./types.js").Attachment[]} files of its message
 */
export function drawEmbed(embed, files) {
  const colour = embed.color && `#${embed.color.toString(16).padStart(6, "0")}`;
  return h(
    "article",
    { class: "embed", vars: colour && { "--bar": colour } },
    h(
      "div",
      { class: "embed-words" },
      embed.author?.name &&
        h(
          "div",
          { class: "embed-author" },
          smallIcon(embed.author.icon_url),
          linked(embed.author.name, embed.author.url),
        ),
      embed.title && h("div", { class: "embed-title" }, linked(embed.title, embed.url)),
      embed.description && markup("embed-text", embed.description_html, embed.description),
      embed.fields?.length > 0 && drawFields(embed.fields),
    ),
    embed.thumbnail && h("div", { class: "embed-thumb" }, picture(embed.thumbnail.url, { className: "thumb" })),
    embed.image && drawImage(embed.image, files),
    drawFooter(embed),
  );
}
