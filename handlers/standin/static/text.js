// Words with their links: addresses, e-mail addresses and telephone numbers become tappable, all else stays text.

import { el } from "./dom.js";

// Outside ASCII nothing belongs to an address here, so that Thai written straight after one is not swallowed.
// Thai short numbers of help and government lines; other four-figure numbers are mostly years and prices.
const HOTLINES = "191|193|197|199|1111|1155|1169|1186|1300|1323|1330|1422|1506|1546|1567|1584|1669|1784";
const LINKS = new RegExp(
  "https?:\\/\\/[\\x21-\\x7e]+" +
    "|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+" +
    `|(?<![\\w.,/-])(?:\\+66[\\d -]{8,12}\\d|0\\d[\\d-]{7,10}\\d|${HOTLINES})(?![\\w/-]|[.,]\\d)`,
  "gi",
);
const TRAILING = /[.,;:!?)\]}'"]+$/;
const SAFE = /^(https?|tel|mailto):/i;

function address(found) {
  if (/^https?:/i.test(found)) return found;
  return found.includes("@") ? `mailto:${found}` : `tel:${found.replace(/[ -]/g, "")}`;
}

/** A link that leaves the page only when tapped, or null when its scheme is not one we follow. */
export function link(href, facts = {}, ...children) {
  if (!SAFE.test(href)) return null;
  return el(
    "a",
    { href, target: href.startsWith("http") ? "_blank" : null, rel: "noopener noreferrer", ...facts },
    ...children,
  );
}

/** `text` as nodes, with its links. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINKS)) {
    const found = match[0].replace(TRAILING, "");
    nodes.push(text.slice(from, match.index), link(address(found), { class: "inline-link" }, found));
    from = match.index + found.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

/** The words of a text or textV2 message: LINE emoji and mentions are shown as small marks. */
export function wordsOf(message) {
  if (message.type === "textV2") return versionTwo(message);
  const marks = [...(message.emojis ?? [])].sort((one, other) => one.index - other.index);
  const nodes = [];
  let from = 0;
  for (const mark of marks) {
    nodes.push(...linked(message.text.slice(from, mark.index)), emoji());
    from = mark.index + (mark.length ?? 1);
  }
  return [...nodes, ...linked((message.text ?? "").slice(from))];
}

const emoji = () => el("span", { class: "line-emoji", role: "img", "aria-label": "LINE emoji" });

function versionTwo(message) {
  const parts = (message.text ?? "").split(/(\{\{|\}\}|\{\w{1,20}\})/);
  return parts.flatMap((part) => {
    if (part === "{{" || part === "}}") return [part[0]];
    const what = /^\{\w+\}$/.test(part) ? message.substitution?.[part.slice(1, -1)] : null;
    if (what?.type === "emoji") return [emoji()];
    if (what?.type === "mention")
      return [el("span", { class: "mention", text: what.mentionee?.type === "all" ? "@All" : "@…" })];
    return linked(part);
  });
}
