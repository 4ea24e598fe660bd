/* The keys of the inbox, and the palette that finds anything by its name. */

import { $, desk, offerCanned, write } from "./inbox.js";

const tickets = () => [...document.querySelectorAll(".tickets .ticket")];

function step(by) {
  const all = tickets();
  if (!all.length) return;
  const at = all.includes(document.activeElement) ? all.indexOf(document.activeElement) : all.findIndex((one) => one.ariaCurrent === "true");
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const button = document.querySelector(`[data-key="${key}"]`);
  if (!button) return;
  button.focus();
  button.click();
}

/* The palette: every link and button of the page that has a name, found by some letters of it. */

const plain = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/ł/g, "l").replace(/Ł/g, "L").toLowerCase();

function commands() {
  const found = [...desk.querySelectorAll(".rail a, .acts button, .acts summary, .tickets .ticket, .card h2 a")];
  return found.map((one) => ({ one, name: one.matches(".ticket") ? `${one.querySelector(".who b").textContent} · ${one.querySelector(".client").textContent}` : (one.getAttribute("aria-label") ?? one.querySelector("span")?.textContent ?? one.textContent).trim() }));
}

function suggest() {
  const wanted = plain($("wanted").value.trim());
  const fitting = commands().filter(({ name }) => plain(name).includes(wanted)).slice(0, 8);
  $("offers").replaceChildren(...fitting.map(({ one, name }) => {
    const [item, button] = [document.createElement("li"), document.createElement("button")];
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => { $("palette").close(); one.focus(); one.click(); });
    item.append(button);
    return item;
  }));
}

function palette() {
  $("wanted").value = "";
  $("palette").showModal();
  suggest();
}

$("wanted")?.addEventListener("input", suggest);
$("palette")?.addEventListener("keydown", (event) => {
  const all = [$("wanted"), ...$("offers").querySelectorAll("button")], at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length].focus(); }
  if (event.key === "Enter" && at === 0) { event.preventDefault(); all[1]?.click(); }
});

let going = 0;
const go = () => { going = Date.now(); };
const clients = () => document.querySelector(".clients a")?.focus();

const KEYS = {
  g: go,
  c: () => { if (Date.now() - going < 1500) clients(); },
  j: () => step(1),
  k: () => step(-1),
  r: () => write("as-reply"),
  n: () => write("as-note"),
  m: () => write("as-team"),
  z: () => press("z"),
  t: () => press("t"),
  a: () => press("a"),
  s: () => press("s"),
  e: () => press("e"),
  "/": offerCanned,
  f: () => document.querySelector(".search input[type=search]")?.focus(),
  u: () => { if (desk.matches(".at-ticket")) location.assign(`/inbox/${location.search}`); },
  "?": () => $("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (!desk) return;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); palette(); return; }
  const typing = event.target.matches("input:not([type=radio]), textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing) { event.target.form?.requestSubmit(); return; }
  if (event.key === "Escape") {
    document.querySelectorAll("details.drop[open]").forEach((one) => { one.open = false; });
    if (typing) event.target.blur();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("help").open || $("palette").open) return;
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});
