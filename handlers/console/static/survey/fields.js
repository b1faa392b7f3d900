// Fields of a draft: texts side by side by language, with gaps shown; numbers and switches.
import { el, fresh, isTexts, labelled } from "./dom.js";

// A text in every language. `rows` makes areas. An optional text without words is left out of the draft.
export function texts(writing, owner, name, { where, title, rows = 0, optional = false, compact = false }) {
  const languages = writing.draft.languages.filter((each) => each in writing.languages);
  const gap = el("span", { class: "gaps" });
  const group = el("fieldset", { class: compact ? "texts compact" : "texts", "data-where": where }, el("legend", {}, `${title} `, gap));
  const told = () => (isTexts(owner[name]) ? owner[name] : {});
  const inputs = languages.map((language) => {
    const id = fresh("t");
    const input = el(rows ? "textarea" : "input", { id, lang: language, rows: rows || null, "data-where": `${where}.${language}`, value: told()[language] ?? "" });
    const missing = el("span", { class: "gap" });
    input.addEventListener("input", () => {
      const all = { ...told() };
      if (input.value.trim()) all[language] = input.value;
      else delete all[language];
      if (optional && !Object.keys(all).length) delete owner[name];
      else owner[name] = all;
      mark();
      writing.typed();
    });
    const label = el("label", { for: id }, `${writing.languages[language]} `, missing);
    return { language, input, missing, row: el("div", { class: "in", lang: writing.language }, label, input) };
  });
  function mark() {
    const begun = !optional || Object.keys(told()).length > 0;
    const gaps = inputs.filter((each) => !each.input.value.trim());
    for (const each of inputs) {
      const lacks = begun && gaps.includes(each);
      each.missing.textContent = lacks ? writing.w("gap") : "";
      each.row.classList.toggle("lacking", lacks);
    }
    gap.textContent = begun && gaps.length && gaps.length < inputs.length ? writing.w("gaps", { n: gaps.length }) : "";
  }
  mark();
  group.append(el("div", { class: "langs" }, inputs.map((each) => each.row)));
  return group;
}

// A number, or a text where `type` says so. Empty is left out.
export function value(writing, owner, name, { where, title, type = "number", tidy = () => {} }) {
  const input = el("input", { type: type === "number" ? "text" : type, inputmode: type === "number" ? "decimal" : null, "data-where": where, value: owner[name] ?? "" });
  input.addEventListener("input", () => {
    const told = input.value.trim();
    if (!told) delete owner[name];
    else owner[name] = type === "number" && Number.isFinite(Number(told)) ? Number(told) : told;
    tidy();
    writing.typed();
  });
  return labelled(title, input);
}
