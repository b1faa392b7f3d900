// Quick replies: the row of suggestions that floats above the composer.

import { perform } from "./actions.js";
import { el, rove } from "./dom.js";
import { icon } from "./icons.js";
import { picture } from "./pictures.js";
import { link } from "./text.js";
import { t } from "./words.js";

const MARKS = { camera: "camera", cameraRoll: "photo", location: "pin", datetimepicker: "calendar" };
const STAY = new Set([...Object.keys(MARKS), "uri", "clipboard"]); // tapping these says nothing yet

export class QuickReplies {
  #taken = 0;
  #shown = null;

  constructor(phone) {
    this.phone = phone;
    this.node = el("div", { class: "quick", role: "group", "aria-label": t("quick"), hidden: true });
    this.node.addEventListener("wheel", (event) => this.roll(event), { passive: false });
    this.stops = rove(this.node, ".reply");
  }

  /** LINE shows only the last message's quick replies, until anything follows it. */
  offer(items) {
    const last = items.findLast((item) => item.kind !== "system");
    const speaking = this.phone.sending.waiting.some((entry) => entry.state !== "failed");
    const open = last?.from === "bot" && last.cursor > this.#taken && !speaking;
    const key = open ? last.key : null;
    if (this.#shown === key) return;
    this.#shown = key;
    const focused = this.node.contains(document.activeElement);
    const replies = open ? (last.message.quickReply?.items ?? []) : [];
    this.node.replaceChildren(...replies.map((item) => this.reply(item, last)));
    this.node.hidden = replies.length === 0;
    this.node.scrollLeft = 0;
    this.stops();
    if (focused) this.phone.rest();
  }

  reply({ action, imageUrl }, item) {
    const mark = imageUrl ? picture(imageUrl, "") : MARKS[action.type] && icon(MARKS[action.type]);
    const inside = [mark, el("span", { text: action.label ?? "" })];
    const onward = action.type === "uri" && link(action.uri ?? "", { class: "reply" }, ...inside);
    return (
      onward ||
      el("button", { type: "button", class: "reply", on: { click: () => this.take(action, item) } }, ...inside)
    );
  }

  take(action, item) {
    if (!STAY.has(action.type)) this.#taken = item.cursor;
    perform(action, this.phone);
    this.offer(this.phone.items());
  }

  /** What was taken did not get through: offer it again. */
  restore() {
    this.#taken = 0;
  }

  /** A mouse wheel turns the row sideways. */
  roll(event) {
    if (Math.abs(event.deltaX) >= Math.abs(event.deltaY)) return;
    event.preventDefault();
    this.node.scrollLeft += event.deltaY;
  }

  focus() {
    this.node.querySelector("[tabindex='0']")?.focus();
  }
}
