// LINE's Flex messages. Sizes are those that LINE's Flex documentation and simulator show, in pixels.

import { arm, tappable } from "./actions.js";
import { el } from "./dom.js";
import { picture } from "./pictures.js";

const FONT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const IMAGE = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220 };
const COLOUR = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;
const LENGTH = /^-?\d+(\.\d+)?(px|%)$/;
const EDGES = { start: "flex-start", end: "flex-end", center: "center", top: "flex-start", bottom: "flex-end" };

const colour = (value) => (COLOUR.test(value ?? "") ? value : null);
const length = (value, scale = SPACE) =>
  value in scale ? `${scale[value]}px` : LENGTH.test(value ?? "") ? value : null;

function dress(node, rules) {
  for (const [rule, value] of Object.entries(rules))
    if (value !== null && value !== undefined) node.style.setProperty(rule, value);
  return node;
}

/** A Flex message: a bubble, or a carousel of them. */
export function flex(contents, phone) {
  if (contents.type !== "carousel") return bubble(contents, phone);
  return el(
    "div",
    { class: "carousel", tabindex: "0", role: "group" },
    contents.contents.map((one) => bubble(one, phone)),
  );
}

function bubble(facts, phone) {
  const blocks = ["header", "hero", "body", "footer"].filter((name) => facts[name]);
  const card = el("div", {
    class: `fx-bubble fx-${facts.size ?? "mega"}`,
    dir: facts.direction === "rtl" ? "rtl" : null,
  });
  card.append(
    ...blocks.map((name, at) => block(name, facts[name], facts.styles?.[name] ?? {}, { first: at === 0, phone })),
  );
  return arm(card, facts.action, phone);
}

function block(name, component, style, { first, phone }) {
  const holder = el("div", { class: `fx-block fx-${name}` });
  dress(holder, { "background-color": colour(style.backgroundColor) });
  if (style.separator && !first)
    dress(holder, { "border-top": `1px solid ${colour(style.separatorColor) ?? "#d4d6da"}` });
  holder.append(part(component, { layout: "vertical" }, phone));
  return holder;
}

const PARTS = { box, text, button, image, icon, video, separator, filler: plain, spacer: plain };

function part(component, parent, phone) {
  const node = (PARTS[component.type] ?? plain)(component, phone, parent);
  return dress(node, {
    position: component.position === "absolute" ? "absolute" : null,
    top: length(component.offsetTop),
    bottom: length(component.offsetBottom),
    "inset-inline-start": length(component.offsetStart),
    "inset-inline-end": length(component.offsetEnd),
  });
}

function place(component, node, parent, at) {
  const along = parent.layout !== "vertical";
  const share =
    component.flex ??
    (along ? Number(!["icon", "separator"].includes(component.type)) : Number(component.type === "filler"));
  const gap = length(component.margin ?? (at > 0 ? parent.spacing : null));
  dress(node, {
    flex: share > 0 ? `${share} ${along ? 1 : 0} ${along ? "0%" : "auto"}` : "0 0 auto",
    [along ? "margin-inline-start" : "margin-top"]: gap,
    "align-self": along && parent.layout !== "baseline" ? EDGES[component.gravity] : null,
  });
  if (component.width || component.maxWidth)
    dress(node, { "flex-grow": component.width ? 0 : null, "flex-basis": component.width ? "auto" : null });
  return node;
}

