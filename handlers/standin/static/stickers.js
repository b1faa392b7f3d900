// The sticker tray: a small elephant drawn here, in twelve moods. Keywords are English, as LINE's are.

import { el, svg } from "./dom.js";
import { icon } from "./icons.js";

const PACKAGE = "90001";
const INK = "#33475b";
const line = (d, more = {}) =>
  svg("path", {
    d,
    fill: "none",
    stroke: INK,
    "stroke-width": 3.4,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    ...more,
  });
const dot = (cx, cy, r = 3.6) => svg("circle", { cx, cy, r, fill: INK });
const shape = (d, fill) => svg("path", { d, fill });

const EYES = {
  open: () => [dot(48, 52), dot(72, 52)],
  happy: () => [line("M43 53q5-7 10 0"), line("M67 53q5-7 10 0")],
  shut: () => [line("M43 51q5 5 10 0"), line("M67 51q5 5 10 0")],
  sad: () => [dot(48, 54), dot(72, 54), line("M42 46l9-4M78 46l-9-4"), shape("M45 59q-5 8 0 10 5-2 0-10z", "#5ab0f0")],
  cross: () => [dot(48, 55), dot(72, 55), line("M41 45l11 5M79 45l-11 5")],
  wide: () => [dot(48, 52, 4.8), dot(72, 52, 4.8), line("M43 42q5-4 10 0M67 42q5-4 10 0")],
  heart: () => [heart(48, 52, 0.55), heart(72, 52, 0.55)],
};
const heart = (x, y, size) =>
  svg("path", {
    d: "M0 9C-14-2-8-13 0-6 8-13 14-2 0 9z",
    fill: "#f0506e",
    transform: `translate(${x} ${y}) scale(${size * 1.3})`,
  });
const PROPS = {
  thumb: () => [
    svg("circle", { cx: 98, cy: 82, r: 16, fill: "#06a04a" }),
    line("M90 83l6 6 10-12", { stroke: "#fff", "stroke-width": 4.5 }),
  ],
  no: () => [
    svg("circle", { cx: 98, cy: 82, r: 16, fill: "#e0475b" }),
    line("M92 76l12 12M104 76l-12 12", { stroke: "#fff", "stroke-width": 4.5 }),
  ],
  hearts: () => [heart(100, 36, 1), heart(20, 44, 0.7)],
  wave: () => [line("M101 60q6 6 0 13M108 54q11 12 0 25", { stroke: "#f2a33a" })],
  wai: () => [shape("M60 108l-9-4q1-14 9-25 8 11 9 25z", "#f7c9a9"), line("M60 82v22", { "stroke-width": 2 })],
  question: () => [line("M94 34q0-9 8-9t8 8q0 5-8 8v5M102 54v.2", { stroke: "#7a4fa3", "stroke-width": 5 })],
  stars: () => [
    shape("M100 26l3 8 8 1-6 6 2 8-7-4-7 4 2-8-6-6 8-1z", "#f6b93b"),
    shape("M19 34l2 6 6 1-4 4 1 6-5-3-5 3 1-6-4-4 6-1z", "#f6b93b"),
  ],
  steam: () => [line("M24 26q-6-6 1-11M96 26q6-6-1-11", { stroke: "#e0475b" })],
  up: () => [
    shape("M88 84h8l6-14q7 0 5 10h9q4 1 3 6l-3 13q-1 4-5 4H96l-8-2z", "#f7c9a9"),
    line("M88 83v19", { stroke: "#06843b", "stroke-width": 6 }),
  ],
  sweat: () => [shape("M92 30q-9 14 0 17 9-3 0-17z", "#5ab0f0")],
};

