/* The page kept up to date, its forms, and its drafts. Without it everything still works, by links and forms. */

import { FIELDS, isChanged, isChoice } from "./fields.js";

const $ = (id) => document.getElementById(id);
const desk = document.querySelector(".desk");
const SHARED = ["counts", "queue", "head", "log", "card"];

/* --- a press that is under way: what it is on stays where it is until the button is up --- */

let released = Promise.resolve(), release = () => {};
addEventListener("pointerdown", () => { release(); released = new Promise((done) => { release = done; }); });
for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => setTimeout(release));

/* --- fetching what changed --- */

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
/** The page of an answer, once no press is under way. */
const pageOf = async (response) => { const text = await response.text(); await released; return parse(text); };
const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
const toEnd = () => { const log = $("log"); if (log) log.scrollTop = log.scrollHeight; };

/** Put the parts of a fetched page in the place of ours, keeping what is open, focused, typed, refused and scrolled.
 * What is written in, or was refused, stays as it is unless its own form was sent: then the fetched page answers it. */
function take(page, ids, sent = null) {
  for (const id of ids) {
    const [here, there] = [$(id), page.getElementById(id)];
    if (!here || !there || here.isEqualNode(there)) continue;
    const writes = here.contains(document.activeElement) && document.activeElement.matches(FIELDS) ? document.activeElement : null;
    const opened = writes?.closest("details");
    if (writes && !opened && !here.contains(sent)) continue;
    const typed = [...here.querySelectorAll(FIELDS)].filter((one) => one.form && one.form !== sent && isChanged(one));
    // By their names as long as they have one: what was taken out of the page stands nowhere.
    const stays = new Map([...here.querySelectorAll("[data-refused]"), opened].filter((one) => one && !one.contains(sent)).map((one) => [nameOf(one), one]));
    const open = new Map([...here.querySelectorAll("details")].map((one) => [nameOf(one), one.open]));
    const [top, end, focus] = [here.scrollTop, here.id === "log" && atEnd(here), focusPath(here)];
    // The element itself stays: what the address names (#card, open on a phone) is one element, not one id.
    [...here.attributes].forEach(({ name }) => there.hasAttribute(name) || here.removeAttribute(name));
    [...there.attributes].forEach(({ name, value }) => here.setAttribute(name, value));
    here.replaceChildren(...document.adoptNode(there).childNodes);
    for (const one of here.querySelectorAll("details")) one.open = open.get(nameOf(one)) ?? one.open;
    for (const one of here.querySelectorAll("details")) if (stays.has(nameOf(one))) one.replaceWith(stays.get(nameOf(one)));
    for (const one of typed) keep(one);
    here.scrollTop = end ? here.scrollHeight : top;
    if (opened && here.contains(opened)) writes.focus({ preventScroll: true });
    else if (focus !== null) (focus === "" ? here : here.querySelector(focus))?.focus({ preventScroll: true });
  }
}

/** How to find the focused element again after its part was replaced: null where it is elsewhere. */
function focusPath(part) {
  const focused = document.activeElement;
  if (!part.contains(focused)) return null;
  if (focused === part) return "";
  if (focused.id) return `#${focused.id}`;
  const address = focused.getAttribute("href");
  return address ? `[href="${CSS.escape(address)}"]` : focused.dataset.key ? `[data-key="${focused.dataset.key}"]` : "";
}

/** What a form is known by: its id, or where it leads and what it is about. */
const signOf = (form) => form.id || [form.getAttribute("action"), ...["message", "relay", "number"].map((name) => form.elements[name]?.value)].join(" ");

/** What a part that opens is known by: where it stands, what it says, and what its form is about. */
const nameOf = (one) => [one.closest("[id]").id, one.querySelector("summary").textContent, ...[...one.querySelectorAll("form")].map(signOf)].join(" ");

let fetching = false, again = false;

/** Fetch this page again and take over what is live in it. */
async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const response = await fetch(location.pathname + location.search, { headers: { "X-Again": "1", Accept: "text/html" } });
    if (response.redirected && response.url.includes("/login")) { location.assign(response.url); return; }
    if (response.ok) take(await pageOf(response), SHARED);
  } catch { /* the stream tells when we are back */ }
  fetching = false;
  if (again) { again = false; refresh(); } else wait();
}

let soon = 0;
/** Something of ours is on its way: look again before long, for its arrival is no event of the stream. */
function wait() {
  clearTimeout(soon);
  if ($("log")?.hasAttribute("data-waits")) soon = setTimeout(refresh, 1200);
}

if (desk) {
  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(refresh, 60); };
  const stream = new EventSource("/inbox/stream");
  stream.addEventListener("changed", later);
  // Whenever it begins, also the first time: between the page and its stream something may have changed.
  stream.addEventListener("ready", () => { later(); document.body.dataset.live = "on"; });
  stream.addEventListener("error", () => { document.body.dataset.live = "off"; });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  setInterval(refresh, 60_000);
  toEnd();
  wait();
}

/* --- forms: sent in place, so that the list and the scroll stay --- */

/* One after another: a form that is on its way is not sent twice, and another waits until that one is answered. */
let sending = Promise.resolve();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !desk || !desk.contains(form) || form.action.endsWith("/logout")) return;
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const data = new FormData(form, event.submitter);
  for (const other of document.querySelectorAll(`[form="${form.id}"]`)) if (form.id && other.name) data.set(other.name, other.value);
  clearTimeout(drafting);
  sending = sending.then(() => send(form, data)).finally(() => form.removeAttribute("aria-busy"));
});

