// What has been said, kept in step with the stand-in by one long poll for the whole page.

import * as api from "./api.js";

const PAUSES = [1000, 2000, 4000, 8000]; // milliseconds before trying again

export class Feed extends EventTarget {
  #cursor = 0;
  #talks = new Map();
  #failures = 0;
  #begun = false;

  /** The items of a citizen's talk, oldest first. An item that came again (unsent) has taken its old place. */
  of(userId) {
    return this.#talks.get(userId)?.order ?? [];
  }

  get cursor() {
    return this.#cursor;
  }

  async start() {
    for (;;) await this.#turn();
  }

  async #turn() {
    const asked = this.#cursor;
    try {
      const told = await api.chat(asked, this.#begun && !this.#failures ? undefined : 0);
      if (told.cursor < asked) this.#forget();
      else this.#take(told);
      this.#recovered();
    } catch {
      this.#failures += 1;
      if (this.#failures === 2) this.#tell("offline");
      await pause(PAUSES[Math.min(this.#failures, PAUSES.length) - 1]);
    }
  }

  #take({ cursor, items }) {
    const first = !this.#begun;
    this.#begun = true;
    for (const item of items) if (!item.groupId) this.#keep(item);
    this.#cursor = cursor;
    if (items.length || first) this.#tell("items", { items, users: new Set(items.map((item) => item.userId)) });
  }

  #keep(item) {
    const talk = this.#talks.get(item.userId) ?? { order: [], places: new Map() };
    this.#talks.set(item.userId, talk);
    const key = item.messageId || `at-${item.cursor}`;
    const known = talk.places.get(key);
    if (known === undefined) {
      talk.places.set(key, talk.order.length);
      talk.order.push({ ...item, key, version: 0 });
    } else {
      const before = talk.order[known];
      talk.order[known] = { ...item, key, at: before.at, cursor: before.cursor, version: before.version + 1 };
    }
  }

  /** The stand-in was started afresh: what we hold is no longer there. */
  #forget() {
    this.#cursor = 0;
    this.#begun = false;
    this.#talks.clear();
    this.#tell("forgotten");
  }

  #recovered() {
    if (this.#failures >= 2) this.#tell("online");
    this.#failures = 0;
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
