// LINE's template messages (buttons, confirm, carousel, image carousel) and image maps.

import { arm, tappable } from "./actions.js";
import { el } from "./dom.js";
import { picture } from "./pictures.js";

const KINDS = { buttons: card, confirm, carousel, image_carousel: imageCarousel };

/** A template message's body, or null for a template we do not know. */
export function template(facts, phone) {
  return KINDS[facts.type]?.(facts, phone) ?? null;
}

const actions = (list, phone) =>
  el(
    "div",
    { class: "tpl-actions" },
    list.map((action) => tappable(action, phone, { class: "tpl-action" }, action.label ?? "")),
  );

function card(facts, phone) {
  const words = el(
    "div",
    { class: "tpl-words" },
    facts.title && el("p", { class: "tpl-title", text: facts.title }),
    el("p", { class: "tpl-text", text: facts.text ?? "" }),
  );
  const shown =
    facts.thumbnailImageUrl &&
    el(
      "div",
      { class: `tpl-image ${facts.imageSize ?? "cover"} ${facts.imageAspectRatio ?? "rectangle"}` },
      picture(facts.thumbnailImageUrl, facts.title ?? ""),
    );
  const top = arm(el("div", { class: "tpl-top" }, shown, words), facts.defaultAction, phone);
  return el("div", { class: "tpl-card" }, top, actions(facts.actions ?? [], phone));
}

function confirm(facts, phone) {
  const node = card(facts, phone);
  node.classList.add("tpl-confirm");
  return node;
}

function carousel(facts, phone) {
  const cards = facts.columns.map((column) =>
    card({ ...column, imageAspectRatio: facts.imageAspectRatio, imageSize: facts.imageSize }, phone),
  );
  return el("div", { class: "carousel", tabindex: "0", role: "group" }, cards);
}

function imageCarousel(facts, phone) {
  const tiles = facts.columns.map((column) =>
    tappable(
      column.action,
      phone,
      { class: "tpl-tile" },
      picture(column.imageUrl, column.action.label ?? ""),
      el("span", { text: column.action.label ?? "" }),
    ),
  );
  return el("div", { class: "carousel", tabindex: "0", role: "group" }, tiles);
}

/** A picture whose areas do things. */
export function imagemap(message, phone) {
  const { width = 1040, height = 1040 } = message.baseSize ?? {};
  const area = (action) => {
    const { x, y, width: wide, height: high } = action.area;
    const node = tappable({ ...action, uri: action.linkUri }, phone, {
      class: "area",
      "aria-label": action.label ?? action.text ?? action.linkUri,
    });
    for (const [rule, value] of [
      ["left", x / width],
      ["top", y / height],
      ["width", wide / width],
      ["height", high / height],
    ])
      node.style.setProperty(rule, `${value * 100}%`);
    return node;
  };
  return el(
    "div",
    { class: "imagemap", style: { "aspect-ratio": `${width} / ${height}` } },
    picture(`${message.baseUrl}/700`, message.altText),
    (message.actions ?? []).map(area),
  );
}
