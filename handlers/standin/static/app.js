// The page: which citizens there are, whose phones are open, and the feed that keeps them in step.

import * as api from "./api.js";
import { open, sayProblem, toast } from "./dialogs.js";
import { arrange, el } from "./dom.js";
import { gist } from "./bubbles.js";
import { Feed, pause } from "./feed.js";
import { icon, portrait } from "./icons.js";
import { recall, remember } from "./memory.js";
import { Phone } from "./phone.js";
import { pickCitizen } from "./pickers.js";
import { beginRehearsal } from "./rehearsal.js";
import { LANGUAGES, clock, language, setLanguage, t } from "./words.js";

const WIDE = window.matchMedia("(min-width: 1000px)");
const RAIL = 300; // pixels beside the phones
const NARROWEST = 330; // pixels a phone needs
const MOST = 40; // citizens listed; of more, those who spoke last
const FIRST = { displayName: "สมหญิง", language: "th" };

class Home {
  constructor() {
    this.feed = new Feed();
    this.citizens = [];
    this.phones = new Map();
    this.opened = recall("open", []);
    this.active = recall("active", "");
    this.seen = recall("seen", {});
    this.rail = el("aside", { class: "rail" });
    this.stage = el("main", { class: "stage" });
    document.body.append(
      this.rail,
      this.stage,
      el("p", { class: "offline", hidden: true, role: "alert", text: t("offline") }),
    );
    document.body.classList.toggle("developer", recall("developer", false));
  }

  async start() {
    setLanguage(language());
    await this.meetAll();
    this.feed.addEventListener("items", ({ detail }) => this.receive(detail));
    this.feed.addEventListener("forgotten", () => this.startAgain());
    this.feed.addEventListener("offline", () => (document.querySelector(".offline").hidden = false));
    this.feed.addEventListener("online", () => this.backOnline());
    window.addEventListener("resize", () => this.show());
    this.feed.start();
    await this.rehearse();
  }

  /** A made-up citizen comes on, where the page was opened to rehearse a survey. */
  async rehearse() {
    try {
      const id = await beginRehearsal();
      if (!id) return;
      this.citizens = await api.citizens();
      this.opened = [id]; // theirs alone is in view
      this.open(id);
    } catch (problem) {
      sayProblem(problem);
    }
  }

  /** Ask who there is until the stand-in answers; the first visitor finds a citizen ready. */
  async meetAll() {
    for (;;) {
      try {
        this.citizens = await api.citizens();
        if (!this.citizens.length) this.citizens = [await api.addCitizen(FIRST.displayName, FIRST.language)];
        return this.show();
      } catch (problem) {
        sayProblem(problem);
        await pause(3000);
      }
    }
  }

  async refresh() {
    this.citizens = await api.citizens();
    for (const citizen of this.citizens) this.phones.get(citizen.userId)?.meet(citizen);
    this.show();
  }

  async startAgain() {
    this.phones.clear();
    await this.meetAll();
  }

  backOnline() {
    document.querySelector(".offline").hidden = true;
    toast(t("online"));
    this.refresh().catch(sayProblem);
  }

  receive({ items, users }) {
    for (const user of users) this.phones.get(user)?.receive(items.filter((item) => item.userId === user));
    const strangers = [...users].some((user) => !this.citizens.some((one) => one.userId === user));
    if (strangers || items.some((item) => item.kind === "system")) this.refresh().catch(() => {});
    this.look();
    this.drawRail();
  }

  // -- which phones are in view

  room() {
    return WIDE.matches ? Math.max(1, Math.min(3, Math.floor((window.innerWidth - RAIL) / NARROWEST))) : 1;
  }

  several() {
    return WIDE.matches && this.inView().length > 1;
  }

  inView() {
    const known = (id) => this.citizens.some((citizen) => citizen.userId === id);
    const wanted = this.opened.filter(known);
    if (!wanted.length) wanted.push(this.citizens[0].userId);
    const active = wanted.includes(this.active) ? this.active : wanted[0];
    if (!WIDE.matches) return [active];
    const shown = wanted.slice(0, this.room());
    return shown.includes(active) ? shown : [...shown.slice(0, -1), active];
  }

  show() {
    const shown = this.inView();
    arrange(
      this.stage,
      shown.map((id) => this.phone(id).node),
    );
    this.stage.dataset.count = String(shown.length);
    this.look();
    this.drawRail();
  }

  phone(id) {
    if (!this.phones.has(id))
      this.phones.set(
        id,
        new Phone(
          this.citizens.find((citizen) => citizen.userId === id),
          this,
        ),
      );
    return this.phones.get(id);
  }

  open(id) {
    const others = WIDE.matches ? this.inView() : this.opened;
    this.opened = others.includes(id) ? others : [...others.slice(-(Math.max(this.room(), 2) - 1)), id];
    this.active = id;
    remember("open", this.opened);
    remember("active", id);
    this.show();
    this.phone(id).log.toEnd();
  }

