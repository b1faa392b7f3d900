// Dialogs and toasts. The browser's own <dialog> keeps the focus inside and closes on Esc.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

let count = 0;

/** Open a dialog with `content`. Resolves with what `close(value)` was given, or undefined when dismissed. */
export function open(title, build, { wide = false } = {}) {
  return new Promise((done) => {
    const id = `dialog-${(count += 1)}`;
    let outcome;
    const close = (value) => {
      outcome = value;
      box.close();
    };
    const heading = el("h2", { id, text: title });
    const dismiss = el(
      "button",
      { type: "button", class: "plain", "aria-label": t("close"), on: { click: () => close() } },
      icon("close"),
    );
    const box = el("dialog", { class: wide ? "sheet wide" : "sheet", "aria-labelledby": id });
    box.append(
      el("header", { class: "sheet-head" }, heading, dismiss),
      el("div", { class: "sheet-body" }, build(close, box)),
    );
    box.addEventListener("click", (event) => event.target === box && close());
    box.addEventListener("close", () => {
      box.remove();
      done(outcome);
    });
    document.body.append(box);
    box.showModal();
    (
      box.querySelector("[autofocus]") ?? box.querySelector(".sheet-body button, .sheet-body input, .sheet-body a")
    )?.focus();
  });
}

/** A list of choices: [{ label, name (of the icon), danger, value }]. Resolves with the value chosen. */
export function choose(title, choices) {
  return open(title, (close) =>
    el(
      "ul",
      { class: "choices" },
      choices.map((choice) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: choice.danger ? "choice danger" : "choice",
              on: { click: () => close(choice.value) },
            },
            icon(choice.icon),
            el("span", { text: choice.label }),
          ),
        ),
      ),
    ),
  );
}

/** A passing word at the foot of the page; `trouble` makes it an alert. */
export function toast(words, { trouble = false } = {}) {
  const host = document.querySelector("dialog[open]:last-of-type") ?? document.body;
  document.querySelectorAll(".toast").forEach((old) => old.remove());
  const note = el(
    "div",
    { class: trouble ? "toast trouble" : "toast", role: trouble ? "alert" : "status" },
    icon(trouble ? "alert" : "check"),
    el("span", { text: words }),
  );
  host.append(note);
  setTimeout(() => note.remove(), trouble ? 6000 : 2600);
}

/** Say kindly what an ApiError means. */
export function sayProblem(problem) {
  toast(problem.status === 0 ? t("offline") : t("refused", { why: problem.message }), { trouble: true });
}

export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    toast(t("copied"));
  } catch {
    toast(t("denied"), { trouble: true });
  }
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function coloured(code) {
  const nodes = [];
  let from = 0;
  for (const match of code.matchAll(TOKEN)) {
    const kind = match[2] ? "key" : match[1] ? "string" : match[3] ? "word" : "number";
    nodes.push(code.slice(from, match.index), el("span", { class: `json-${kind}`, text: match[1] ?? match[0] }));
    from = match.index + (match[1] ?? match[0]).length;
  }
  return [...nodes, code.slice(from)];
}

function codeBlock(title, data) {
  const code = JSON.stringify(data, null, 2);
  const button = el(
    "button",
    { type: "button", class: "small", on: { click: () => copy(code) } },
    icon("copy"),
    t("copy"),
  );
  return el(
    "section",
    { class: "code" },
    el("div", { class: "code-head" }, el("h3", { text: title }), button),
    el("pre", { tabindex: "0", "aria-label": title }, el("code", {}, coloured(code))),
  );
}

/** The JSON behind an item of the chat: the LINE message, and the webhook event or API call that carried it. */
export function showJson(item) {
  const has = (part) => part && Object.keys(part).length > 0;
  return open(
    t("jsonTitle"),
    () =>
      el(
        "div",
        { class: "codes" },
        has(item.message) && codeBlock(`LINE message · ${item.message.type ?? item.kind}`, item.message),
        has(item.raw) &&
          codeBlock(item.from === "bot" ? `Messaging API · ${item.via || "reply"}` : "Webhook event", item.raw),
      ),
    { wide: true },
  );
}
