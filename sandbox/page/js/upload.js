/** Files on their way to the sandbox, and the ways they come into the page: dialog, drop, paste. */

import { byId, h } from "./dom.js";
import { fileSize, ownFile } from "./links.js";
import { Refused } from "./socket.js";

const MAX_BYTES = 10 * 1024 * 1024;
export const MAX_FILES = 10;

/**
 * Send a file to the sandbox.
 * @param {File} file
 * @returns {Promise<import("./types.js").Upload>} rejects with a sentence
 */
export async function upload(file) {
  if (file.size > MAX_BYTES)
    throw new Refused(`${file.name} is too large: ${fileSize(file.size)}, and ${fileSize(MAX_BYTES)} is the limit.`);
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch("/play/upload", { method: "POST", body }).catch(() => null);
  if (!answer?.ok) throw new Refused(`${file.name} could not be uploaded.`);
  return answer.json();
}

/** Draw a picture that was sent, small. @param {import("./types.js").Upload} sent */
export const thumbnail = ({ url }) => h("img", { src: ownFile(url), alt: "" });

/** Let the person choose files. @param {boolean} multiple @returns {Promise<File[]>} */
export function chooseFiles(multiple) {
  const input = h("input", { type: "file", multiple });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

/** Hand over every file that is dropped on the page or pasted into it. @param {(files: File[]) => void} take */
export function listenForFiles(take) {
  const chat = byId("chat");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    chat.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || chat.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    chat.classList.remove("dropping");
    take([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || /** @type {Element} */ (event.target).closest("dialog")) return;
    event.preventDefault();
    take(files);
  });
}
