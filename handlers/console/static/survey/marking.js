// Problems shown where they are: under their field, counted on their question, listed at the top.
import { button, el, fresh } from "./dom.js";

const STEP = /(\.[^.[\]]+|\[\d+\])$/;
const QUESTION = /^questions\[(\d+)\]/;

function found(root, where) {
  for (let at = where; at; at = STEP.test(at) ? at.replace(STEP, "") : "") {
    const element = root.querySelector(`[data-where="${CSS.escape(at)}"]`);
    if (element) return element;
  }
  return null;
}

export function mark(writing, root, summary, problems) {
  root.querySelectorAll(".told").forEach((each) => each.remove());
  root.querySelectorAll("[aria-invalid]").forEach((each) => { each.removeAttribute("aria-invalid"); each.removeAttribute("aria-describedby"); });
  const counts = new Map();
  for (const each of problems) {
    const place = QUESTION.exec(each.where)?.[1];
    if (place !== undefined) counts.set(place, [...(counts.get(place) ?? []), each]);
    const element = found(root, each.where);
    if (!element || element.matches(".q:not(.opened)")) continue;
    show(element, each);
  }
  for (const card of root.querySelectorAll("[data-place]")) {
    const own = counts.get(card.dataset.place) ?? [];
    const badge = card.querySelector(".count");
    const grave = own.some((each) => each.severity === "problem");
    badge.hidden = !own.length;
    badge.className = `badge count ${grave ? "bad" : "warn"}`;
    badge.textContent = grave ? writing.w("problems", { n: own.filter((each) => each.severity === "problem").length }) : writing.w("warnings", { n: own.length });
  }
  sum(writing, root, summary, problems);
}

function show(element, problem) {
  const id = fresh("p");
  const told = el("p", { class: `told ${problem.severity === "problem" ? "error" : "weigh"}`, id }, problem.text, el("span", { class: "mend", text: ` ${problem.mend}` }));
  if (element.matches("input, textarea, select")) {
    element.setAttribute("aria-describedby", `${element.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
    if (problem.severity === "problem") element.setAttribute("aria-invalid", "true");
    element.after(told);
  } else if (element.matches(".q")) element.querySelector(".q-head").after(told);
  else (element.querySelector(":scope > legend") ?? element.firstElementChild)?.after(told);
}

function sum(writing, root, summary, problems) {
  const grave = problems.filter((each) => each.severity === "problem").length;
  const line = grave ? writing.w("problems", { n: grave }) : problems.length ? writing.w("warnings", { n: problems.length }) : writing.w("fine");
  const items = problems.map((each) => el("li", {}, button(each.place || each.text, () => go(writing, root, each.where), { class: "link" }), ` ${each.text} `, el("span", { class: "soft", text: each.mend })));
  const opened = summary.querySelector("details")?.open ?? false;
  summary.className = `summary ${grave ? "bad" : problems.length ? "warn" : "good"}`;
  summary.replaceChildren(problems.length ? el("details", { open: opened }, el("summary", { text: line }), el("ul", {}, items)) : el("p", { text: line }));
}

function go(writing, root, where) {
  const place = QUESTION.exec(where)?.[1];
  writing.open = place === undefined ? "about" : Number(place);
  writing.render();
  writing.changed();
  const element = found(root, where);
  element?.closest("details")?.setAttribute("open", "");
  element?.scrollIntoView({ block: "center" });
  (element?.matches("input, textarea, select, button") ? element : element?.querySelector("input, textarea, select, button"))?.focus({ preventScroll: true });
}
