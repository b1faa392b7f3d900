// Elements made by hand: no markup in strings, so that what an author writes is never read as markup.
export function el(tag, about = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "text") made.textContent = value;
    else if (name === "value") made.value = value;
    else if (name === "checked") made.checked = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

let count = 0;
export const fresh = (stem) => `${stem}-${(count += 1)}`;

export const button = (text, act, about = {}) => el("button", { type: "button", text, on: { click: act }, ...about });

// A labelled control: the label stands before it.
export function labelled(text, control, about = {}) {
  control.id ||= fresh("f");
  return el("div", { class: "field", ...about }, el("label", { for: control.id, text }), control);
}

export function tick(text, checked, act, about = {}) {
  const box = el("input", { type: "checkbox", checked, on: { change: () => act(box.checked) }, ...about });
  return el("label", { class: "tick" }, box, el("span", { text }));
}

// choices: [[value, word], …]. The value at hand is kept even where no choice has it.
export function chooser(choices, value, act, about = {}) {
  const all = choices.some(([each]) => each === value) ? choices : [...choices, [value, value ?? ""]];
  const options = all.map(([each, word]) => el("option", { value: each, text: word }));
  const made = el("select", { on: { change: () => act(made.value) }, ...about }, options);
  made.value = value;
  return made;
}

export const copy = (data) => JSON.parse(JSON.stringify(data));
export const isTexts = (data) => data !== null && typeof data === "object" && !Array.isArray(data);
