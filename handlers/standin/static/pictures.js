// Pictures that messages point to. Only those of this host are loaded; others are shown as a frame that can be opened.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

/** Whether this page may load the address by itself. */
export function ours(url) {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

export function picture(url, said) {
  if (ours(url)) {
    const image = el("img", { src: url, alt: said, loading: "lazy", decoding: "async" });
    image.addEventListener("error", () => image.replaceWith(frame(said)));
    return image;
  }
  return frame(said);
}

const frame = (said) =>
  el("span", { class: "picture-frame", role: "img", "aria-label": said || t("outside") }, icon("photo"));
