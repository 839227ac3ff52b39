/** Who was played last, and where: in the address for this window, in the browser's memory for the next one. */

const MEMBER = "member";
const channelKey = (member) => `channel of ${member}`;
const address = () => new URL(location.href);

/** The member to begin as. */
export const lastMember = () => address().searchParams.get(MEMBER) ?? localStorage.getItem(MEMBER);

const addressed = () => address().hash.slice(1);

/** The channels to begin in: the one in the address, then the one that the member had in view. @param {string} member */
export const lastChannels = (member) => [addressed(), localStorage.getItem(channelKey(member))];

/** Keep both memories true, and follow an address that is typed in. @param {import("./store.js").Store} store */
export function startWhereabouts(store) {
  store.on("view", () => remember(store));
  window.addEventListener("hashchange", () => store.channels.has(addressed()) && store.select(addressed()));
}

function remember({ me, channelId }) {
  const here = address();
  here.searchParams.set(MEMBER, me);
  here.hash = channelId ?? "";
  history.replaceState(null, "", here);
  localStorage.setItem(MEMBER, me);
  if (channelId) localStorage.setItem(channelKey(me), channelId);
}
