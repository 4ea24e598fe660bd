/* The list of businesses and their customers, and the door for a new one. */

import { icon, make, time } from "/static/bubbles.js";
import { $, ask, chats, key, state } from "/static/shared.js";
import { now, word, WORDS } from "/static/words.js";

const NAMES = { it: ["Giulia", "Marco", "Chiara", "Luca"], en: ["Emma", "Sean", "Aoife", "Tom"], pl: ["Kasia", "Piotr", "Ewa", "Adam"] };
const latest = (chat) => [...chat.messages.values()].at(-1);

/** Draw the list; `go` opens a chat. */
export function list(go) {
  const held = document.activeElement?.dataset.goes;
  $("bots").replaceChildren(
    ...(state.bots.length ? state.bots.map((bot) => business(bot, go)) : [make("p", { class: "quiet" }, word("noBusiness")), make("code", { class: "address" }, location.origin)]),
  );
  if (held) document.querySelector(`[data-goes="${CSS.escape(held)}"]`)?.focus();
}

function business(bot, go) {
  const mine = [...chats.values()].filter((chat) => chat.bot === bot.username);
  mine.sort((a, b) => (latest(b)?.date || 0) - (latest(a)?.date || 0) || b.person - a.person);
  const section = make("section", { class: "business", "aria-label": bot.name });
  section.style.setProperty("--accent", bot.colour);
  section.append(
    make("header", {}, make("span", { class: "face", "aria-hidden": "true" }, bot.name.slice(0, 1)),
      make("div", { class: "who" }, make("h3", {}, bot.name), make("p", {}, `@${bot.username}`)),
      make("button", { type: "button", class: "icon add", "data-goes": `new ${bot.username}`, "aria-label": `${word("newCustomer")}, ${bot.name}`, title: word("newCustomer"), onclick: () => newcomer(bot, go) }, icon("plus"))),
    make("ul", {}, ...mine.map((chat) => customer(chat, go))),
  );
  return section;
}

function customer(chat, go) {
  const last = latest(chat);
  const unread = state.unread.get(key(chat));
  const words = last ? last.text || word(last.photo ? "photo" : last.voice ? "voice" : last.location ? "location" : last.document ? "document" : "message") : "";
  return make("li", {},
    make("button", { type: "button", class: "customer", "data-goes": key(chat), "aria-current": key(chat) === state.open ? "true" : null, onclick: () => go(key(chat)) },
      make("span", { class: "tongue", title: WORDS[now.language].languages[chat.language] }, chat.language),
      make("span", { class: "facts" }, make("b", {}, chat.name), make("small", {}, chat.state === "blocked" ? word("blocked") : words.slice(0, 80))),
      make("span", { class: "side" }, last ? make("time", {}, time(last.date)) : null,
        unread ? make("span", { class: "badge", "aria-label": word("unread", { n: unread }) }, String(unread)) : null)));
}

async function newcomer(bot, go) {
  const language = now.language;
  $("newcomerBot").textContent = bot.name;
  $("payload").value = "";
  $("theirLanguage").replaceChildren(...Object.keys(WORDS).sort((a, b) => (a === "it" ? -1 : a.localeCompare(b))).map((code) =>
    make("label", {}, make("input", { type: "radio", name: "language", value: code, checked: code === language, onchange: () => suggest(code) }), make("span", {}, WORDS[language].languages[code]))));
  suggest(language);
  if ((await ask($("newcomer"))) !== "open") return;
  const chosen = document.querySelector("[name=language]:checked").value;
  const response = await fetch(`/play/${bot.username}/people`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: $("name").value.trim() || $("name").placeholder, language: chosen }),
  });
  const { person } = await response.json();
  const to = `${bot.username}/${person}`;
  while (!chats.has(to)) await new Promise(requestAnimationFrame);
  chats.get(to).payload = $("payload").value;
  go(to);
}

function suggest(code) {
  $("name").placeholder = NAMES[code][chats.size % NAMES[code].length];
}
