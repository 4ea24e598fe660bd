/* The page: the one chat that is on the phone, and the stream that tells what happens in all of them. */

import { bubble, day, icon, make, time } from "/static/bubbles.js";
import { Composer } from "/static/composer.js";
import { $, ask, chats, current, key, state } from "/static/shared.js";
import { list } from "/static/list.js";
import { dress, now, word } from "/static/words.js";

const PHONES = { it: "+39347", en: "+35387", pl: "+4860" };

/* ---- speaking to the sandbox ---- */

async function act(what, body = {}, chat = current()) {
  const form = body instanceof FormData;
  const response = await fetch(`/play/${chat.bot}/${chat.person}/${what}`, {
    method: "POST",
    body: form ? body : JSON.stringify(body),
    headers: form ? {} : { "Content-Type": "application/json" },
  });
  const answer = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) toast(word("failed", { why: answer.error }));
  return response.ok ? answer : null;
}

const acts = {
  command: (text) => composer.say(text),
  edit: (message) => composer.edit(message),
  async press(message, button, node) {
    if (node.getAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    const answer = await act("press", { data: button.data, message: message.id });
    node.removeAttribute("aria-busy");
    if (answer?.alert && answer.text) tell(answer.text);
    else if (answer?.text) toast(answer.text);
  },
};

/* ---- the phone ---- */

const composer = new Composer({
  act,
  chat: current,
  phone: (chat) => PHONES[chat.language] + String(chat.person).slice(-6).padStart(7, "4"),
  share: sharePhone,
  toast,
});

function paint() {
  const chat = current();
  $("phone").hidden = !chat;
  $("nobody").hidden = Boolean(chat);
  document.body.classList.toggle("talking", Boolean(chat));
  if (!chat) return;
  $("log").setAttribute("aria-busy", "true");
  $("log").replaceChildren();
  let last = "";
  for (const message of chat.messages.values()) last = append(message, last);
  $("log").setAttribute("aria-busy", "false");
  frame();
  state.atEnd = true;
  settle();
}

/** Keep the newest message in sight while pictures load and keyboards come and go. */
function settle() {
  if (state.atEnd) $("log").scrollTop = $("log").scrollHeight;
}

function append(message, last) {
  const date = day(message.date);
  if (date !== last) $("log").append(make("li", { class: "day", role: "presentation" }, make("span", {}, date)));
  $("log").append(bubble(message, acts));
  return date;
}

function frame() {
  const chat = current();
  const bot = state.bots.find((one) => one.username === chat.bot);
  $("phone").style.setProperty("--accent", bot.colour);
  document.querySelector(".stage").style.setProperty("--accent", bot.colour);
  $("face").textContent = bot.name.slice(0, 1);
  $("who").textContent = bot.name;
  $("doing").textContent = state.typing ? word("typing") : word(chat.state === "blocked" ? "blocked" : "bot");
  $("welcome").hidden = Boolean(chat.messages.size) || !chat.about;
  $("about").textContent = chat.about;
  $("begin").hidden = chat.state === "open";
  $("begin").textContent = word(chat.state === "blocked" ? "restart" : "start");
  $("composer").hidden = chat.state !== "open";
  $("more").hidden = chat.state === "new";
  keys(chat);
}

function keys(chat) {
  $("keys").hidden = !chat.keyboard.length || chat.state !== "open";
  composer.placeholder(chat.placeholder);
  $("keys").replaceChildren(
    ...chat.keyboard.map((row) =>
      make("div", { class: "line" }, ...row.map((button) => make("button", { type: "button", class: "key", onclick: () => tap(button) }, button.contact ? icon("contact") : button.location ? icon("place") : null, button.text)))),
  );
}

async function tap(button) {
  const shared = button.contact ? await sharePhone() : {};
  if (shared) await act("tap", { label: button.text, shared });
}

/** Ask as a phone does before a number is given away; null if it is not. */
async function sharePhone() {
  $("phoneNumber").value = composer.phoneOf(current());
  return (await ask($("sharing"))) === "share" ? { phone: $("phoneNumber").value } : null;
}

function tell(text) {
  $("alertText").textContent = text;
  $("alert").showModal();
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => $("toast").classList.remove("shown"), 2600 + text.length * 40);
}

/* ---- what happens ---- */

