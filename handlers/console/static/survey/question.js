// One question: closed, a line that can be moved; open, all its fields.
import { button, chooser, copy, el, labelled, tick } from "./dom.js";
import { conditions } from "./conditions.js";
import { texts, value } from "./fields.js";

const OWN = ["choices", "scale", "constraint"];

export function card(writing, question, place) {
  const opened = writing.open === place;
  const n = place + 1;
  const toggle = button("", () => { writing.open = opened ? null : place; writing.render(); writing.changed(); }, { class: "opener", "aria-expanded": String(opened), "aria-label": `${writing.w("open", { n })}: ${writing.label(question)}` });
  toggle.append(el("span", { class: "n", text: n }), el("span", { class: "words" }, el("b", { class: "said", text: writing.label(question) }), el("small", { text: writing.kinds[question?.kind]?.word ?? "" })));
  const handle = el("button", { type: "button", class: "handle", "aria-label": writing.w("drag", { n }), title: writing.w("drag", { n }) }, "⠿");
  const badge = el("span", { class: "badge count", hidden: true });
  const made = el("li", { class: opened ? "q opened" : "q", "data-place": place, "data-where": `questions[${place}]` },
    el("div", { class: "q-head" }, handle, toggle, question?.show_if ? el("span", { class: "badge place", text: "↳", title: writing.w("when") }) : null, badge));
  if (opened && question && typeof question === "object") made.append(body(writing, question, place, toggle));
  return made;
}

function body(writing, question, place, toggle) {
  const where = `questions[${place}]`;
  const kind = writing.kinds[question.kind];
  const note = question.kind === "note";
  const words = texts(writing, question, "label", { where: `${where}.label`, title: writing.w(note ? "note_text" : "label"), rows: 2 });
  words.addEventListener("input", () => { toggle.querySelector(".said").textContent = writing.label(question); });
  const kinds = Object.entries(writing.kinds).map(([code, { word }]) => [code, word]);
  return el("div", { class: "q-body" },
    labelled(writing.w("kind"), chooser(kinds, question.kind, (next) => become(writing, question, next), { "data-where": `${where}.kind` })),
    words,
    kind?.fields.includes("choices") ? choices(writing, question, `${where}.choices`) : null,
    kind?.fields.includes("scale") ? scale(writing, question, `${where}.scale`) : null,
    note ? null : texts(writing, question, "hint", { where: `${where}.hint`, title: writing.w("hint"), optional: true }),
    note ? null : tick(writing.w("required"), question.required !== false, (on) => { if (on) delete question.required; else question.required = false; writing.typed(); }),
    conditions(writing, question, place),
    more(writing, question, where, kind),
    acts(writing, question, place),
  );
}

// Another kind: what the new one has no place for is put aside, and comes back with the old kind.
function become(writing, question, next) {
  writing.act(() => {
    const aside = writing.aside.get(question.name) ?? {};
    const fits = (name) => writing.kinds[next].fields.includes(name) || (name === "constraint" && writing.kinds[next].bounds.length);
    const keeps = (name) => fits(name) && (name !== "constraint" || String(writing.kinds[next].bounds) === String(writing.kinds[question.kind]?.bounds));
    for (const name of OWN) if (name in question && !keeps(name)) { aside[name] = question[name]; delete question[name]; }
    question.kind = next;
    for (const name of ["choices", "scale"]) if (fits(name) && !(name in question) && name in aside) question[name] = aside[name];
    if (fits("choices") && !question.choices) question.choices = [{ name: "c1", label: {} }, { name: "c2", label: {} }];
    if (next === "note") delete question.required;
    writing.aside.set(question.name, aside);
  });
}

