// Building the page from data. Everything a person or a bot wrote enters it as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. `class`, `text`, `on` (listeners) and `style` (a map) are special; the rest are attributes. */
export function el(tag, facts = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "style") for (const [rule, what] of Object.entries(value)) node.style.setProperty(rule, what);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Make an SVG element from our own drawings. */
export function svg(tag, facts = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(facts)) node.setAttribute(name, value);
  node.append(...children.flat());
  return node;
}

/** Make the children of `parent` be exactly `nodes`, moving only those that are out of place. */
export function arrange(parent, nodes) {
  let here = parent.firstChild;
  for (const node of nodes) {
    if (node === here) here = here.nextSibling;
    else parent.insertBefore(node, here);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

/**
 * Left/Right, Home and End move the focus within `row`, which is one stop for the Tab key.
 * Returns what must be called when the row's content has changed.
 */
export function rove(row, selector) {
  const all = () => [...row.querySelectorAll(selector)];
  const stop = (chosen) => all().forEach((one) => one.setAttribute("tabindex", one === chosen ? "0" : "-1"));
  row.addEventListener("keydown", (event) => {
    const stops = all();
    const at = stops.indexOf(document.activeElement);
    const [next, last] = [at + 1, stops.length - 1];
    const keys = { ArrowRight: next, ArrowDown: next, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last };
    if (at < 0 || keys[event.key] === undefined) return;
    event.preventDefault();
    const to = stops.at(keys[event.key] % stops.length);
    stop(to);
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  const renew = () => stop(all()[0]);
  renew();
  return renew;
}

let touched = window.matchMedia("(pointer: coarse)").matches;
document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"), { capture: true });
document.addEventListener(
  "keydown",
  (event) => {
    if (/^(Tab|Arrow)/.test(event.key)) touched = false; // keys that a keyboard on the screen does not have
  },
  { capture: true },
);

/** True while a finger does the work: then focusing a text field would pull up the keyboard. */
export const byThumb = () => touched;