function happen(chat, events) {
  const shown = key(chat) === state.open;
  for (const { kind, by, message, action } of events) {
    if (kind === "action" && shown) typing(action === "typing");
    if (!message) continue;
    if (kind === "deleted") chat.messages.delete(message.id);
    else chat.messages.set(message.id, message);
    if (shown) show(chat, kind, by, message);
    else if (kind === "sent" && by === "bot") state.unread.set(key(chat), (state.unread.get(key(chat)) || 0) + 1);
  }
}

function show(chat, kind, by, message) {
  const log = $("log");
  const old = log.querySelector(`[data-id="${message.id}"]`);
  if (by === "bot") typing(false);
  if (kind === "deleted") old?.remove();
  else if (old) {
    const held = old.contains(document.activeElement);
    const fresh = bubble(message, acts);
    fresh.classList.add("changed");
    old.replaceWith(fresh);
    if (held) fresh.focus({ preventScroll: true });
  } else {
    const before = [...chat.messages.values()].at(-2);
    append(message, before ? day(before.date) : "");
    log.lastElementChild.classList.add("new");
  }
  if (by === "person" && kind === "sent") state.atEnd = true;
  settle();
  if (kind === "sent") $("newest").hidden = state.atEnd;
}

function typing(on) {
  clearTimeout(state.typing);
  state.typing = on ? setTimeout(() => typing(false), 5000) : 0;
  $("doing").classList.toggle("typing", on);
  if (current()) frame();
}

function listen() {
  const stream = new EventSource("/play/stream");
  stream.addEventListener("state", ({ data }) => {
    const all = JSON.parse(data);
    state.bots = all.bots;
    chats.clear();
    for (const chat of all.chats) chats.set(key(chat), { ...chat, messages: new Map(chat.messages.map((message) => [message.id, message])) });
    $("lost").hidden = true;
    if (!chats.has(state.open)) state.open = null;
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (chats.has(wanted)) state.open = wanted;
    list(go);
    paint();
  });
  stream.addEventListener("bots", ({ data }) => {
    state.bots = JSON.parse(data);
    list(go);
  });
  stream.addEventListener("chat", ({ data }) => {
    const { events, ...news } = JSON.parse(data);
    const chat = chats.get(key(news)) || { messages: new Map() };
    Object.assign(chat, news);
    chats.set(key(chat), chat);
    happen(chat, events);
    list(go);
    if (key(chat) === state.open) frame();
  });
  stream.addEventListener("error", () => ($("lost").hidden = false));
}

/* ---- going from one chat to another ---- */

function go(to) {
  state.open = to;
  state.unread.delete(to);
  history.replaceState(null, "", to ? `#${to}` : location.pathname);
  typing(false);
  composer.clear();
  $("newest").hidden = true;
  list(go);
  paint();
  if (to && matchMedia("(pointer: fine)").matches) $(current().state === "open" ? "text" : "begin").focus();
  if (!to) document.querySelector(".customer, .add")?.focus();
}

/* ---- wiring ---- */

function menu() {
  const chat = current();
  const blocked = chat.state === "blocked";
  const items = chat.state === "new" ? [] : [[word(blocked ? "unblock" : "block"), "block", () => act(blocked ? "unblock" : "block")]];
  composer.menu($("menu"), $("more"), items);
}

function language(code) {
  now.language = code;
  localStorage.setItem("language", code);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === code));
  dress();
  list(go);
  paint();
}

for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => language(button.dataset.language));
$("back").addEventListener("click", () => go(null));
$("more").addEventListener("click", menu);
$("begin").addEventListener("click", () => act("start", { payload: current().payload || "" }).then(() => $("text").focus()));
$("newest").addEventListener("click", () => $("log").scrollTo({ top: $("log").scrollHeight, behavior: "smooth" }));
$("log").addEventListener("scroll", () => {
  state.atEnd = $("log").scrollHeight - $("log").scrollTop - $("log").clientHeight < 60;
  if (state.atEnd) $("newest").hidden = true;
});
$("log").addEventListener("load", settle, true);
new ResizeObserver(settle).observe($("log"));
const tick = () => ($("clock").textContent = time(Date.now() / 1000));
setInterval(tick, 10000);
language(now.language);
tick();
listen();
