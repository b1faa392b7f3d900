// One phone in the hand of one citizen: the head, the talk, quick replies, the composer and the rich menu.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { choose, copy, sayProblem, showJson } from "./dialogs.js";
import { byThumb, el } from "./dom.js";
import { pause } from "./feed.js";
import { icon, portrait, sign } from "./icons.js";
import { Log } from "./log.js";
import { QuickReplies } from "./quick.js";
import { isTest } from "./rehearsal.js";
import { RichMenu } from "./richmenu.js";
import { Sending } from "./sending.js";
import { t } from "./words.js";

const GLANCE = 900; // milliseconds between looks at the typing sign
const HOPE = 60_000; // how long after speaking an answer is looked for
const MORE = 5000; // and how long after an answer another one

export class Phone {
  #hopeUntil = 0;
  #looking = false;

  constructor(citizen, home) {
    this.citizen = citizen;
    this.home = home;
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.menu = new RichMenu(this);
    this.sending = new Sending(citizen.userId, (problem) => this.changed(problem));
    this.quick = new QuickReplies(this);
    this.start = el("div", { class: "start" });
    this.barred = el(
      "div",
      { class: "barred" },
      el("p", { text: t("blocked") }),
      el("button", {
        type: "button",
        class: "main",
        text: t("unblock"),
        on: { click: () => this.attempt(api.unblock) },
      }),
    );
    this.node = el(
      "section",
      { class: "phone", "aria-label": t("me", { name: citizen.displayName }), "data-citizen": citizen.userId },
      this.head(),
      ...(isTest(citizen) ? [el("p", { class: "test-mark", text: t("testMark") })] : []),
      this.log.node,
      this.start,
      this.quick.node,
      this.barred,
      this.composer.node,
      this.menu.bar,
      this.menu.panel,
    );
    this.meet(citizen);
    this.menu.refresh();
  }

  head() {
    this.unread = el("span", { class: "badge", hidden: true });
    const change = el(
      "button",
      {
        type: "button",
        class: "switch",
        "aria-label": `${t("switchCitizen")} (${this.citizen.displayName})`,
        on: { click: () => this.home.switcher() },
      },
      portrait(this.citizen),
      icon("down"),
      this.unread,
    );
    const more = el(
      "button",
      { type: "button", class: "plain more", "aria-label": t("menu"), on: { click: () => this.options() } },
      icon("more"),
    );
    return el(
      "header",
      { class: "head" },
      change,
      el(
        "div",
        { class: "title" },
        el(
          "h2",
          {},
          el("span", { class: "official", role: "img", "aria-label": t("official") }, icon("check")),
          el("span", { class: "bot-name", text: document.body.dataset.bot }),
        ),
        el("p", { text: t("me", { name: this.citizen.displayName }) }),
      ),
      more,
    );
  }

  /** The citizen as the stand-in now knows them: stranger, friend, or one who has blocked the account. */
  meet(citizen) {
    this.citizen = citizen;
    const stranger = !citizen.friend && !citizen.blocked && !this.items().some((item) => item.kind === "message");
    this.node.classList.toggle("stranger", stranger);
    this.node.classList.toggle("blocked", citizen.blocked);
    this.start.replaceChildren(...(stranger ? this.welcome() : []));
    this.start.hidden = !stranger;
    this.barred.hidden = !citizen.blocked;
    this.composer.node.hidden = stranger || citizen.blocked;
    this.log.node.hidden = stranger;
    this.render();
  }

  welcome() {
    const add = el(
      "button",
      { type: "button", class: "main add", on: { click: () => this.attempt(api.follow) } },
      icon("personAdd"),
      el("span", { text: t("add") }),
    );
    return [
      el("div", { class: "cover" }),
      el(
        "div",
        { class: "profile" },
        sign(),
        el("h3", { text: document.body.dataset.bot }),
        el("p", { class: "greeting", text: t("welcome") }),
        el("p", { text: t("welcomeText") }),
        add,
        el("p", { class: "hint", text: t("welcomeDemo", { name: this.citizen.displayName }) }),
        el("p", { class: "hint", text: t("demoText") }),
      ),
    ];
  }

