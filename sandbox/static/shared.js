/* What the modules of the page share: the chats as the stream tells them, and which one is open. */

export const $ = (id) => document.getElementById(id);
export const chats = new Map();
export const state = { bots: [], open: null, unread: new Map(), typing: 0, atEnd: true };
export const key = (chat) => `${chat.bot}/${chat.person}`;
export const current = () => chats.get(state.open);

/** Show a dialog; resolves to the value of the button that closed it. */
export function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
