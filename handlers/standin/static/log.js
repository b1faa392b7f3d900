// The log of one talk: bubbles in order, days between them, what is still being sent at the end.

import { bubble } from "./bubbles.js";
import { arrange, el } from "./dom.js";
import { icon, sign } from "./icons.js";
import { clock, dayName, longDate, t } from "./words.js";

const GROUPED = 60_000; // milliseconds within which one speaker's messages share a portrait
const NEAR = 80; // pixels from the end that still count as being at the end
const HOLD = 480; // milliseconds of pressing that open a message's menu

export class Log {
  #rows = new Map();
  #stick = true;
  #size = "";

  constructor(phone) {
    this.phone = phone;
    this.list = el("div", { class: "list" });
    this.typing = el(
      "div",
      { class: "typing", hidden: true, role: "status" },
      sign(),
      el("span", { class: "bubble dots", "aria-label": t("typing") }, el("i"), el("i"), el("i")),
    );
    this.newest = el(
      "button",
      { type: "button", class: "newest", hidden: true, on: { click: () => this.toEnd() } },
      icon("down"),
      el("span", { text: t("newest") }),
    );
    this.scroller = el(
      "div",
      {
        class: "log",
        role: "log",
        "aria-live": "polite",
        "aria-label": t("log"),
        tabindex: "0",
        lang: phone.citizen.language,
      },
      this.list,
      this.typing,
    );
    this.node = el("div", { class: "log-frame" }, this.scroller, this.newest);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.key(event));
    const watcher = new ResizeObserver(() => this.#stick && this.toEnd());
    watcher.observe(this.list);
    watcher.observe(this.scroller);
  }

  /** Only a person's own scrolling leaves the end; a tray that opens or a picture that grows does not. */
  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const size = `${scrollHeight} ${clientHeight}`;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    if (near || size === this.#size) this.#stick = near;
    if (near) this.newest.hidden = true;
    this.#size = size;
  }

  toEnd() {
    this.#stick = true;
    this.newest.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  setTyping(on) {
    if (this.typing.hidden === !on) return;
    this.typing.hidden = !on;
    if (this.#stick) this.toEnd();
  }

  /** Show these items, and after them what waits to be sent. */
  render(items, waiting) {
    const before = this.#rows.size;
    const told = [...items, ...waiting.map((entry) => local(entry, this.phone.citizen))].filter(visible);
    const nodes = [];
    const kept = new Map();
    told.forEach((item, at) => {
      if (at === 0 || new Date(item.at).toDateString() !== new Date(told[at - 1].at).toDateString())
        nodes.push(this.#day(item, kept));
      const node = this.#row(item, kept);
      node.classList.toggle("first", !together(told[at - 1], item));
      node.classList.toggle("last", !together(item, told[at + 1]));
      nodes.push(node);
    });
    this.#rows = kept;
    arrange(this.list, nodes);
    this.#arrived(told, before);
  }

  #arrived(told, before) {
    if (this.#stick || told.at(-1)?.from === "citizen") this.toEnd();
    else if (this.#rows.size > before) this.newest.hidden = false;
  }

  #day(item, kept) {
    const key = `day-${new Date(item.at).toDateString()}`;
    const node = this.#rows.get(key)?.node ?? el("div", { class: "day" }, el("span", { text: dayName(item.at) }));
    kept.set(key, { node });
    return node;
  }

  #row(item, kept) {
    const mark = `${item.version ?? 0}${item.state ?? ""}`;
    let row = this.#rows.get(item.key);
    if (row?.mark !== mark) {
      const focused = row?.node.contains(document.activeElement);
      const node = this.#draw(item);
      row?.node.replaceWith(node);
      row = { node, mark };
      if (focused) node.focus();
    }
    kept.set(item.key, row);
    return row.node;
  }

  #draw(item) {
    if (item.unsent) return note(t("unsentMe"));
    if (item.kind === "system")
      return note(SYSTEM[item.message?.type] ? t(SYSTEM[item.message.type]) : (item.message?.type ?? ""));
    if (item.kind === "postback" && !item.message.displayText) return this.#quiet(item);
    return this.#message(item);
  }

  /** A postback that LINE's chat would not show: a faint note here, so that its JSON can be seen. */
  #quiet(item) {
    const { date, ...others } = item.message.params ?? {};
    const what = date ? longDate(date) : Object.values(others).join(" ");
    const button = el(
      "button",
      { type: "button", on: { click: () => this.phone.showJson(item) } },
      what ? t("chose", { what }) : t("tapped"),
    );
    return el("div", { class: "row note", "data-key": item.key }, button);
  }

