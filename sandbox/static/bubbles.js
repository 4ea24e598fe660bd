/* A message as a bubble. All text is set as text: nothing a bot says is ever read as HTML. */

import { now, word } from "/static/words.js";

/** An element with its attributes and children; strings become text, and what is null is left out. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A drawing from icons.svg. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const time = (seconds) => new Date(seconds * 1000).toLocaleTimeString(now.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The day of a message as a person says it. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0 || days === 1) return word(days ? "yesterday" : "today");
  return date.toLocaleDateString(now.language, { weekday: "long", day: "numeric", month: "long" });
}

/** The list item for a message; `acts` are what its parts do: press(message, button, node), command(text), edit(message). */
export function bubble(message, acts) {
  const big = message.sticker ? "sticker" : "";
  const item = make("li", { class: `said ${message.by} ${big}`, "data-id": message.id, tabindex: "-1" });
  const body = make("div", { class: "bubble" });
  if (message.reply) body.append(make("p", { class: "reply" }, message.reply));
  body.append(...carried(message));
  if (message.text) body.append(make("p", { class: "text", dir: "auto" }, ...rich(message.text, message.entities, acts)));
  body.append(
    make("span", { class: "when" }, message.edited ? make("span", {}, word("edited")) : null, make("time", {}, time(message.date)),
      message.by === "person" ? ticks() : null),
  );
  item.append(body);
  if (message.by === "person" && message.text) {
    item.prepend(make("button", { type: "button", class: "icon pen", "aria-label": word("edit"), title: word("edit"), onclick: () => acts.edit(message) }, icon("pen")));
  }
  if (message.buttons.length) item.append(buttons(message, acts));
  return item;
}

function ticks() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 18 12");
  svg.setAttribute("class", "ticks");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M1 6.5l3.5 3.5L11 2.5M8.5 9.5l1 .8L16.5 2.5");
  svg.append(path);
  return svg;
}

function buttons(message, acts) {
  const widest = Math.max(...message.buttons.map((row) => row.length));
  const grid = make("div", { class: `buttons ${widest > 4 ? "many" : ""}`, role: "group" });
  for (const row of message.buttons) {
    const line = make("div", { class: "line" });
    for (const button of row) {
      line.append(
        button.url
          ? make("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("web"))
          : make("button", { type: "button", class: "key", onclick: (event) => acts.press(message, button, event.currentTarget) }, button.text),
      );
    }
    grid.append(line);
  }
  return grid;
}

function carried(message) {
  if (message.photo) {
    const { width, height } = message.photo;
    return [make("a", { class: "photo", href: message.file, target: "_blank", rel: "noopener" }, make("img", { src: message.file, width, height, alt: message.text || word("openPhoto") }))];
  }
  if (message.document) return [paper(message)];
  if (message.voice) return [make("audio", { controls: true, preload: "metadata", src: message.file, "aria-label": word("voice") })];
  if (message.location) return [map(message.location)];
  if (message.contact) return [card(message.contact)];
  if (message.sticker) return [make("span", { class: "emoji", role: "img", "aria-label": message.sticker.emoji }, message.sticker.emoji)];
  return [];
}

function paper(message) {
  const { file_name: name = "file", file_size: size } = message.document;
  const ending = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).slice(0, 4) : "…";
  const kind = make("span", { class: "kind", "aria-hidden": "true" }, ending);
  const facts = make("span", { class: "facts" }, make("b", {}, name), make("small", {}, weight(size)));
  return make("a", { class: "paper", href: message.file, download: name, "aria-label": word("download", { name }) }, kind, facts, icon("save"));
}

function weight(bytes) {
  const units = ["byte", "kilobyte", "megabyte"];
  const step = Math.min(Math.floor(Math.log(bytes || 1) / Math.log(1024)), 2);
  const format = { style: "unit", unit: units[step], maximumFractionDigits: step ? 1 : 0 };
  return new Intl.NumberFormat(now.language, format).format(bytes / 1024 ** step);
}

function map({ latitude, longitude }) {
  const place = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return make("div", { class: "map", role: "img", "aria-label": `${word("location")}: ${place}` }, icon("place"), make("span", {}, place));
}

function card({ first_name: first, last_name: last = "", phone_number: phone }) {
  const facts = make("span", { class: "facts" }, make("b", {}, `${first} ${last}`.trim()), make("small", {}, phone));
  return make("div", { class: "paper" }, make("span", { class: "kind round", "aria-hidden": "true" }, first.slice(0, 1)), facts);
}

/** Text with entities (offsets in UTF-16 units, as JavaScript counts too) as nodes. */
function rich(text, entities, acts, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  const inside = entities.filter((e) => e.offset >= from && e.offset + e.length <= to);
  for (let n = 0; n < inside.length; n += 1) {
    const entity = inside[n];
    if (entity.offset < at) continue;
    const end = entity.offset + entity.length;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(styled(entity, text, rich(text, inside.slice(n + 1), acts, entity.offset, end), acts));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

function styled(entity, text, children, acts) {
  const words = text.slice(entity.offset, entity.offset + entity.length);
  const link = (href) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
  switch (entity.type) {
    case "text_link": return /^(https?|tg|mailto|tel):/i.test(entity.url) ? link(entity.url) : link(`https://${entity.url}`);
    case "url": return link(/^https?:/i.test(words) ? words : `https://${words}`);
    case "email": return link(`mailto:${words}`);
    case "phone_number": return link(`tel:${words.replace(/[^+\d]/g, "")}`);
    case "bot_command": return make("button", { type: "button", class: "command", onclick: () => acts.command(words) }, ...children);
    case "spoiler": return make("button", { type: "button", class: "spoiler", onclick: (event) => event.currentTarget.classList.add("shown") }, ...children);
    default: return make(TAGS[entity.type] || "span", {}, ...children);
  }
}
