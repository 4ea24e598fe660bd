/* Forms that only look something up (data-fill): their answer is put into the page as it is typed or chosen. */

import { FIELDS, isChanged, isChoice } from "./fields.js";

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
let latest = 0, timer = 0;

/** Fetch what a form asks for, and put the parts it names in the place of ours. */
async function fill(form) {
  const asked = ++latest;
  const url = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    if (response.redirected) { location.assign(response.url); return; }
    if (!response.ok || asked !== latest) return;
    const page = parse(await response.text());
    for (const id of form.dataset.fill.split(" ")) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      if (here && there) swap(here, document.adoptNode(there));
    }
    const go = document.getElementById("go");
    if (go) go.disabled = page.getElementById("go").disabled;
    for (const other of document.querySelectorAll("form[data-fill]")) if (other !== form) carry(other, page);
  } catch { form.submit(); }
}

/** Put a part in the place of ours: what was chosen and written in ours while it came stays, where it still can be. */
function swap(here, there) {
  const [changed, focused] = [[...here.querySelectorAll(FIELDS)].filter(isChanged), document.activeElement];
  here.replaceWith(there);
  for (const old of [...changed, focused]) {
    const place = here.contains(old) && [...there.querySelectorAll(FIELDS)].find((one) => one.name === old.name && (!isChoice(one) || one.value === old.value));
    if (!place) continue;
    if (changed.includes(old)) if (isChoice(old)) place.checked = old.checked; else place.value = old.value;
    if (old === focused) place.focus({ preventScroll: true });
  }
}

/** What the other form takes along is what was just chosen. */
function carry(form, page) {
  const there = form.id && page.getElementById(form.id);
  if (!there) return;
  for (const old of form.querySelectorAll("input[type=hidden]")) old.remove();
  form.prepend(...[...there.querySelectorAll("input[type=hidden]")].map((one) => document.adoptNode(one)));
}

for (const form of document.querySelectorAll("form[data-fill]")) {
  const typed = form.matches("[data-live-search]");
  form.addEventListener("submit", (event) => { event.preventDefault(); fill(form); });
  form.addEventListener(typed ? "input" : "change", (event) => {
    clearTimeout(timer);
    if (event.target.name === "service") { form.elements.day.disabled = true; form.submit(); return; }
    timer = setTimeout(() => { if (form.checkValidity()) fill(form); }, typed ? 220 : 0);
  });
}
for (const jump of document.querySelectorAll(".jump")) {
  jump.querySelector("button").hidden = true;
  jump.addEventListener("change", () => { if (jump.checkValidity()) jump.submit(); });
}
document.addEventListener("click", (event) => {
  for (const one of document.querySelectorAll("details.drop[open]")) if (!one.contains(event.target)) one.open = false;
});