  #message(item) {
    const mine = item.from === "citizen";
    const who = mine ? this.phone.citizen.displayName : (item.message.sender?.name ?? document.body.dataset.bot);
    const shown =
      item.kind === "postback" ? { ...item, message: { type: "text", text: item.message.displayText } } : item;
    const row = el(
      "div",
      {
        class: `row ${mine ? "mine" : "theirs"} ${item.state ?? ""}`,
        tabindex: "-1",
        "data-key": item.key,
        "data-message": item.messageId || null,
      },
      el("span", { class: "who" }, mine ? null : sign()),
      el(
        "div",
        { class: "stack" },
        el("span", { class: mine ? "unseen-text" : "speaker", text: `${who}` }),
        el("div", { class: "line" }, bubble(shown, this.phone), this.#beside(item)),
      ),
    );
    this.#listen(row, item);
    return row;
  }

  #beside(item) {
    const json =
      !item.local &&
      el(
        "button",
        {
          type: "button",
          class: "beside",
          tabindex: "-1",
          "aria-label": t("messageMenu"),
          on: { click: () => this.phone.offer(item) },
        },
        icon("more"),
      );
    const braces =
      !item.local &&
      el(
        "button",
        { type: "button", class: "braces", "aria-label": t("json"), on: { click: () => this.phone.showJson(item) } },
        icon("braces"),
      );
    const again =
      item.state === "failed" &&
      el(
        "button",
        {
          type: "button",
          class: "again",
          "aria-label": t("failed"),
          on: { click: () => this.phone.offerAgain(item.entry) },
        },
        icon("alert"),
      );
    const when =
      item.state === "sending"
        ? el("span", { class: "when", text: t("sending") })
        : el("time", { class: "when", datetime: new Date(item.at).toISOString(), text: clock(item.at) });
    return el("span", { class: "meta" }, again, braces, json, when);
  }

  #listen(row, item) {
    let held = null;
    const offer = () => (item.local ? this.phone.offerAgain(item.entry) : this.phone.offer(item));
    row.addEventListener("contextmenu", (event) => {
      if (event.target.closest("a, video, audio, input") && !event.target.closest(".bubble")) return;
      event.preventDefault();
      clearTimeout(held);
      offer();
    });
    row.addEventListener("touchstart", () => (held = setTimeout(offer, HOLD)), { passive: true });
    for (const end of ["touchend", "touchmove", "touchcancel"])
      row.addEventListener(end, () => clearTimeout(held), { passive: true });
    row.addEventListener("keydown", (event) => {
      if (event.target !== row || !["Enter", " ", "ContextMenu"].includes(event.key)) return;
      event.preventDefault();
      offer();
    });
  }

  /** Up and Down walk through the messages, as do Home and End. */
  key(event) {
    const rows = [...this.list.querySelectorAll(".row[tabindex]")];
    const at = rows.indexOf(document.activeElement);
    const to = {
      ArrowUp: at < 0 ? rows.length - 1 : at - 1,
      ArrowDown: at < 0 ? rows.length : at + 1,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to === undefined || (at < 0 && document.activeElement !== this.scroller)) return;
    event.preventDefault();
    rows[Math.max(0, to)]?.focus();
  }
}

const SYSTEM = { follow: "followNote", unfollow: "blockedNote", unblock: "unblockNote" };
const note = (words) => el("div", { class: "row note" }, el("span", { text: words }));
const visible = (item) => item.unsent || item.kind !== "system" || item.message?.type in SYSTEM;
const bubbled = (item) => item && !item.unsent && (item.kind === "message" || Boolean(item.message?.displayText));

function together(one, other) {
  return (
    bubbled(one) &&
    bubbled(other) &&
    one.from === other.from &&
    other.at - one.at < GROUPED &&
    clock(one.at) === clock(other.at)
  );
}

const local = (entry, citizen) => ({
  key: entry.key,
  entry,
  local: true,
  state: entry.state,
  at: entry.at,
  userId: citizen.userId,
  from: "citizen",
  kind: "message",
  messageId: "",
  message: entry.message,
});
