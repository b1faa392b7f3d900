// Saving: by itself a while after the last change, or at once by hand. Nothing is lost when two write at a time.
import { button, el } from "./dom.js";

const IDLE = 4_000;
const AGAIN = 15_000;

export async function ask(writing, address, data) {
  const answer = await fetch(address, {
    method: "POST", redirect: "manual", body: JSON.stringify(data),
    headers: { "Content-Type": "application/json", "X-CSRFToken": writing.csrf },
  });
  if (answer.type === "opaqueredirect" || answer.status === 400) return { status: 401, told: {} };
  const json = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, told: json ? await answer.json() : {} };
}

export class Saving {
  constructor(writing, state) {
    Object.assign(this, { writing, state, busy: false, held: false });
    writing.touched = () => this.touched();
    addEventListener("beforeunload", (event) => { if (writing.dirty) event.preventDefault(); });
  }

  touched(wait = IDLE) {
    if (!this.held) this.say(this.writing.dirty ? "unsaved" : "saved");
    clearTimeout(this.timer);
    if (this.writing.dirty && !this.held) this.timer = setTimeout(() => this.save(), wait);
  }

  say(word, more = "") {
    this.state.dataset.state = word;
    this.state.replaceChildren(this.writing.w(word) + (more ? ` ${more}` : ""));
  }

  // Whether everything is saved now.
  async save() {
    clearTimeout(this.timer);
    if (this.busy) { this.touched(); return false; }
    if (!this.writing.dirty) { this.say("saved"); return true; }
    this.busy = true;
    this.say("saving");
    const sent = this.writing.now;
    try {
      const data = { draft: JSON.parse(sent), base: JSON.parse(this.writing.base), revision: this.writing.revision };
      this.heard(await ask(this.writing, this.writing.addresses.save, data), sent);
    } catch {
      this.failed();
    } finally {
      this.busy = false;
    }
    return !this.writing.dirty;
  }

  heard({ status, told }, sent) {
    if (status === 200) {
      this.writing.base = sent;
      this.writing.revision = told.revision;
      this.held = false;
      if (this.writing.dirty) this.touched();
      else this.say("saved", told.at);
    } else if (status === 409) this.overtaken(told);
    else if (status === 401 || status === 403) {
      this.held = true;
      this.say("signed_out");
      this.state.append(" ", el("a", { href: "/console/sign-in", target: "_blank", text: this.writing.w("sign_in") }));
    } else if (status === 422) {
      this.held = true;
      this.say("not_saved", told.error);
    } else this.failed();
  }

  failed() {
    this.say("not_saved");
    this.timer = setTimeout(() => this.save(), AGAIN);
  }

  overtaken(told) {
    const { writing } = this;
    this.held = true;
    this.say("unsaved");
    const changes = (list) => el("ul", { class: "changes" }, list.map((each) => el("li", {}, el("b", { text: each.place }), ` ${each.what} `,
      each.before && each.manner !== "moved" ? el("del", { text: each.before }) : null, each.after ? " → " : "", each.after ? el("ins", { text: each.after }) : null)));
    const take = (draft, announce = "") => {
      const mine = writing.now;
      writing.undone.push(mine);
      writing.base = JSON.stringify(told.draft);
      writing.revision = told.revision;
      writing.draft = draft;
      this.held = false;
      box.close();
      writing.render();
      writing.changed();
      this.touched();
      if (announce) writing.announce(announce);
    };
    const box = el("dialog", { class: "overtaken", "aria-labelledby": "overtaken-title" },
      el("h2", { id: "overtaken-title", text: writing.w("overtaken", { who: told.who, at: told.at }) }),
      el("p", { text: writing.w("overtaken_lead") }),
      el("h3", { text: writing.w("their_changes") }), changes(told.changes),
      told.clashes.length ? el("h3", { text: writing.w("clashes") }) : null,
      told.clashes.length ? el("ul", {}, told.clashes.map((text) => el("li", { text }))) : null,
      el("div", { class: "choose-one" },
        button(writing.w("merge"), () => take(told.merged, writing.w("merged")), { class: "main" }),
        button(writing.w("overwrite"), () => { take(writing.draft); this.save(); }),
        button(writing.w("theirs"), () => take(told.draft), { class: "danger" }),
        button(writing.w("later"), () => box.close(), { class: "plain" })));
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  }
}
