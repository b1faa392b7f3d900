// On what a question depends, as sentences of pickers: "asked when question 2 is “bus”".
import { button, chooser, el, tick } from "./dom.js";

const DEEPEST = 4;
const TESTS = ["is", "is_not", "any_of", "none_of", "at_least", "at_most", "answered"];

export function conditions(writing, question, place) {
  const earlier = writing.draft.questions.slice(0, place).filter((each) => each && each.kind !== "note");
  const put = (rule) => writing.act(() => { if (rule) question.show_if = rule; else delete question.show_if; });
  const where = `questions[${place}].show_if`;
  const group = el("fieldset", { class: "rules", "data-where": where }, el("legend", { text: writing.w("when") }));
  if (!question.show_if) {
    group.append(el("p", { class: "soft", text: earlier.length ? writing.w("always") : writing.w("first_has_none") }));
    if (earlier.length) group.append(button(writing.w("add_condition"), () => put(begun(writing, earlier))));
    return group;
  }
  group.append(drawn(writing, question.show_if, { where, earlier, put, deep: 1 }));
  if (!joined(question.show_if) && earlier.length) group.append(button(writing.w("add_condition"), () => put({ all: [question.show_if, begun(writing, earlier)] })));
  return group;
}

const joined = (rule) => ["all", "any"].find((word) => Array.isArray(rule?.[word]));

function begun(writing, earlier) {
  const asked = earlier.at(-1);
  return { question: asked.name, ...first(writing, asked, writing.kinds[asked.kind]?.tests[0] ?? "answered") };
}

// A test with the first value that can be meant by it.
function first(writing, asked, test) {
  if (test === "answered") return { answered: true };
  const value = asked?.kind === "yes_no" ? true : asked?.choices?.[0]?.name ?? (asked?.kind === "rating" ? asked.scale?.least ?? 1 : asked?.kind === "number" ? 0 : "");
  return { [test]: ["any_of", "none_of"].includes(test) ? [value] : value };
}

function drawn(writing, rule, at) {
  const word = joined(rule);
  if (!word) return leaf(writing, rule, at);
  const change = (rules) => at.put(rules.length > 1 || (rules.length && at.deep > 1) ? { [word]: rules } : rules[0] ?? null);
  const items = rule[word].map((each, n) =>
    el("li", {}, drawn(writing, each, { ...at, where: `${at.where}.${word}[${n}]`, deep: at.deep + 1, put: (next) => change(next ? rule[word].with(n, next) : rule[word].toSpliced(n, 1)) })),
  );
  const choice = chooser([["all", writing.w("all")], ["any", writing.w("any")]], word, (other) => at.put({ [other]: rule[word] }), { "aria-label": writing.w("joined") });
  const acts = el("p", { class: "acts" }, at.earlier.length ? button(writing.w("add_condition"), () => change([...rule[word], begun(writing, at.earlier)])) : null,
    at.earlier.length && at.deep < DEEPEST ? button(writing.w("group"), () => change([...rule[word], { [word === "all" ? "any" : "all"]: [begun(writing, at.earlier)] }]), { class: "plain" }) : null);
  return el("div", { class: "group" }, choice, el("ul", {}, items), acts);
}

function leaf(writing, rule, at) {
  const drop = button("×", () => at.put(null), { class: "plain", "aria-label": writing.w("remove") });
  const tests = TESTS.filter((each) => rule && each in rule);
  if (!rule || typeof rule !== "object" || tests.length !== 1)
    return el("div", { class: "rule" }, el("code", { text: JSON.stringify(rule) }), el("span", { class: "soft", text: writing.w("odd") }), drop);
  const [test] = tests;
  const asked = at.earlier.find((each) => each.name === rule.question);
  const choices = at.earlier.map((each) => [each.name, `${writing.w("question", { n: writing.draft.questions.indexOf(each) + 1 })} ${writing.label(each).slice(0, 40)}`]);
  const which = chooser(choices, rule.question, (name) => {
    const next = at.earlier.find((each) => each.name === name);
    at.put({ question: name, ...first(writing, next, writing.kinds[next?.kind]?.tests[0] ?? "answered") });
  }, { "data-where": `${at.where}.question`, "aria-label": writing.w("condition_question") });
  const able = writing.kinds[asked?.kind]?.tests ?? [test];
  const how = chooser(able.map((each) => [each, writing.w("test." + each)]), test, (next) => at.put({ question: rule.question, ...first(writing, asked, next) }), { "aria-label": writing.w("condition_test") });
  return el("div", { class: "rule", "data-where": at.where }, which, how, valued(writing, rule, test, asked, at), drop);
}

function valued(writing, rule, test, asked, at) {
  const about = { "aria-label": writing.w("condition_value"), "data-where": `${at.where}.${test}` };
  const put = (value) => at.put({ question: rule.question, [test]: value });
  const several = ["any_of", "none_of"].includes(test);
  if (test === "answered" || (asked?.kind === "yes_no" && !several))
    return chooser([["true", writing.w("yes")], ["false", writing.w("no")]], String(rule[test]), (value) => put(value === "true"), about);
  const named = (Array.isArray(asked?.choices) ? asked.choices : []).map((each) => [each?.name, writing.label(each)]);
  if (named.length && !several) return chooser(named, rule[test], put, about);
  if (named.length) {
    const chosen = Array.isArray(rule[test]) ? rule[test] : [];
    return el("div", { class: "several", role: "group", ...about }, named.map(([name, word]) =>
      tick(word, chosen.includes(name), (on) => put(on ? [...chosen, name] : chosen.filter((each) => each !== name)))));
  }
  const date = asked?.kind === "date";
  const read = (text) => (date || !Number.isFinite(Number(text)) || !text ? text : Number(text));
  const told = several ? [].concat(rule[test]).join(", ") : rule[test];
  const input = el("input", { type: date && !several ? "date" : "text", inputmode: date ? null : "decimal", value: told, ...about });
  input.addEventListener("input", () => {
    rule[test] = several ? input.value.split(",").map((each) => read(each.trim())).filter((each) => each !== "") : read(input.value.trim());
    writing.typed();
  });
  return input;
}
