/* The foot of the phone: writing, the commands menu, attachments, voice, editing. */

import { icon, make } from "/static/bubbles.js";
import { word } from "/static/words.js";

const $ = (id) => document.getElementById(id);
const PLACES = { it: [45.4642, 9.19], en: [53.3438, -6.2546], pl: [50.0614, 19.9366] };

export class Composer {
  constructor(phone) {
    Object.assign(this, phone);
    this.phoneOf = phone.phone;
    this.editing = null;
    this.chosen = 0;
    const text = $("text");
    text.addEventListener("input", () => this.typed());
    text.addEventListener("keydown", (event) => this.pressed(event));
    $("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    $("slash").addEventListener("click", () => this.slash());
    $("attach").addEventListener("click", () => this.attach());
    $("voice").addEventListener("click", () => this.record());
    $("unedit").addEventListener("click", () => this.clear());
    $("photos").addEventListener("change", () => this.upload("photo", $("photos")));
    $("files").addEventListener("change", () => this.upload("document", $("files")));
  }

  /* writing */

  say(text) {
    return this.act("write", { text });
  }

  async send() {
    const text = $("text").value.trim();
    if (!text) return;
    const message = this.editing;
    this.clear();
    await (message ? this.act("edit", { message: message.id, text }) : this.say(text));
  }

  edit(message) {
    this.editing = message;
    $("note").hidden = false;
    $("text").value = message.text;
    this.typed();
    $("text").focus();
  }

  clear() {
    this.editing = null;
    $("note").hidden = true;
    $("text").value = "";
    this.typed();
  }

  placeholder(text) {
    $("text").placeholder = text || word("message");
  }

  typed() {
    const text = $("text");
    text.style.height = "";
    if (text.value) text.style.height = `${Math.min(text.scrollHeight + 2, 140)}px`;
    $("send").hidden = !text.value.trim();
    $("voice").hidden = !$("send").hidden;
    this.choices();
  }

  pressed(event) {
    const open = !$("choices").hidden;
    if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (open && event.key === "Escape") {
      $("choices").hidden = true;
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open) $("choices").children[this.chosen].click();
      else this.send();
    } else if (event.key === "Escape" && this.editing) {
      this.clear();
    } else if (event.key === "ArrowUp" && !$("text").value) {
      const own = [...this.chat().messages.values()].filter((message) => message.by === "person" && message.text);
      if (own.length) this.edit(own.at(-1));
    }
  }

  /* commands */

  slash() {
    const shown = !$("choices").hidden;
    if (!shown && !$("text").value.startsWith("/")) $("text").value = "/";
    else if ($("text").value === "/") $("text").value = "";
    this.typed();
    $("text").focus();
  }

  choices() {
    const typed = $("text").value;
    const all = this.chat()?.commands || [];
    const fitting = /^\/\w*$/.test(typed) && !this.editing ? all.filter(({ command }) => `/${command}`.startsWith(typed.toLowerCase())) : [];
    $("choices").hidden = !fitting.length;
    $("text").setAttribute("aria-expanded", String(Boolean(fitting.length)));
    $("choices").replaceChildren(
      ...fitting.map(({ command, description }, n) => {
        const choice = make("div", { role: "option", id: `choice${n}`, class: "choice" }, make("b", {}, `/${command}`), make("span", {}, description));
        choice.addEventListener("click", () => {
          this.clear();
          this.say(`/${command}`);
        });
        return choice;
      }),
    );
    this.choose(0);
  }

  choose(n) {
    const all = [...$("choices").children];
    this.chosen = all.length ? (n + all.length) % all.length : 0;
    all.forEach((choice, at) => choice.setAttribute("aria-selected", String(at === this.chosen)));
    if (all.length) {
      all[this.chosen].scrollIntoView({ block: "nearest" });
      $("text").setAttribute("aria-activedescendant", `choice${this.chosen}`);
    } else $("text").removeAttribute("aria-activedescendant");
  }

  /* menus: of attachments here, of the chat in its bar */

  menu(menu, opener, items) {
    const close = (focus) => {
      menu.hidden = true;
      opener.setAttribute("aria-expanded", "false");
      document.removeEventListener("pointerdown", outside);
      if (focus) opener.focus();
    };
    const outside = (event) => {
      if (!menu.contains(event.target) && !opener.contains(event.target)) close(false);
    };
    if (!menu.hidden) return close(true);
    if (!items.length) return undefined;
    menu.replaceChildren(
      ...items.map(([label, drawing, run]) => make("button", { type: "button", role: "menuitem", onclick: () => { close(false); run(); } }, icon(drawing), label)),
    );
    menu.onkeydown = (event) => {
      const at = [...menu.children].indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) menu.children[(at + step + items.length) % items.length].focus();
      if (step) event.preventDefault();
      if (event.key === "Escape" || event.key === "Tab") close(event.key === "Escape");
    };
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside);
    menu.children[0].focus();
    return undefined;
  }

  attach() {
    const [latitude, longitude] = PLACES[this.chat().language] || PLACES.en;
    this.menu($("sheet"), $("attach"), [
      [word("photo"), "photo", () => $("photos").click()],
      [word("document"), "file", () => $("files").click()],
      [word("location"), "place", () => this.act("location", { latitude, longitude })],
      [word("contact"), "contact", async () => {
        const shared = await this.share();
        if (shared) await this.act("contact", shared);
      }],
      [word("otherContact"), "other", () => this.act("contact", { own: false })],
    ]);
  }

  async upload(kind, input) {
    const album = input.files.length > 1 ? String(Date.now()) : null;
    for (const file of [...input.files]) await this.post(kind, file, album ? { album } : {});
    input.value = "";
  }

  post(kind, file, fields = {}) {
    const form = new FormData();
    form.append("kind", kind);
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file, file.name || "file");
    return this.act("upload", form);
  }

  /* voice: the microphone if there is one, else a hum of two seconds */

  async record() {
    if (this.recorder) return this.recorder.stop();
    const button = $("voice");
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return this.post("voice", await hum(2), { duration: 2 });
    }
    const parts = [];
    const began = Date.now();
    this.recorder = new MediaRecorder(sound);
    this.recorder.ondataavailable = ({ data }) => parts.push(data);
    this.recorder.onstop = () => {
      sound.getTracks().forEach((track) => track.stop());
      this.recorder = null;
      button.classList.remove("recording");
      button.replaceChildren(icon("voice"));
      this.post("voice", new Blob(parts, { type: "audio/webm" }), { duration: Math.max(1, Math.round((Date.now() - began) / 1000)) });
    };
    this.recorder.start();
    button.classList.add("recording");
    button.replaceChildren(icon("stop"));
    return this.toast(word("recording"));
  }
}

/** A quiet tone as a WAV file. */
async function hum(seconds, rate = 8000) {
  const context = new OfflineAudioContext(1, seconds * rate, rate);
  const tone = new OscillatorNode(context, { frequency: 196 });
  const volume = new GainNode(context, { gain: 0.2 });
  tone.connect(volume).connect(context.destination);
  tone.start();
  const samples = (await context.startRendering()).getChannelData(0);
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const ascii = (at, text) => [...text].forEach((ch, n) => view.setUint8(at + n, ch.charCodeAt(0)));
  ascii(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  ascii(8, "WAVEfmt ");
  [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, rate, 4], [28, rate * 2, 4], [32, 2, 2], [34, 16, 2]].forEach(([at, value, size]) =>
    size === 4 ? view.setUint32(at, value, true) : view.setUint16(at, value, true));
  ascii(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) => view.setInt16(44 + n * 2, sample * 32767, true));
  return new Blob([view], { type: "audio/wav" });
}
