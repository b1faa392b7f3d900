// One message as a bubble, whatever its kind.

import { mediaUrl } from "./api.js";
import { el } from "./dom.js";
import { flex } from "./flex.js";
import { icon } from "./icons.js";
import { ours, picture } from "./pictures.js";
import { drawSticker } from "./stickers.js";
import { imagemap, template } from "./templates.js";
import { link, wordsOf } from "./text.js";
import { t } from "./words.js";

const KINDS = {
  text,
  textV2: text,
  sticker,
  image,
  video,
  audio,
  file,
  location,
  template: templated,
  flex: flexed,
  imagemap,
};

/** What is shown for an item's message. `phone` is whose phone it is on. */
export function bubble(item, phone) {
  const message = item.message ?? {};
  return (KINDS[message.type] ?? unknown)(message, phone, item);
}

/** One line that says what an item is, for lists and screen readers. */
export function gist(item) {
  const message = item.message ?? {};
  if (item.unsent) return t("unsentMe");
  if (message.text) return message.text;
  const named = {
    sticker: t("sticker"),
    image: t("photo"),
    video: t("video"),
    audio: t("voice"),
    file: message.fileName,
    location: message.title || t("location"),
  };
  return named[message.type] ?? message.altText ?? "";
}

function text(message) {
  return el("div", { class: "bubble words" }, wordsOf(message));
}

function sticker(message) {
  return el("div", { class: "bubble bare" }, drawSticker(message));
}

function unknown(message) {
  return el("div", { class: "bubble words", text: message.altText ?? message.type ?? "?" });
}

function templated(message, phone) {
  return template(message.template ?? {}, phone) ?? unknown(message);
}

function flexed(message, phone) {
  return flex(message.contents, phone);
}

/** Where a message's content is: a citizen's with the stand-in, a bot's where it says. */
function source(message, item) {
  if (item.local) return null;
  if (item.from === "bot") return message.originalContentUrl;
  return message.contentProvider?.originalContentUrl ?? mediaUrl(item.messageId);
}

function waiting(kind, message) {
  return el("div", { class: "bubble media-wait" }, icon(kind), el("span", { text: message.fileName ?? t(kind) }));
}

function image(message, phone, item) {
  const url = source(message, item);
  if (!url) return waiting("photo", message);
  return el(
    "a",
    { class: "bubble bare photo", href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": t("photo") },
    picture(message.previewImageUrl ?? url, t("photo")),
  );
}

function video(message, phone, item) {
  const url = source(message, item);
  if (!url || !ours(url)) return waiting("video", message);
  return el(
    "div",
    { class: "bubble bare photo" },
    el("video", { src: url, controls: true, preload: "metadata", "aria-label": t("video") }),
  );
}

function audio(message, phone, item) {
  const url = source(message, item);
  if (!url || !ours(url)) return waiting("mic", { fileName: t("voice") });
  return el(
    "div",
    { class: "bubble voice" },
    icon("mic"),
    el("audio", { src: url, controls: true, preload: "metadata", "aria-label": t("voice") }),
  );
}

function file(message, phone, item) {
  const size = message.fileSize ? `${Math.max(1, Math.round(message.fileSize / 1024)).toLocaleString()} KB` : "";
  const words = el("span", {}, el("b", { text: message.fileName ?? t("file") }), el("small", { text: size }));
  const url = source(message, item);
  if (!url) return el("div", { class: "bubble file" }, icon("file"), words);
  return el(
    "a",
    {
      class: "bubble file",
      href: url,
      download: message.fileName ?? "file",
      "aria-label": `${t("download")} ${message.fileName ?? ""}`,
    },
    icon("file"),
    words,
  );
}

function location(message) {
  const words = el(
    "span",
    { class: "place-words" },
    el("b", { text: message.title || t("location") }),
    el("small", { text: message.address || `${message.latitude}, ${message.longitude}` }),
  );
  const map = el("span", { class: "map", "aria-hidden": "true" }, icon("pin"));
  const where = `https://www.google.com/maps/search/?api=1&query=${Number(message.latitude)},${Number(message.longitude)}`;
  return link(where, { class: "bubble place" }, map, words);
}
