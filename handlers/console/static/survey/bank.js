// The question bank: found by its words, and put in after the question that is open.
import { button, el } from "./dom.js";

export function bank(writing) {
  const find = el("input", { type: "search", "aria-label": writing.w("find"), placeholder: writing.w("find") });
  const list = el("div", { class: "bank-list" });
  const box = el("dialog", { class: "bank", "aria-label": writing.w("from_bank") },
    el("div", { class: "phone-head" }, el("h2", { text: writing.w("from_bank") }), button(writing.w("close"), () => box.close(), { class: "plain" })), find, list);
  const place = () => (typeof writing.open === "number" ? writing.open + 1 : writing.draft.questions.length);
  function draw() {
    const sought = find.value.trim().toLowerCase();
    const groups = writing.bank.map(({ title, questions }) => [title, questions.filter((each) => JSON.stringify([each.label, each.choices]).toLowerCase().includes(sought))]);
    list.replaceChildren(...groups.filter(([, questions]) => questions.length).flatMap(([title, questions]) => [el("h3", { text: title }), el("ul", {}, questions.map((each) =>
      el("li", {}, el("span", {}, el("b", { text: writing.label(each) }), el("small", { class: "soft", text: ` ${writing.kinds[each.kind]?.word ?? ""}` })),
        button(writing.w("insert"), () => { box.close(); writing.insert(each, place()); }, { "aria-label": `${writing.w("insert")}: ${writing.label(each)}` }))))]));
  }
  find.addEventListener("input", draw);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  draw();
  box.showModal();
}
