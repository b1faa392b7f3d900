// What a citizen would see, as on a phone: the bot's own messages, drawn as LINE draws them.
import { button, el } from "./dom.js";

export class Phone {
  constructor(writing) {
    this.writing = writing;
    this.language = writing.draft.languages[0] ?? "th";
    this.shown = {};
    this.tabs = el("div", { class: "tabs", role: "group", "aria-label": writing.w("speaks") });
    this.screen = el("div", { class: "screen", role: "log", "aria-live": "off", tabindex: "0", "aria-label": writing.w("preview") });
    this.box = el("section", { class: "phone", "aria-label": writing.w("preview") },
      el("div", { class: "phone-head" }, el("h2", { text: writing.w("preview") }), button(writing.w("close"), () => this.box.classList.remove("over"), { class: "plain phone-close" })),
      el("p", { class: "hint", text: writing.w("preview_lead") }), this.tabs, this.screen);
  }

  show(shown) {
    this.shown = shown;
    if (!(this.language in shown)) this.language = this.writing.draft.languages[0] ?? "th";
    this.draw();
  }

  draw() {
    this.tabs.replaceChildren(...Object.keys(this.writing.languages).filter((code) => code in this.shown).map((code) =>
      button(this.writing.languages[code] ?? code, () => { this.language = code; this.draw(); }, { "aria-pressed": String(code === this.language), lang: this.writing.language })));
    const messages = this.shown[this.language] ?? [];
    const at = this.writing.draft.questions[this.writing.open];
    const lacks = at && !(at.label?.[this.language] ?? "").trim();
    this.screen.lang = this.language;
    this.screen.replaceChildren(
      ...(messages.length ? messages.map(bubble) : [el("p", { class: "soft", text: this.writing.w("preview_none") })]),
      ...(messages.length && lacks ? [el("p", { class: "falls", lang: this.writing.language, text: this.writing.w("preview_falls_back") })] : []),
      ...messages.flatMap((each) => each.quickReply?.items ?? []).slice(0, 1).map(() => quick(messages)));
  }
}

function bubble(message) {
  if (message.type === "text") return el("p", { class: "bubble", text: message.text });
  const said = [];
  const walk = (node) => {
    if (!node || typeof node !== "object") return;
    if (node.type === "text" && node.text) said.push(el("p", { class: node.weight === "bold" ? "title" : "", text: node.text }));
    if (node.type === "button") said.push(el("p", { class: "tap", text: node.action?.label ?? "" }));
    for (const inner of Object.values(node)) (Array.isArray(inner) ? inner : [inner]).forEach(walk);
  };
  walk(message.contents);
  return el("div", { class: "bubble flex" }, said);
}

const quick = (messages) => el("ul", { class: "quick" }, messages.flatMap((each) => each.quickReply?.items ?? []).map(({ action }) => el("li", { text: action.label })));
