/* The team's page: one workspace as one of its members sees it. */

import { icon, make, time } from "/static/bubbles.js";
import { blocks, gist as firstLine, text } from "/static/blocks.js";
import { Form, packed } from "/static/form.js";
import { TEAM } from "/static/teamwords.js";
import { dress, word } from "/static/words.js";

const $ = (id) => document.getElementById(id);
const state = { spaces: [], space: "", member: {}, place: "", thread: null, form: null, shown: "", kept: new Map(), seen: {} };

/** The word for a key in the page's language. */
export const say = (key, fields = {}) => word(key, fields, TEAM);

const space = () => state.spaces.find((one) => one.name === state.space) || state.spaces[0];
const member = () => space().members.find((one) => one.id === state.member[space().name]) || space().members[0];
const mine = () => space().channels.filter((one) => !one.with || one.with === member().id);
const place = () => mine().find((one) => one.id === state.place) || mine()[0];

async function act(what, body = {}) {
  const response = await fetch(`/play/team/${encodeURIComponent(space().name)}/${member().id}/${what}`, {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
  });
  if (response.ok) return true;
  const answer = await response.json().catch(() => ({ error: response.statusText }));
  $("problem").textContent = say("failed", { why: answer.error });
  $("problem").hidden = false;
  setTimeout(() => ($("problem").hidden = true), 4000);
  return false;
}

/* ---- drawing ---- */

function draw() {
  $("empty").hidden = Boolean(state.spaces.length);
  $("empty").textContent = say("nobody");
  $("write").hidden = !state.spaces.length;
  if (!state.spaces.length) return;
  head();
  room();
  modal();
}

function head() {
  $("space").replaceChildren(...state.spaces.map((one) => make("option", { value: one.name, selected: one === space() }, one.title)));
  $("members").replaceChildren(...space().members.map((one) =>
    make("button", { type: "button", "aria-pressed": String(one === member()), onclick: () => become(one.id) }, make("b", {}, one.name), make("small", {}, one.language))));
  const direct = mine().find((one) => one.with);
  const tabs = mine().filter((one) => !one.with).map((one) => [one.id, `# ${one.name}`]);
  tabs.push([direct?.id || "direct", say("direct")], ["home", say("home")]);
  $("tabs").replaceChildren(...tabs.map(([id, label]) => make("button", { type: "button", "aria-current": id === current() ? "page" : null, onclick: () => go(id) }, label, news(id))));
}

const current = () => (state.place === "home" ? "home" : place()?.id);

/** A mark where something of the app's came in while another place was looked at. */
function news(id) {
  const channel = space().channels.find((one) => one.id === id);
  const last = channel?.messages.filter((one) => one.app).at(-1)?.ts;
  if (id === current() && last) state.seen[id] = last;
  return last && state.seen[id] !== last && id !== current() ? make("i", { class: "dot" }) : null;
}

function room() {
  const home = state.place === "home";
  $("posts").hidden = home;
  $("home").hidden = !home;
  $("write").hidden = home;
  if (home) {
    const shown = member().home;
    $("home").replaceChildren(...(shown ? blocks(shown, (block, element, node) => press(node, { place: "home", block, element })) : [make("p", { class: "small" }, say("noHome"))]));
    return;
  }
  const log = $("posts");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const messages = (place()?.messages || []).filter((one) => !one.only || one.only === member().id);
  const roots = messages.filter((one) => !one.thread || !messages.some((other) => other.ts === one.thread));
  log.replaceChildren(...roots.map((one) => post(one, messages.filter((other) => other.thread === one.ts))));
  if (!messages.length) log.append(make("p", { class: "empty" }, say("empty")));
  if (atEnd) log.scrollTop = log.scrollHeight;
  const parent = messages.find((one) => one.ts === state.thread);
  $("replying").hidden = !parent;
  if (parent) $("replying").firstElementChild.textContent = say("replying", { what: gist(parent) });
  $("text").placeholder = say(parent ? "reply" : "message");
}

function gist(message) {
  return (firstLine(message.blocks) || message.text.split("\n")[0]).slice(0, 60);
}

function post(message, replies = null) {
  const key = { place: place().id, ts: message.ts };
  const body = make("div", { class: "body" },
    make("p", { class: "by" }, make("b", {}, message.by), message.app ? make("span", { class: "badge" }, say("app")) : null, make("time", {}, time(Number(message.ts.split(".")[0])))));
  if (message.only) body.prepend(make("p", { class: "small" }, say("onlyYou")));
  if (message.blocks.length) body.append(...blocks(message.blocks, (block, element, node) => press(node, { ...key, block, element })));
  else if (message.text) body.append(make("p", {}, ...text({ type: "mrkdwn", text: message.text })));
  body.append(...message.files.map((name) => make("p", { class: "file" }, icon("file"), name)));
  if (message.edited) body.append(make("small", { class: "small" }, `(${say("edited")})`));
  const marks = Object.entries(message.reactions);
  if (marks.length) body.append(make("p", { class: "marks" }, ...marks.map(([name, n]) => make("span", {}, `${name === "bell" ? "🔔" : `:${name}:`} ${n}`))));
  if (replies?.length) body.append(make("section", { class: "thread", "aria-label": say("replies", { n: replies.length }) }, ...replies.map((one) => post(one))));
  if (!message.only) body.append(tools(message, key, replies !== null));
  return make("article", { class: `post ${message.app ? "ours" : ""} ${message.only ? "only" : ""}`, "data-ts": message.ts }, make("span", { class: "face", "aria-hidden": "true" }, message.by.slice(0, 1)), body);
}