const say = (stickerId, caption, keywords, eyes, prop, tone = "#06843b") => ({
  stickerId,
  caption,
  keywords,
  eyes,
  prop,
  tone,
});
export const STICKERS = [
  say("9000101", "โอเค", ["OK", "Okay", "Agree"], "happy", "thumb"),
  say("9000102", "ขอบคุณ", ["Thank you", "Thanks", "Grateful"], "shut", "wai", "#b5476d"),
  say("9000103", "ใช่", ["Yes", "Sure", "Right"], "open", "thumb"),
  say("9000104", "ไม่", ["No", "Nope", "Disagree"], "shut", "no", "#c23a4e"),
  say("9000105", "ถูกใจ", ["Like", "Good", "Thumbs up"], "happy", "up", "#2f6f9f"),
  say("9000106", "สวัสดี", ["Hello", "Hi", "Greeting"], "open", "wave", "#b1502a"),
  say("9000107", "รักเลย", ["Love", "Heart"], "heart", "hearts", "#c23a6a"),
  say("9000108", "เย้!", ["Happy", "Yay", "Excited"], "happy", "stars", "#96640c"),
  say("9000109", "เสียใจ", ["Sad", "Crying", "Tears"], "sad", null, "#2f6f9f"),
  say("9000110", "โกรธ", ["Angry", "Mad", "Upset"], "cross", "steam", "#c23a4e"),
  say("9000111", "งง", ["Confused", "Question", "What?"], "wide", "question", "#7a4fa3"),
  say("9000112", "ขอโทษ", ["Sorry", "Apology"], "shut", "sweat", "#4b6075"),
].map((sticker) => ({ packageId: PACKAGE, ...sticker }));

function elephant(sticker) {
  return [
    svg("ellipse", { cx: 27, cy: 52, rx: 22, ry: 25, fill: "#a9bfd6" }),
    svg("ellipse", { cx: 93, cy: 52, rx: 22, ry: 25, fill: "#a9bfd6" }),
    svg("ellipse", { cx: 28, cy: 54, rx: 13, ry: 16, fill: "#f4c6d2" }),
    svg("ellipse", { cx: 92, cy: 54, rx: 13, ry: 16, fill: "#f4c6d2" }),
    svg("ellipse", { cx: 60, cy: 50, rx: 33, ry: 34, fill: "#c9d8e8" }),
    svg("path", {
      d: "M60 62q0 22-3 25-5 5-12-1",
      fill: "none",
      stroke: "#c9d8e8",
      "stroke-width": 15,
      "stroke-linecap": "round",
    }),
    svg("path", {
      d: "M54 70q6 2 12 0M53 78q6 2 12 0",
      fill: "none",
      stroke: "#a9bfd6",
      "stroke-width": 2.4,
      "stroke-linecap": "round",
    }),
    svg("ellipse", { cx: 40, cy: 62, rx: 5, ry: 3.2, fill: "#f4b3c2" }),
    svg("ellipse", { cx: 80, cy: 62, rx: 5, ry: 3.2, fill: "#f4b3c2" }),
    ...EYES[sticker.eyes](),
    ...(sticker.prop ? PROPS[sticker.prop]() : []),
  ];
}

/** The picture of a sticker; one that is not ours is a frame with its keywords. */
export function drawSticker(message) {
  const ours = STICKERS.find((one) => one.stickerId === String(message.stickerId));
  if (!ours) {
    const told = message.text || (message.keywords ?? []).join(" · ") || `${message.packageId}/${message.stickerId}`;
    return el("span", { class: "sticker stranger", role: "img", "aria-label": told }, icon("smile"), told);
  }
  const drawing = svg("svg", { viewBox: "0 0 120 136", class: "sticker", role: "img", "aria-label": ours.caption });
  const caption = svg("text", {
    x: 60,
    y: 129,
    "text-anchor": "middle",
    "font-size": 25,
    "font-weight": 700,
    fill: ours.tone,
    stroke: "#fff",
    "stroke-width": 6,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  caption.append(message.text || ours.caption);
  drawing.append(...elephant(ours), caption);
  return drawing;
}
