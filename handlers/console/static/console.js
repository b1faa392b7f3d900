// Keys and small comforts. Everything works without them.
// data-row: j and k walk over these, Enter follows the first link of one. data-search: "/" goes there.
// data-key="e": that key presses it. data-key-word: what it does, for the list of keys (else its own text).
const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
const shown = (element) => element.checkVisibility();
const rows = () => [...document.querySelectorAll("[data-row]")].filter(shown);

export function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.hasAttribute("data-at"));
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
  all[at]?.removeAttribute("data-at");
  next.setAttribute("data-at", "");
  (next.querySelector("a[href], button, input") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const found = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key && shown(each));
  if (found) found.matches("input:not([type=checkbox]):not([type=radio]), select, textarea") ? found.focus() : found.click();
  return Boolean(found);
}

// The dialog lists what this page's own keys do, below those that every page has.
function tell() {
  const dialog = document.querySelector("#keys");
  if (!dialog) return;
  const list = dialog.querySelector("dl");
  list.querySelectorAll("[data-own]").forEach((each) => each.remove());
  for (const each of document.querySelectorAll("[data-key]")) {
    if (!shown(each)) continue;
    const line = list.appendChild(document.createElement("div"));
    line.dataset.own = "";
    line.appendChild(document.createElement("dt")).appendChild(document.createElement("kbd")).textContent = each.dataset.key;
    line.appendChild(document.createElement("dd")).textContent = each.dataset.keyWord ?? each.ariaLabel ?? each.textContent.trim();
  }
  dialog.showModal();
}

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": tell,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  if (!("shortcuts" in document.body.dataset) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) return;
  if (press(event.key)) return event.preventDefault();
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// A menu closes when something else is pressed, and when another opens.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
