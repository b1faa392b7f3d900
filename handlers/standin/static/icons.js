// Line drawings for the page's buttons, and the round portraits of those who talk.

import { el, svg } from "./dom.js";

const PATHS = {
  plus: ["M12 5v14M5 12h14"],
  send: ["M4.5 12h13M12.5 6.5 18.5 12l-6 5.5"],
  smile: [
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "M8.5 14.2c.8 1.5 2 2.3 3.5 2.3s2.7-.8 3.5-2.3",
    "M9 9.8h.01M15 9.8h.01",
  ],
  mic: ["M12 3.5a3 3 0 0 1 3 3V11a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3z", "M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"],
  camera: [
    "M4 8.5a2 2 0 0 1 2-2h2l1.5-2h5l1.5 2h2a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z",
    "M12 16a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z",
  ],
  photo: [
    "M4 6.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z",
    "m4.5 16.5 4.5-5 3.5 4 2.5-2.5 4.5 4.5",
    "M15.5 8.8h.01",
  ],
  video: ["M3.5 7.5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2z", "m15.5 10.5 5-3v9l-5-3"],
  file: ["M6.5 3.5h7l5 5v10a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2z", "M13.5 3.5v5h5"],
  pin: [
    "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z",
    "M12 12.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  ],
  calendar: [
    "M4.5 7a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2z",
    "M4.5 10h15M8.5 3v4M15.5 3v4",
  ],
  more: ["M12 5.5h.01M12 12h.01M12 18.5h.01"],
  down: ["m6.5 9.5 5.5 5.5 5.5-5.5"],
  close: ["m6 6 12 12M18 6 6 18"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  braces: [
    "M9 4.5c-2.5 0-2.5 1.5-2.5 3.5S6.5 12 4.5 12c2 0 2 2 2 4s0 3.5 2.5 3.5",
    "M15 4.5c2.5 0 2.5 1.5 2.5 3.5s0 4 2 4c-2 0-2 2-2 4s0 3.5-2.5 3.5",
  ],
  undo: ["M9 7.5 4.5 12 9 16.5", "M5 12h9a5.5 5.5 0 0 1 5.5 5.5"],
  ban: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "m6 6 12 12"],
  globe: [
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
    "M3.5 12h17M12 3.5c2.5 2.3 3.5 5.2 3.5 8.5s-1 6.2-3.5 8.5c-2.5-2.3-3.5-5.2-3.5-8.5s1-6.2 3.5-8.5z",
  ],
  person: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"],
  personAdd: [
    "M10 12a3.8 3.8 0 1 0 0-7.6A3.8 3.8 0 0 0 10 12z",
    "M3 20c.7-3.7 3.4-5.5 7-5.5 1.6 0 3 .4 4.2 1.1M18.5 14v6M15.5 17h6",
  ],
  home: ["m4 11 8-7 8 7", "M6 9.5v10h12v-10"],
  play: ["M8 5.5v13l10.5-6.5z"],
  copy: [
    "M8.5 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 7 19v-9a1.5 1.5 0 0 1 1.5-1.5z",
    "M15 8.5V5a1.5 1.5 0 0 0-1.5-1.5h-9A1.5 1.5 0 0 0 3 5v9a1.5 1.5 0 0 0 1.5 1.5H7",
  ],
  alert: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M12 8v5M12 16h.01"],
  menu: ["M5 7h14M5 12h14M5 17h14"],
};

export function icon(name) {
  const drawing = svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  drawing.append(...PATHS[name].map((d) => svg("path", { d })));
  return drawing;
}

const COLOURS = ["#b5476d", "#2f6f9f", "#8a5a13", "#4f7a28", "#7a4fa3", "#b1502a", "#1f7a78", "#5c62b5"];
const LEADING_VOWELS = /^[เแโใไເແໂໃໄ]+/u; // written before the consonant they follow in speech

/** A citizen's portrait: the first letter of the name on a colour of their own. */
export function portrait(citizen) {
  const sum = [...citizen.userId].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 7);
  const letter = [...citizen.displayName.trim().replace(LEADING_VOWELS, "")][0] ?? "?";
  return el(
    "span",
    { class: "portrait", style: { background: COLOURS[sum % COLOURS.length] }, "aria-hidden": "true" },
    letter,
  );
}

/** The official account's portrait: our own sign. */
export function sign() {
  return el("span", { class: "portrait sign", "aria-hidden": "true" });
}