  items() {
    return this.home.feed.of(this.citizen.userId);
  }

  /** New items arrived in this talk. */
  receive(items) {
    this.sending.confirm(items);
    if (items.some((item) => item.from === "bot")) this.answered();
    this.render();
    this.menu.refresh();
  }

  changed(problem) {
    if (problem) sayProblem(problem);
    this.render();
  }

  render() {
    const items = this.items();
    this.sending.settle(items);
    this.log.render(items, this.sending.waiting);
    this.quick.offer(items);
  }

  /** Where the focus goes when what held it is gone. */
  rest() {
    if (byThumb()) this.log.scroller.focus({ preventScroll: true });
    else this.composer.words.focus({ preventScroll: true });
  }

  send(message) {
    this.sending.add(message);
    this.hope();
  }

  async postback(body) {
    this.hope();
    await this.attempt((id) => api.postback(id, body));
  }

  async attempt(act) {
    try {
      await act(this.citizen.userId);
      await this.home.refresh();
    } catch (problem) {
      this.quick.restore();
      sayProblem(problem);
      this.render();
    }
  }

  /** Look for the typing sign while an answer may be on its way. */
  async hope() {
    this.#hopeUntil = Date.now() + HOPE;
    if (this.#looking) return;
    this.#looking = true;
    while (Date.now() < this.#hopeUntil && this.node.isConnected) {
      const told = await api.loading(this.citizen.userId).catch(() => null);
      this.log.setTyping(Boolean(told?.loading));
      await pause(GLANCE);
    }
    this.log.setTyping(false);
    this.#looking = false;
  }

  /** A message ends the typing sign; more may follow it soon. */
  answered() {
    this.#hopeUntil = Math.min(this.#hopeUntil, Date.now() + MORE);
    this.log.setTyping(false);
  }

  switchMenu(action) {
    return this.postback({
      data: action.data,
      params: { newRichMenuAliasId: action.richMenuAliasId, status: "SUCCESS" },
    }).then(() => this.menu.refresh());
  }

  showJson(item) {
    return showJson(item);
  }

  /** The menu of one message. */
  async offer(item) {
    if (document.querySelector("dialog[open]")) return;
    const words = item.message?.text ?? item.message?.displayText;
    const mine = item.from === "citizen" && item.kind === "message";
    const chosen = await choose(
      t("messageMenu"),
      [
        { label: t("json"), icon: "braces", value: "json" },
        words && { label: t("copy"), icon: "copy", value: "copy" },
        mine && { label: t("unsend"), icon: "undo", value: "unsend", danger: true },
      ].filter(Boolean),
    );
    if (chosen === "json") await showJson(item);
    if (chosen === "copy") await copy(words);
    if (chosen === "unsend") await this.attempt((id) => api.unsend(id, item.messageId));
  }

  async offerAgain(entry) {
    const chosen = await choose(t("failed"), [
      { label: t("resend"), icon: "send", value: "again" },
      { label: t("forget"), icon: "close", value: "drop", danger: true },
    ]);
    if (chosen === "again") this.sending.again(entry);
    if (chosen === "drop") this.sending.drop(entry);
  }

  async options() {
    const blocked = this.citizen.blocked;
    const chosen = await choose(
      t("menu"),
      [
        blocked
          ? { label: t("unblock"), icon: "check", value: "unblock" }
          : { label: t("block"), icon: "ban", value: "block", danger: true },
        { label: t("developer"), icon: "braces", value: "braces" },
        { label: t("addCitizen"), icon: "personAdd", value: "add" },
        { label: t("setLanguage"), icon: "globe", value: "language" },
        this.home.several() && { label: t("closePhone"), icon: "close", value: "close" },
        { label: t("front"), icon: "home", value: "front" },
      ].filter(Boolean),
    );
    const deeds = {
      block: () => this.attempt(api.block),
      unblock: () => this.attempt(api.unblock),
      braces: () => this.home.toggleBraces(),
      add: () => this.home.add(),
      language: () => this.home.changeLanguage(),
      close: () => this.home.close(this.citizen.userId),
      front: () => location.assign("/"),
    };
    deeds[chosen]?.();
  }
}