function box(facts, phone) {
  const node = el("div", { class: `fx-box fx-${facts.layout}` });
  node.append(...(facts.contents ?? []).map((one, at) => place(one, part(one, facts, phone), facts, at)));
  dress(node, {
    "background-color": colour(facts.backgroundColor),
    "background-image": gradient(facts.background),
    "border-color": colour(facts.borderColor),
    "border-width": length(facts.borderWidth, BORDER),
    "border-radius": length(facts.cornerRadius),
    width: length(facts.width),
    "max-width": length(facts.maxWidth),
    height: length(facts.height),
    "max-height": length(facts.maxHeight),
    padding: length(facts.paddingAll),
    "padding-top": length(facts.paddingTop),
    "padding-bottom": length(facts.paddingBottom),
    "padding-inline-start": length(facts.paddingStart),
    "padding-inline-end": length(facts.paddingEnd),
    "justify-content": /^(center|flex-start|flex-end|space-(between|around|evenly))$/.test(facts.justifyContent ?? "")
      ? facts.justifyContent
      : null,
    "align-items": /^(center|flex-start|flex-end)$/.test(facts.alignItems ?? "") ? facts.alignItems : null,
  });
  return arm(node, facts.action, phone);
}

function gradient(background) {
  if (background?.type !== "linearGradient" || !/^\d+(\.\d+)?deg$/.test(background.angle)) return null;
  const middle = colour(background.centerColor)
    ? `, ${background.centerColor} ${length(background.centerPosition) ?? "50%"}`
    : "";
  const [start, end] = [colour(background.startColor), colour(background.endColor)];
  return start && end ? `linear-gradient(${background.angle}, ${start}${middle}, ${end})` : null;
}

const lettering = (facts) => ({
  "font-size": length(facts.size, FONT),
  color: colour(facts.color),
  "font-weight": facts.weight === "bold" ? "700" : facts.weight === "regular" ? "400" : null,
  "font-style": facts.style === "italic" ? "italic" : null,
  "text-decoration": ["underline", "line-through"].includes(facts.decoration) ? facts.decoration : null,
});

function text(facts, phone) {
  const node = el("p", { class: facts.wrap ? "fx-text wrap" : "fx-text" });
  dress(node, {
    ...lettering(facts),
    "text-align": ["start", "end", "center"].includes(facts.align) ? facts.align : null,
  });
  const spans = (facts.contents ?? []).map((span) => dress(el("span", { text: span.text ?? "" }), lettering(span)));
  node.append(...(spans.length ? spans : [facts.text ?? ""]));
  if (facts.wrap && facts.maxLines > 0) {
    node.classList.add("clamped");
    dress(node, { "-webkit-line-clamp": String(facts.maxLines) });
  }
  return arm(node, facts.action, phone);
}

function button(facts, phone) {
  const style = facts.style ?? "link";
  const node = tappable(
    facts.action,
    phone,
    { class: `fx-button fx-button-${style} fx-button-${facts.height ?? "md"}` },
    facts.action.label ?? "",
  );
  return dress(node, { [style === "link" ? "color" : "background-color"]: colour(facts.color) });
}

function image(facts, phone) {
  const [wide, high] = /^\d+:\d+$/.test(facts.aspectRatio ?? "") ? facts.aspectRatio.split(":") : [1, 1];
  const frame = el(
    "div",
    { class: `fx-image fx-${facts.aspectMode ?? "fit"}` },
    picture(facts.url, facts.action?.label ?? ""),
  );
  const holder = el("div", { class: "fx-image-place" }, frame);
  dress(frame, {
    "aspect-ratio": `${wide} / ${high}`,
    width: facts.size === "full" ? "100%" : length(facts.size ?? "md", IMAGE),
    "background-color": colour(facts.backgroundColor),
  });
  dress(holder, { "justify-content": EDGES[facts.align] });
  return arm(holder, facts.action, phone);
}

function icon(facts) {
  const node = el("span", { class: "fx-icon" }, picture(facts.url, ""));
  return dress(node, { "font-size": length(facts.size ?? "md", FONT) });
}

function video(facts, phone) {
  return facts.altContent
    ? part(facts.altContent, { layout: "vertical" }, phone)
    : image({ ...facts, url: facts.previewUrl, size: "full" }, phone);
}

function separator(facts) {
  return dress(el("hr", { class: "fx-separator" }), { "background-color": colour(facts.color) });
}

function plain() {
  return el("div", { class: "fx-filler" });
}
