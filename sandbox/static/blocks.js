/* Block Kit as elements. All text is set as text: nothing that anybody wrote is ever read as HTML. */

import { make } from "/static/bubbles.js";

const MARKS = /(<[^<>]+>|\*[^*\n]+\*|_[^_\n]+_|`[^`\n]+`)/;
const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** mrkdwn as nodes. */
export function mrkdwn(text) {
  return text.split(MARKS).filter(Boolean).map((part) => {
    if (part.startsWith("<")) return special(part.slice(1, -1));
    if (/^\*.+\*$/.test(part)) return make("b", {}, ...mrkdwn(part.slice(1, -1)));
    if (/^_.+_$/.test(part)) return make("i", {}, ...mrkdwn(part.slice(1, -1)));
    if (/^`.+`$/.test(part)) return make("code", {}, plain(part.slice(1, -1)));
    return plain(part);
  });
}

function special(inner) {
  const [target, label] = inner.split("|");
  if (/^https?:/.test(target)) return make("a", { href: plain(target), target: "_blank", rel: "noopener" }, plain(label || target));
  return make("span", { class: "mention" }, plain(label || target));
}

/** A text object, its quoted lines set apart. */
export function text(object) {
  if (object.type === "plain_text") return [object.text];
  const nodes = [];
  let quote = [];
  const flush = () => { if (quote.length) nodes.push(make("blockquote", {}, ...quote.flatMap((line, n) => [n ? make("br") : "", ...mrkdwn(line)]))); quote = []; };
  object.text.split("\n").forEach((line, n, all) => {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) return quote.push(quoted[1]);
    flush();
    nodes.push(...mrkdwn(line), n < all.length - 1 ? make("br") : "");
  });
  flush();
  return nodes;
}

/** A part of a line of rich text: nothing in it is parsed. */
function part(one) {
  const style = one.style || {};
  let node = one.type === "link" && /^https?:/.test(one.url) ? make("a", { href: one.url, target: "_blank", rel: "noopener" }, one.text || one.url)
    : one.type === "text" || one.type === "link" ? one.text : make("span", { class: "mention" }, one.type);
  if (style.code) node = make("code", {}, node);
  if (style.italic) node = make("i", {}, node);
  if (style.bold) node = make("b", {}, node);
  return node;
}

/** The elements of rich text, each on lines of its own. */
function rich(one) {
  const inner = one.type === "rich_text_list" ? one.elements.map((each) => make("li", {}, rich(each))) : one.elements.map(part);
  const tag = { rich_text_quote: "blockquote", rich_text_list: "ul", rich_text_preformatted: "pre" }[one.type] || "p";
  return make(tag, { class: "rich" }, ...inner);
}

/** The first line that blocks read. */
export function gist(all) {
  const found = all.find((one) => one.text || one.type === "rich_text");
  if (!found) return "";
  const said = found.text ? found.text.text.replaceAll("*", "") : found.elements[0].elements.map((one) => one.text || "").join("");
  return said.split("\n")[0];
}

/** Blocks; `press(block, element, node)` is called for a button, `change(name)` where a choice tells at once. */
export function blocks(all, press, form = null) {
  return all.map((block, at) => {
    if (block.type === "header") return make("h3", {}, block.text.text);
    if (block.type === "rich_text") return make("div", { class: "section" }, ...block.elements.map(rich));
    if (block.type === "divider") return make("hr");
    if (block.type === "context") return make("p", { class: "small" }, ...block.elements.flatMap((one) => text(one)));
    if (block.type === "actions") return make("div", { class: "actions" }, ...block.elements.map((one, n) => button(one, (node) => press(at, n, node))));
    if (block.type === "input") return form.field(block);
    return make("div", { class: "section" },
      block.text ? make("p", {}, ...text(block.text)) : null,
      block.fields ? make("div", { class: "fields" }, ...block.fields.map((one) => make("p", {}, ...text(one)))) : null);
  });
}

function button(element, press) {
  const style = element.style || "";
  const node = make("button", { type: "button", class: `act ${style}` }, element.text.text);
  node.addEventListener("click", () => {
    if (element.url) return window.open(element.url, "_blank", "noopener");
    if (element.confirm && !window.confirm(`${element.confirm.title.text}\n\n${element.confirm.text.text}`)) return null;
    return press(node);
  });
  return node;
}
