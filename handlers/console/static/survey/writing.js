// The draft at hand: what is told about it, what was changed, what can be taken back.
import { copy } from "./dom.js";

const PAUSE = 500;
const MOST_UNDONE = 100;

export class Writing {
  constructor(told) {
    // Pairs, since the order of the names of an object is lost on the way.
    Object.assign(this, told, { kinds: Object.fromEntries(told.kinds), languages: Object.fromEntries(told.languages) });
    this.draft.questions = Array.isArray(this.draft.questions) ? this.draft.questions : [];
    this.draft.languages = Array.isArray(this.draft.languages) ? this.draft.languages : [];
    this.base = JSON.stringify(this.draft);
    this.undone = [];
    this.aside = new Map();
    this.open = this.draft.questions.length ? null : "about";
    this.render = () => {};
    this.changed = () => {};
    this.announce = () => {};
  }

  w(name, facts = {}) {
    return Object.entries(facts).reduce((text, [fact, value]) => text.replace(`{${fact}}`, value), this.words[name] ?? name);
  }

  get now() { return JSON.stringify(this.draft); }
  get dirty() { return this.now !== this.base; }

  // After a text was typed: nothing is drawn anew, the caret stays.
  typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.changed(), PAUSE);
    this.touched?.();
  }

  // A change of structure: it can be taken back, and everything is drawn anew.
  act(change, said = "") {
    this.undone.push(this.now);
    this.undone.splice(0, this.undone.length - MOST_UNDONE);
    change();
    this.render();
    this.changed();
    this.touched?.();
    if (said) this.announce(said);
  }

  undo() {
    if (!this.undone.length) return;
    this.draft = JSON.parse(this.undone.pop());
    if (typeof this.open === "number" && this.open >= this.draft.questions.length) this.open = null;
    this.render();
    this.changed();
    this.touched?.();
    this.announce(this.w("undone"));
  }

  label(question) {
    const texts = question?.label ?? {};
    return texts[this.language] || texts.th || texts.en || Object.values(texts).find(Boolean) || this.w("empty");
  }

  freeName(stem, things) {
    const taken = new Set(things.map((each) => each?.name));
    for (let n = things.length + 1; ; n += 1) if (!taken.has(`${stem}${n}`)) return `${stem}${n}`;
  }

  insert(question, place) {
    const added = copy(question);
    if (!added.name || this.draft.questions.some((each) => each?.name === added.name))
      added.name = this.freeName(added.name ? `${added.name}_` : "q", this.draft.questions);
    this.act(() => {
      this.draft.questions.splice(place, 0, added);
      this.open = place;
    });
  }

  move(from, to) {
    const questions = this.draft.questions;
    if (to < 0 || to >= questions.length || from === to) return;
    this.act(() => {
      const opened = typeof this.open === "number" ? questions[this.open] : null;
      questions.splice(to, 0, ...questions.splice(from, 1));
      if (opened) this.open = questions.indexOf(opened);
    }, this.w("moved", { n: to + 1 }));
  }

  remove(place) {
    this.act(() => {
      this.draft.questions.splice(place, 1);
      this.open = null;
    }, this.w("removed", { n: place + 1 }));
  }

  // Conditions follow their question when it gets another name.
  rename(question, name) {
    const before = question.name;
    const follow = (rule) => {
      if (!rule || typeof rule !== "object") return;
      if (rule.question === before) rule.question = name;
      for (const word of ["all", "any"]) if (Array.isArray(rule[word])) rule[word].forEach(follow);
    };
    question.name = name;
    this.draft.questions.forEach((each) => follow(each?.show_if));
    this.typed();
  }
}