function choices(writing, question, where) {
  const all = Array.isArray(question.choices) ? question.choices : (question.choices = []);
  const items = all.map((choice, n) => {
    const at = `${where}[${n}]`;
    const flag = (name) => tick(writing.w(name), choice[name] === true, (on) => { if (on) choice[name] = true; else delete choice[name]; writing.typed(); });
    const swap = (to) => writing.act(() => all.splice(to, 0, ...all.splice(n, 1)));
    return el("li", { class: "choice", "data-where": at },
      texts(writing, choice, "label", { where: `${at}.label`, title: writing.w("choice", { n: n + 1 }), compact: true }),
      el("div", { class: "choice-acts" },
        question.kind === "select_multiple" ? flag("exclusive") : null, flag("other"),
        button("↑", () => swap(n - 1), { class: "plain", disabled: n === 0, "aria-label": `${writing.w("up")} (${n + 1})` }),
        button("↓", () => swap(n + 1), { class: "plain", disabled: n === all.length - 1, "aria-label": `${writing.w("down")} (${n + 1})` }),
        button("×", () => writing.act(() => all.splice(n, 1)), { class: "plain", "aria-label": `${writing.w("remove")} (${n + 1})` })));
  });
  return el("fieldset", { class: "choices", "data-where": where }, el("legend", { text: writing.w("choices") }), el("ol", {}, items),
    button(`+ ${writing.w("add_choice")}`, () => writing.act(() => all.push({ name: writing.freeName("c", all), label: {} })), { class: "add-choice" }));
}

// A part that stands in the draft only while something is in it.
function part(question, name) {
  const data = question[name] ?? {};
  return { data, tidy: () => { if (Object.keys(data).length) question[name] = data; else delete question[name]; } };
}

function scale(writing, question, where) {
  const { data, tidy } = part(question, "scale");
  const group = el("fieldset", { class: "scale", "data-where": where }, el("legend", { text: writing.w("scale") }),
    el("div", { class: "numbers" }, ["least", "most"].map((name) => value(writing, data, name, { where: `${where}.${name}`, title: `${writing.w(name)} (${name === "least" ? 1 : 5})`, tidy }))),
    ["low", "high"].map((name) => texts(writing, data, name, { where: `${where}.${name}`, title: writing.w(name), optional: true, compact: true })));
  group.addEventListener("input", tidy);
  return group;
}

function more(writing, question, where, kind) {
  const { data, tidy } = part(question, "constraint");
  const at = `${where}.constraint`;
  const bounds = kind?.bounds ?? [];
  const dated = question.kind === "date";
  const numbers = bounds.filter((each) => each !== "whole" && each !== "message").map((name) =>
    value(writing, data, name, { where: `${at}.${name}`, title: writing.w(name), type: dated ? "text" : "number", tidy }));
  const limits = numbers.length
    ? el("fieldset", { class: "limits", "data-where": at }, el("legend", { text: writing.w("limits") }), dated ? el("p", { class: "hint", text: writing.w("date_hint") }) : null, el("div", { class: "numbers" }, numbers),
      bounds.includes("whole") ? tick(writing.w("whole_number"), data.whole === true, (on) => { if (on) data.whole = true; else delete data.whole; tidy(); writing.typed(); }) : null,
      texts(writing, data, "message", { where: `${at}.message`, title: writing.w("message"), optional: true }))
    : null;
  limits?.addEventListener("input", tidy);
  const name = el("input", { value: question.name ?? "", "data-where": `${where}.name`, spellcheck: "false", autocapitalize: "none" });
  name.addEventListener("input", () => writing.rename(question, name.value.trim()));
  const secret = note(question) ? null : el("div", { "data-where": `${where}.sensitive` },
    tick(writing.w("sensitive"), question.sensitive === true, (on) => writing.act(() => {
      const aside = writing.aside.get(question.name) ?? {};
      if (on) { question.sensitive = true; question.purpose = aside.purpose ?? {}; } else { aside.purpose = question.purpose; delete question.sensitive; delete question.purpose; }
      writing.aside.set(question.name, aside);
    })),
    question.sensitive === true ? texts(writing, question, "purpose", { where: `${where}.purpose`, title: writing.w("why") }) : null);
  return el("details", { class: "more", open: question.sensitive === true || "constraint" in question }, el("summary", { text: writing.w("more") }), limits, secret, labelled(writing.w("name"), name));
}

const note = (question) => question.kind === "note";

function acts(writing, question, place) {
  const last = writing.draft.questions.length - 1;
  const n = place + 1;
  return el("p", { class: "acts q-acts" },
    button(`↑ ${writing.w("up")}`, () => writing.move(place, place - 1), { disabled: place === 0 }),
    button(`↓ ${writing.w("down")}`, () => writing.move(place, place + 1), { disabled: place === last }),
    button(writing.w("copy"), () => writing.insert(copy(question), n)),
    button(writing.w("keep"), () => writing.keep(question)),
    button(writing.w("remove"), () => writing.remove(place), { class: "danger" }));
}