  close(id) {
    this.opened = this.inView().filter((one) => one !== id);
    this.active = this.opened[0] ?? "";
    remember("open", this.opened);
    remember("active", this.active);
    this.show();
  }

  // -- what was read

  look() {
    const last = (id) => this.feed.of(id).at(-1)?.cursor ?? 0;
    for (const id of this.inView()) this.seen[id] = Math.max(last(id), Math.min(this.seen[id] ?? 0, this.feed.cursor));
    remember("seen", this.seen);
    const waiting = this.citizens.reduce((sum, citizen) => sum + this.unread(citizen.userId), 0);
    for (const { unread } of this.phones.values()) {
      unread.hidden = waiting === 0;
      unread.textContent = String(waiting);
      unread.setAttribute("aria-label", t("unread", { count: waiting }));
    }
  }

  unread(id) {
    if (this.inView().includes(id)) return 0;
    return this.feed.of(id).filter((item) => item.from === "bot" && item.cursor > (this.seen[id] ?? 0)).length;
  }

  // -- the list of citizens: beside the phones, or in a sheet

  drawRail() {
    const focused = document.activeElement?.closest?.(".rail [data-open]")?.dataset.open;
    this.rail.replaceChildren(
      el(
        "a",
        { class: "brand", href: "/" },
        el("span", { class: "portrait sign", "aria-hidden": "true" }),
        el("span", {}, el("b", { text: document.body.dataset.bot }), el("small", { text: t("demo") })),
      ),
      el("p", { class: "about", text: t("demoText") }),
      this.people((id) => (this.several() && this.inView().includes(id) ? this.close(id) : this.open(id))),
      this.tools(() => {}),
      el("p", { class: "about tip", text: t("pressHint") }),
    );
    if (focused) this.rail.querySelector(`[data-open="${CSS.escape(focused)}"]`)?.focus();
  }

  people(act) {
    const shown = this.inView();
    const recent = (citizen) =>
      shown.includes(citizen.userId) ? Infinity : (this.feed.of(citizen.userId).at(-1)?.cursor ?? 0);
    const few =
      this.citizens.length <= MOST
        ? this.citizens
        : [...this.citizens].sort((one, other) => recent(other) - recent(one)).slice(0, MOST);
    return el(
      "ul",
      { class: "people", "aria-label": t("openPhones") },
      few.map((citizen) => {
        const last = this.feed.of(citizen.userId).findLast((item) => item.kind !== "system");
        const unread = this.unread(citizen.userId);
        const said = last ? gist(last) : t(citizen.friend ? "friend" : "stranger");
        const on = shown.includes(citizen.userId);
        return el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: on ? "person on" : "person",
              "aria-pressed": String(on),
              "data-open": citizen.userId,
              on: { click: () => act(citizen.userId) },
            },
            portrait(citizen),
            el("span", { class: "person-words" }, el("b", { text: citizen.displayName }), el("small", { text: said })),
            el(
              "span",
              { class: "person-end" },
              el("small", { lang: citizen.language, text: LANGUAGES[citizen.language] ?? citizen.language }),
              unread
                ? el("span", { class: "badge", text: String(unread), "aria-label": t("unread", { count: unread }) })
                : last && el("small", { text: clock(last.at) }),
            ),
          ),
        );
      }),
    );
  }

  tools(done) {
    const tool = (drawing, label, act) =>
      el(
        "button",
        {
          type: "button",
          class: "tool",
          on: {
            click: () => {
              done();
              act();
            },
          },
        },
        icon(drawing),
        el("span", { text: label }),
      );
    return el(
      "div",
      { class: "tools" },
      tool("personAdd", t("addCitizen"), () => this.add()),
      tool("globe", t("setLanguage"), () => this.changeLanguage()),
    );
  }

  /** On a phone: whose phone to hold. */
  switcher() {
    return open(t("switchCitizen"), (close) =>
      el(
        "div",
        {},
        this.people((id) => {
          close();
          this.open(id);
        }),
        this.tools(close),
        el("p", { class: "about", text: t("hint") }),
      ),
    );
  }

  async add() {
    const wanted = await pickCitizen();
    if (!wanted) return;
    try {
      const citizen = await api.addCitizen(wanted.displayName, wanted.language);
      this.citizens.push(citizen);
      this.open(citizen.userId);
      await this.refresh();
    } catch (problem) {
      sayProblem(problem);
    }
  }

  toggleBraces() {
    remember("developer", document.body.classList.toggle("developer"));
  }

  changeLanguage() {
    setLanguage(language() === "th" ? "en" : "th");
    this.phones.clear();
    document.querySelector(".offline").textContent = t("offline");
    this.show();
  }
}

new Home().start();