async function send(form, data) {
  try {
    const response = await fetch(form.action, { method: "POST", body: form.enctype === "multipart/form-data" ? data : new URLSearchParams(data), headers: { Accept: "text/html" } });
    const page = await pageOf(response);
    const elsewhere = new URL(response.url).pathname !== location.pathname && response.redirected;
    if (!page.querySelector(".desk") || elsewhere) { location.assign(response.redirected ? response.url : location.href); return; }
    if (!page.querySelector("#told .problem")) form.closest("details")?.removeAttribute("open");
    const within = $("log").contains(form);
    take(page, SHARED, form);
    $("told").replaceChildren(...document.adoptNode(page.getElementById("told")).childNodes);
    compose(page, form, data);
    grow();
    if (within) document.querySelector("[data-refused]")?.scrollIntoView({ block: "nearest" });
    else toEnd();
    wait();
  } catch { form.submit(); }
}

/** Put the boxes of a fetched page in the place of ours; all that is in them stays, but for what was just sent. */
function compose(page, form, data) {
  const [box, focused] = [document.querySelector("input[name=box]:checked")?.id, document.activeElement];
  const held = $("compose").contains(focused), refused = page.querySelector("#told .problem");
  const went = (one) => one.form.id === form.id && !refused && (one.name !== "text" || one.value === data.get("text"));
  const kept = [...document.querySelectorAll("#compose :is(textarea, input:not([type=hidden], [name=box]))")].filter((one) => !went(one));
  const caret = held && focused.matches("textarea") ? [focused.selectionStart, focused.selectionEnd] : null;
  $("compose").replaceWith(document.adoptNode(page.getElementById("compose")));
  for (const one of kept) keep(one);
  if (!$(box)) return;
  $(box).checked = true;
  if (!held) return;
  ($(focused.id) ?? area()).focus();
  if (caret && kept.includes(focused)) $(focused.id)?.setSelectionRange(...caret);
  if (focused.id === "reply-text") offer($(focused.id));
}

/** Put what a field of a box held into the field that took its place. */
function keep(old) {
  const form = [...document.forms].find((one) => signOf(one) === signOf(old.form));
  const place = [...(form?.elements ?? [])].find((one) => one.name === old.name && one.type === old.type && (one.type !== "checkbox" || one.value === old.value));
  if (!place) return;
  if (isChoice(old)) place.checked = old.checked;
  else if (old.type !== "file") place.value = old.value || place.value;
  else if (old.files.length) place.replaceWith(old);
}

/* --- writing --- */

const AREAS = { "as-reply": "reply-text", "as-note": "note-text", "as-team": "team-text" };
const area = () => $(AREAS[document.querySelector("input[name=box]:checked")?.id]) ?? $("note-text");
function grow() { for (const one of document.querySelectorAll(".write textarea")) { one.style.height = "auto"; one.style.height = `${Math.min(one.scrollHeight + 2, 300)}px`; } }

let drafting = 0;
document.addEventListener("input", (event) => {
  const box = event.target.dataset?.draft;
  if (!box) return;
  grow();
  if (box === "reply") offer(event.target);
  clearTimeout(drafting);
  const [text, form] = [event.target.value, event.target.form];
  drafting = setTimeout(() => {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, box, text });
    fetch(`${location.pathname}/draft`, { method: "POST", body, keepalive: true }).catch(() => {});
  }, 500);
});

/* Canned replies: "/" and some letters of a name, then Enter; what could not be filled in is selected. */

const typed = (text, at) => /(?:^|\s)\/([a-z0-9-]*)$/.exec(text.slice(0, at));
const choices = () => [...document.querySelectorAll("#canned li:not([hidden]) button")];

function offer(text) {
  const [list, found] = [$("canned"), typed(text.value, text.selectionStart)];
  if (!list) return;
  list.open = Boolean(found);
  for (const one of list.querySelectorAll("button")) one.parentElement.hidden = Boolean(found) && !one.querySelector("b").textContent.startsWith(`/${found[1]}`);
}

function insert(button) {
  const text = $("reply-text"), at = text.selectionStart, found = typed(text.value, at), words = button.dataset.canned;
  const from = found ? at - found[1].length - 1 : at;
  text.setRangeText(words, from, at, "end");
  $("canned").open = false;
  const withIt = button.dataset.attach && document.querySelector(`#reply [name=attach][value="${CSS.escape(button.dataset.attach)}"]`);
  if (withIt) withIt.checked = true;
  text.focus();
  const open = /\{[a-z_]+\}/.exec(words);
  if (open) text.setSelectionRange(from + open.index, from + open.index + open[0].length);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-canned]");
  if (button) insert(button);
});

document.addEventListener("keydown", (event) => {
  const list = $("canned");
  if (!list?.open) return;
  const all = choices(), at = all.indexOf(document.activeElement);
  if (event.target.id === "reply-text" && typed(event.target.value, event.target.selectionStart) && all.length) {
    if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); insert(all[0]); }
    if (event.key === "ArrowDown") { event.preventDefault(); all[0].focus(); }
    if (event.key === "Escape") { list.open = false; event.stopPropagation(); }
  } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    (all[at + (event.key === "ArrowDown" ? 1 : -1)] ?? $("reply-text")).focus();
  }
}, true);

function write(box) {
  const choice = $(box);
  if (!choice) return;
  choice.checked = true;
  area().focus();
}

/** Offer the canned replies, as if "/" had been typed into the reply. */
function offerCanned() {
  const text = $("reply-text");
  if (!text || text.disabled) return;
  write("as-reply");
  const before = text.value.slice(0, text.selectionEnd);
  text.setRangeText(/\S$/.test(before) ? " /" : "/", before.length, before.length, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  for (const one of document.querySelectorAll("details.drop[open]")) if (!one.contains(event.target)) one.open = false;
});
grow();

export { $, desk, offerCanned, write };