function tools(message, key, root) {
  const bar = make("div", { class: "tools" });
  if (root) bar.append(make("button", { type: "button", onclick: () => thread(message.ts) }, say("reply")));
  if (!message.app) {
    bar.append(
      make("button", { type: "button", onclick: () => act("delegate", key) }, say("delegateThis")),
      make("button", { type: "button", "aria-label": say("bell"), title: say("bell"), onclick: () => act("react", key) }, "🔔"));
  }
  return bar;
}

async function press(node, where) {
  if (node.getAttribute("aria-busy")) return;
  node.setAttribute("aria-busy", "true");
  const values = state.form && !where.ts && where.place !== "home" ? await state.form.values() : {};
  await act("press", { ...where, values });
  setTimeout(() => node.removeAttribute("aria-busy"), 600);
}

/* ---- the modal ---- */

function modal() {
  const dialog = $("modal");
  const shown = member().modal;
  const mark = shown ? `${member().id} ${shown.id} ${shown.hash} ${JSON.stringify(shown.errors)}` : "";
  if (mark === state.shown) return;
  if (state.form && shown && state.shown.startsWith(`${member().id} ${shown.id}`)) state.kept = state.form.typed();
  else state.kept = new Map();
  state.shown = mark;
  state.form = null;
  if (!shown) return dialog.close();
  const form = (state.form = new Form(shown, space().members, state.kept, change));
  dialog.replaceChildren(
    make("form", { onsubmit: submit, novalidate: true },
      make("header", {}, make("h2", { id: "modalTitle" }, shown.title), make("button", { type: "button", class: "icon", "aria-label": say("close"), onclick: () => act("cancel") }, icon("close"))),
      make("div", { class: "parts" }, shown.errors[""] ? make("p", { class: "wrong" }, shown.errors[""]) : null, ...blocks(shown.blocks, (block, element, node) => press(node, { place: "modal", block, element }), form)),
      make("footer", {}, make("button", { type: "button", class: "act", onclick: () => act("cancel") }, shown.close || say("close")),
        shown.submit ? make("button", { type: "submit", class: "act primary" }, shown.submit) : null)));
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[aria-invalid]") || dialog.querySelector(".parts input, .parts textarea, .parts select"))?.focus();
}

async function submit(event) {
  event.preventDefault();
  const values = await state.form.values();
  state.shown = state.shown.replace(/\{.*\}$/, "sent"); // so that the same error is drawn again
  await act("submit", { values });
}

async function change(name) {
  await act("change", { name, values: await state.form.values() });
}

/* ---- going about ---- */

function become(id) {
  state.member[space().name] = id;
  if (!mine().some((one) => one.id === state.place) && state.place !== "home") state.place = "";
  state.thread = null;
  draw();
  if (state.place === "home") act("home");
}

async function go(id) {
  if (id === "direct") {
    await act("direct");
    id = "";
    while (!mine().some((one) => one.with)) await new Promise(requestAnimationFrame);
    id = mine().find((one) => one.with).id;
  }
  state.place = id;
  state.thread = null;
  draw();
  if (id === "home") act("home");
  else $("posts").scrollTop = $("posts").scrollHeight;
}

function thread(ts) {
  state.thread = ts;
  room();
  $("text").focus();
}

async function send(files = []) {
  const words = $("text").value.trim();
  if (!words && !files.length) return;
  $("text").value = "";
  const sent = await act("write", { place: place().id, text: words, thread: state.thread || "", files });
  if (!sent) $("text").value = words;
  $("posts").scrollTop = $("posts").scrollHeight;
}

/* ---- wiring ---- */

function listen() {
  const stream = new EventSource("/play/team/stream");
  stream.addEventListener("state", ({ data }) => {
    state.spaces = JSON.parse(data).filter((one) => one.members.length);
    $("lost").hidden = true;
    draw();
  });
  stream.addEventListener("error", () => ($("lost").hidden = false));
}

$("space").addEventListener("change", () => {
  Object.assign(state, { space: $("space").value, place: "", thread: null });
  draw();
});
$("write").addEventListener("submit", (event) => { event.preventDefault(); send(); });
$("text").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
$("unreply").addEventListener("click", () => { state.thread = null; room(); });
$("shortcut").addEventListener("click", () => act("shortcut", { name: "delegate" }));
$("attach").addEventListener("click", () => $("files").click());
$("files").addEventListener("change", async () => { await send(await packed($("files").files)); $("files").value = ""; });
$("modal").addEventListener("cancel", (event) => { event.preventDefault(); act("cancel"); });
state.space = decodeURIComponent(location.hash.slice(1));
window.addEventListener("storage", () => location.reload());
dress(document, say);
listen();
