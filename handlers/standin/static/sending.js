// What a citizen has said that the stand-in has not yet confirmed: in order, and never lost.

import * as api from "./api.js";
import { recall, remember } from "./memory.js";

let count = 0;

export class Sending {
  #turn = Promise.resolve();

  constructor(userId, changed) {
    this.userId = userId;
    this.changed = changed;
    this.waiting = recall(`unsent.${userId}`, []).map((message) => this.#entry(message, "failed"));
  }

  #entry(message, state) {
    return { key: `mine-${(count += 1)}`, message, state, at: Date.now(), messageId: "" };
  }

  add(message) {
    const entry = this.#entry(message, "sending");
    this.waiting.push(entry);
    this.#go(entry);
  }

  again(entry) {
    entry.state = "sending";
    this.#go(entry);
  }

  drop(entry) {
    this.waiting = this.waiting.filter((one) => one !== entry);
    this.#note();
  }

  /** Items came in: what they confirm no longer waits. */
  confirm(items) {
    for (const item of items) {
      if (item.from !== "citizen" || item.kind !== "message") continue;
      const same =
        this.waiting.find((one) => one.messageId === item.messageId) ??
        this.waiting.find((one) => one.state === "sending" && !one.messageId && alike(one.message, item.message));
      if (same) this.drop(same);
    }
  }

  /** Forget what the feed holds by now. */
  settle(items) {
    const known = new Set(items.map((item) => item.messageId));
    this.waiting = this.waiting.filter((entry) => !entry.messageId || !known.has(entry.messageId));
  }

  #go(entry) {
    this.#note();
    this.#turn = this.#turn.then(async () => {
      try {
        entry.messageId = (await api.send(this.userId, entry.message)).messageId;
        entry.state = "sent";
      } catch (problem) {
        if (!this.waiting.includes(entry)) return;
        entry.state = "failed";
        this.changed(problem);
      }
      this.#note();
    });
  }

  /** Words that did not get through survive a closed tab; pictures are too large for that. */
  #note() {
    const failed = this.waiting
      .filter((one) => one.state === "failed" && !one.message.content)
      .map((one) => one.message);
    remember(`unsent.${this.userId}`, failed.length ? failed : undefined);
    this.changed();
  }
}

const alike = (one, other) => one.type === other.type && one.text === other.text && one.stickerId === other.stickerId;
