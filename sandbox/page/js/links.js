/** Addresses from messages: only the web's, and the sandbox's own files by path so that the page's origin serves them. */

/** Return an address that is safe to follow, or null. @param {string|undefined|null} url */
export function webAddress(url) {
  if (!url) return null;
  try {
    const parsed = new URL(url, location.href);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** Return the path of a file that this sandbox serves, or null for anyone else's. @param {string|undefined|null} url */
export function ownFile(url) {
  const address = webAddress(url);
  if (!address) return null;
  const { origin, hostname, pathname, search, port } = new URL(address);
  const here =
    origin === location.origin || (["127.0.0.1", "localhost", "[::1]"].includes(hostname) && port === location.port);
  return here ? pathname + search : null;
}

/** Return the name of the file at an address. @param {string} url */
export const fileName = (url) => decodeURIComponent(new URL(url, location.href).pathname.split("/").pop() ?? "");

/** Write a size in bytes as people do. @param {number} bytes */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}
