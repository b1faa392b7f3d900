// The editor of surveys. It holds the draft as plain data; the server checks it, shows it and keeps it.
import { bank } from "./bank.js";
import { button, el, tick } from "./dom.js";
import { texts } from "./fields.js";
import { mark } from "./marking.js";
import { movable } from "./moving.js";
import { Phone } from "./phone.js";
import { card } from "./question.js";
import { ask, Saving } from "./saving.js";
import { Writing } from "./writing.js";

const root = document.querySelector("#editor");
const writing = new Writing(JSON.parse(root.dataset.told));
const w = (name, facts) => writing.w(name, facts);
const state = el("span", { class: "state", role: "status" });
const said = el("p", { class: "unseen", role: "status" });
const summary = el("div", { class: "summary" }, el("p", { text: w("checking") }));
const about = el("section", { class: "about-it" });
const list = el("ol", { class: "qs" });
const phone = new Phone(writing);
const saving = new Saving(writing, state);
const undo = button(w("undo"), () => writing.undo(), { class: "undo" });
let problems = [];
let looked = 0;

writing.announce = (text) => { said.textContent = text; };
writing.keep = async (question) => {
  const { status, told } = await ask(writing, writing.addresses.keep, { question }).catch(() => ({ status: 0, told: {} }));
  if (status === 200) {
    writing.bank[0].questions.unshift(told.question);
    writing.announce(w("kept"));
    saving.say("kept");
  } else saving.say(status === 401 ? "signed_out" : "not_saved", told.error);
};

writing.changed = async () => {
  const number = (looked += 1);
  const at = typeof writing.open === "number" ? writing.open : null;
  try {
    const { status, told } = await ask(writing, writing.addresses.look, { draft: writing.draft, at });
    if (number !== looked || status !== 200) return;
    problems = told.problems;
    phone.show(told.shown);
    mark(writing, root, summary, problems);
  } catch { /* The state of saving tells when there is no way to the server. */ }
};

writing.render = () => {
  const back = held();
  drawAbout();
  list.replaceChildren(...writing.draft.questions.map((question, place) => card(writing, question, place)));
  undo.disabled = !writing.undone.length;
  mark(writing, root, summary, problems);
  back();
};

// What has the focus now, found again by its place and its word after everything was drawn anew.
function held() {
  const at = document.activeElement;
  if (!at || !root.contains(at)) return () => {};
  const word = (each) => each.ariaLabel ?? (each.closest("label") ?? each).textContent;
  const place = at.closest("[data-where]")?.dataset.where;
  const told = word(at);
  return () => {
    if (document.activeElement !== document.body) return;
    const within = place ? root.querySelector(`[data-where="${CSS.escape(place)}"]`) : root;
    const own = within?.matches(at.tagName) ? within : [...(within?.querySelectorAll(at.tagName) ?? [])].find((each) => word(each) === told);
    (own ?? within?.querySelector("input, textarea, select, button"))?.focus({ preventScroll: true });
  };
}

function drawAbout() {
  const { draft } = writing;
  const opened = writing.open === "about";
  const head = button(w("about"), () => { writing.open = opened ? null : "about"; writing.render(); writing.changed(); }, { class: "opener", "aria-expanded": String(opened) });
  about.replaceChildren(el("h2", {}, head));
  if (!opened) return;
  const languages = Object.entries(writing.languages).map(([code, word]) => tick(word, draft.languages.includes(code), (on) => speak(code, on)));
  about.append(el("fieldset", { class: "speaks", "data-where": "languages" }, el("legend", { text: w("speaks") }), el("div", { class: "ticked" }, languages)),
    texts(writing, draft, "title", { where: "title", title: w("title") }),
    ...["purpose", "intro", "outro"].map((name) => texts(writing, draft, name, { where: name, title: w(name), rows: 3 })));
}

// A language more or less. What was written in one that is given up goes with it: undo brings both back.
function speak(code, on) {
  const without = (data) => {
    if (Array.isArray(data)) return data.map(without);
    if (data === null || typeof data !== "object") return data;
    return Object.fromEntries(Object.entries(data).filter(([name, value]) => !(name === code && typeof value === "string")).map(([name, value]) => [name, without(value)]));
  };
  writing.act(() => {
    if (!on) writing.draft = without(writing.draft);
    const kept = writing.draft.languages.filter((each) => each !== code);
    writing.draft.languages = Object.keys(writing.languages).filter((each) => kept.includes(each) || (on && each === code));
  });
}

const added = () => ({ kind: "select_one", label: {}, choices: [{ name: "c1", label: {} }, { name: "c2", label: {} }] });
const end = () => writing.draft.questions.length;

root.append(
  el("div", { class: "toolbar" },
    button(w("save"), () => saving.save(), { class: "main save" }), state, undo,
    button(w("preview"), () => phone.box.classList.toggle("over"), { class: "to-phone" }),
    button(w("publish"), async () => { if (await saving.save()) location.assign(root.dataset.publish); }, { class: "to-publish" })),
  said,
  el("div", { class: "columns" },
    el("div", { class: "written" }, summary, about, el("h2", { class: "unseen", text: w("questions") }), list,
      el("p", { class: "acts" }, button(`+ ${w("add")}`, () => { writing.insert(added(), end()); list.lastElementChild.scrollIntoView({ block: "nearest" }); }, { class: "add" }), button(w("from_bank"), () => bank(writing), { class: "from-bank" }))),
    phone.box));
movable(list, writing);
saving.say("saved");
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === "s") { event.preventDefault(); saving.save(); }
  if (event.key === "z" && !event.target.closest("input, textarea")) { event.preventDefault(); writing.undo(); }
});
writing.render();
writing.changed();
