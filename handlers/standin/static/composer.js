// The foot of a phone: where a citizen types, and the trays for stickers, pictures and files.

import { askPlace } from "./actions.js";
import { byThumb, el, rove } from "./dom.js";
import { toast } from "./dialogs.js";
import { icon } from "./icons.js";
import { recall, remember } from "./memory.js";
import { pickVoice } from "./pickers.js";
import { STICKERS, drawSticker } from "./stickers.js";
import { t } from "./words.js";

const MOST = 20; // megabytes a file may have
const FILES = {
  camera: { accept: "image/*", capture: "environment", icon: "camera" },
  photo: { accept: "image/*", icon: "photo" },
  video: { accept: "video/*", icon: "video" },
  file: { icon: "file" },
};
const KIND = { camera: "image", photo: "image", video: "video", file: "file" };

export class Composer {
  constructor(phone) {
    this.phone = phone;
    const id = `words-${phone.citizen.userId}`;
    this.words = el("textarea", {
      id,
      rows: "1",
      maxlength: "5000",
      placeholder: "Aa",
      enterkeyhint: "send",
      autocomplete: "off",
      "aria-label": t("message"),
      lang: phone.citizen.language,
    });
    this.words.value = recall(`draft.${phone.citizen.userId}`, "");
    this.go = el("button", { type: "submit", class: "go" });
    this.trays = { attach: this.attachTray(), stickers: this.stickerTray() };
    this.openers = { attach: this.opener("attach", "plus"), stickers: this.opener("stickers", "smile") };
    this.form = el(
      "form",
      { class: "composer", on: { submit: (event) => this.submit(event) } },
      this.openers.attach,
      el("div", { class: "field" }, this.words, this.openers.stickers),
      this.go,
    );
    this.node = el("div", { class: "foot" }, this.form, this.trays.attach, this.trays.stickers);
    this.words.addEventListener("input", () => this.typed());
    this.words.addEventListener("keydown", (event) => this.key(event));
    this.words.addEventListener("focus", () => byThumb() && this.show(null));
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.shut());
    this.typed();
  }

  opener(name, drawing) {
    return el(
      "button",
      {
        type: "button",
        class: "plain",
        "aria-label": t(name),
        "aria-expanded": "false",
        on: { click: () => this.show(this.trays[name].hidden ? name : null) },
      },
      icon(drawing),
    );
  }

  /** Open one tray and close the others; null closes all. */
  show(name) {
    for (const [tray, node] of Object.entries(this.trays)) {
      node.hidden = tray !== name;
      this.openers[tray].setAttribute("aria-expanded", String(tray === name));
    }
    if (!name) return;
    if (byThumb()) this.words.blur();
    else this.trays[name].querySelector("button")?.focus();
  }

  /** Esc closes the tray and gives the focus back to what opened it. */
  shut() {
    const from = Object.keys(this.trays).find((name) => !this.trays[name].hidden);
    this.show(null);
    if (from) this.openers[from].focus();
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "ArrowUp" && !this.words.value) {
      event.preventDefault();
      this.phone.quick.focus();
    }
  }

  typed() {
    const written = this.words.value;
    remember(`draft.${this.phone.citizen.userId}`, written);
    const speak = !written.trim();
    this.go.replaceChildren(icon(speak ? "mic" : "send"));
    this.go.setAttribute("aria-label", t(speak ? "voice" : "send"));
    this.go.classList.toggle("ready", !speak);
    this.fit();
  }

  /** As tall as what is written, up to five lines. */
  fit() {
    this.words.style.setProperty("height", "auto");
    if (this.words.scrollHeight) this.words.style.setProperty("height", `${Math.min(this.words.scrollHeight, 132)}px`);
  }

  fill(words) {
    this.words.value = words;
    this.typed();
    this.words.focus();
  }

  submit(event) {
    event.preventDefault();
    const text = this.words.value.trim();
    if (!text) return void this.speak();
    this.words.value = "";
    this.typed();
    this.show(null);
    this.phone.send({ type: "text", text });
  }

  async speak() {
    const sound = await pickVoice();
    if (sound) this.sendFile("audio", sound);
  }

  /** Let the citizen choose a picture or file, and send it. */
  pickFile(kind) {
    const { accept = null, capture = null } = FILES[kind];
    const field = el("input", {
      type: "file",
      accept,
      capture,
      class: "unseen",
      "aria-hidden": "true",
      tabindex: "-1",
    });
    field.addEventListener("change", () => {
      if (field.files[0]) this.sendFile(KIND[kind], field.files[0]);
      field.remove();
    });
    field.addEventListener("cancel", () => field.remove());
    this.node.append(field);
    field.click();
  }

  async sendFile(type, file) {
    if (file.size > MOST * 1024 * 1024) return toast(t("tooBig", { size: MOST }), { trouble: true });
    this.show(null);
    const contentType = (file.type || "application/octet-stream").split(";")[0];
    return this.phone.send({
      type,
      content: await base64(file),
      contentType,
      ...(file.name && { fileName: file.name }),
    });
  }

  attachTray() {
    const button = (label, drawing, act) =>
      el(
        "button",
        {
          type: "button",
          class: "tile",
          on: {
            click: () => {
              this.show(null);
              act();
            },
          },
        },
        el("span", { class: "tile-icon" }, icon(drawing)),
        el("span", { text: t(label) }),
      );
    const tray = el(
      "div",
      { class: "tray attach", hidden: true, role: "group", "aria-label": t("attach") },
      Object.entries(FILES).map(([kind, facts]) => button(kind, facts.icon, () => this.pickFile(kind))),
      button("voice", "mic", () => this.speak()),
      button("location", "pin", () => askPlace(this.phone)),
    );
    rove(tray, "button");
    return tray;
  }

  stickerTray() {
    const button = (one) =>
      el(
        "button",
        { type: "button", class: "sticker-button", "aria-label": one.caption, on: { click: () => this.stick(one) } },
        drawSticker(one),
      );
    const tray = el(
      "div",
      { class: "tray stickers", hidden: true, role: "group", "aria-label": t("stickers") },
      STICKERS.map(button),
    );
    rove(tray, "button");
    return tray;
  }

  stick({ packageId, stickerId, keywords }) {
    this.show(null);
    this.phone.send({ type: "sticker", packageId, stickerId, keywords });
  }
}

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(file);
  });
}
