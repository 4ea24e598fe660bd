/* The fields of a modal: each a field of the browser's own, with its label, its hint and what is wrong with it. */

import { make } from "/static/bubbles.js";
import { say } from "/static/team.js";

const TYPES = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local", number_input: "number", file_input: "file" };
const FIRST = { datepicker: "initial_date", timepicker: "initial_time", datetimepicker: "initial_date_time", users_select: "initial_user" };

/** A form of one modal. `kept` is what was typed before it was drawn again; `change(name)` tells the app at once. */
export class Form {
  constructor(modal, members, kept, change) {
    this.modal = modal;
    this.members = members;
    this.kept = kept;
    this.change = change;
    this.inputs = new Map();
  }

  field(block) {
    const input = this.input(block);
    this.inputs.set(block.block_id, { block, input });
    const wrong = this.modal.errors[block.block_id];
    const about = [block.hint && `${block.block_id}-hint`, wrong && `${block.block_id}-wrong`].filter(Boolean).join(" ");
    if (about) input.setAttribute("aria-describedby", about);
    if (wrong) input.setAttribute("aria-invalid", "true");
    if (block.dispatch_action) input.addEventListener("change", () => this.change(block.block_id));
    const check = block.element.type === "checkboxes" && block.element.options.length === 1;
    const called = [block.label.text, block.optional && !check ? make("small", {}, ` (${say("optional")})`) : null];
    const more = [
      block.hint ? make("small", { id: `${block.block_id}-hint` }, block.hint.text) : null,
      wrong ? make("small", { class: "wrong", id: `${block.block_id}-wrong` }, wrong) : null];
    if (input.matches("fieldset")) {
      input.prepend(make("legend", {}, ...called));
      input.append(...more.filter(Boolean));
      return input;
    }
    return make("label", { class: check ? "field check" : "field" }, check ? input : null, make("span", {}, ...called), check ? null : input, ...more);
  }

  input(block) {
    const one = block.element;
    const kept = this.kept.get(block.block_id);
    if (one.type === "multi_static_select") return this.several(one, kept);
    if (one.type === "static_select" || one.type === "users_select") return this.select(block, kept);
    if (one.type === "checkboxes") return make("input", { type: "checkbox", checked: kept ?? Boolean(one.initial_options) });
    if (TYPES[one.type]) {
      const input = make("input", { type: TYPES[one.type], multiple: one.type === "file_input" });
      if (one.type !== "file_input") input.value = kept ?? this.first(one);
      return input;
    }
    const input = make(one.multiline ? "textarea" : "input", { maxlength: one.max_length ?? null, rows: one.multiline ? 4 : null, autocomplete: "off" });
    input.value = kept ?? one.initial_value ?? "";
    return input;
  }

  first(one) {
    const value = one[FIRST[one.type] || "initial_value"] ?? "";
    if (one.type !== "datetimepicker" || !value) return value;
    const date = new Date(value * 1000);
    return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  }

  select(block, kept) {
    const one = block.element;
    const options = one.type === "users_select" ? this.members.map((member) => [member.id, member.name]) : one.options.map((option) => [option.value, option.text.text]);
    const chosen = kept ?? one.initial_option?.value ?? one.initial_user ?? "";
    const select = make("select");
    if (block.optional) select.append(make("option", { value: "" }, say("none")));
    else if (!chosen) select.append(make("option", { value: "", selected: true, disabled: true, hidden: true }, one.placeholder?.text || say("choose")));
    for (const [value, label] of options) select.append(make("option", { value, selected: chosen === value }, label));
    return select;
  }

  /** A choice of several: a box for each. */
  several(one, kept) {
    const chosen = kept ?? (one.initial_options || []).map((option) => option.value);
    const box = ({ value, text }) => make("label", { class: "check" }, make("input", { type: "checkbox", value, checked: chosen.includes(value) }), make("span", {}, text.text));
    return make("fieldset", { class: "field" }, ...one.options.map(box));
  }

  /** What is typed now, as fields of the browser hold it. */
  typed() {
    const found = new Map();
    for (const [name, { input }] of this.inputs) {
      if (input.type === "checkbox") found.set(name, input.checked);
      else if (input.matches("fieldset")) found.set(name, ticked(input));
      else if (input.type !== "file") found.set(name, input.value);
    }
    return found;
  }

  /** The same as the sandbox takes it. */
  async values() {
    const found = {};
    for (const [name, { block, input }] of this.inputs) {
      if (input.type === "file") found[name] = await packed(input.files);
      else if (input.type === "checkbox") found[name] = input.checked ? true : [];
      else if (input.matches("fieldset")) found[name] = ticked(input);
      else if (block.element.type === "datetimepicker") found[name] = input.value ? Math.floor(new Date(input.value) / 1000) : null;
      else found[name] = input.value || null;
    }
    return found;
  }
}

const ticked = (box) => [...box.querySelectorAll(":checked")].map((one) => one.value);

/** Files with their bytes. */
export async function packed(files) {
  return Promise.all([...files].map(async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let data = "";
    for (const byte of bytes) data += String.fromCharCode(byte);
    return { name: file.name, mime: file.type || "application/octet-stream", data: btoa(data) };
  }));
}
