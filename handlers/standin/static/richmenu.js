// The rich menu: the panel of large buttons that an account keeps under the chat.

import * as api from "./api.js";
import { tappable } from "./actions.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { ours } from "./pictures.js";
import { t } from "./words.js";

const SHORT = 560; // pixels of height below which the menu waits to be opened

export class RichMenu {
  constructor(phone) {
    this.phone = phone;
    this.bar = el("button", {
      type: "button",
      class: "menu-bar",
      "aria-expanded": "false",
      hidden: true,
      on: { click: () => this.toggle() },
    });
    this.panel = el("div", { class: "menu-panel", role: "group", hidden: true });
    this.shown = "";
    this.touched = false;
  }

  /** Fetch the menu in force and draw it when it is another one. */
  async refresh() {
    const menu = await api.richMenu(this.phone.citizen.userId).catch(() => undefined);
    const mark = JSON.stringify(menu);
    if (menu === undefined || mark === this.shown) return;
    this.shown = mark;
    this.bar.hidden = !menu;
    this.panel.replaceChildren();
    if (menu) this.draw(menu);
    this.show(
      Boolean(menu) && Boolean(this.touched ? !this.panel.hidden : menu.selected && window.innerHeight > SHORT),
    );
  }

  draw(menu) {
    this.bar.replaceChildren(icon("menu"), el("span", { text: menu.chatBarText ?? t("richMenu") }), icon("down"));
    this.panel.setAttribute("aria-label", menu.chatBarText ?? t("richMenu"));
    const { width, height } = menu.size;
    this.panel.style.setProperty("aspect-ratio", `${width} / ${height}`);
    const painted = Boolean(menu.imageUrl) && ours(menu.imageUrl);
    if (painted) this.panel.append(el("img", { src: menu.imageUrl, alt: "" }));
    this.panel.classList.toggle("painted", painted);
    this.panel.append(...menu.areas.map((area) => this.area(area, { width, height }, painted)));
  }

  area({ bounds, action }, { width, height }, painted) {
    const label = action.label ?? action.displayText ?? action.text ?? action.data ?? "";
    const node = tappable(
      action,
      this.phone,
      { class: "area", "aria-label": label },
      painted ? "" : el("span", { text: label }),
    );
    const rules = [
      ["left", bounds.x / width],
      ["top", bounds.y / height],
      ["width", bounds.width / width],
      ["height", bounds.height / height],
    ];
    for (const [rule, value] of rules) node.style.setProperty(rule, `${value * 100}%`);
    return node;
  }

  /** The citizen opens or closes it; from then on it is as they left it. */
  toggle(on = this.panel.hidden) {
    this.touched = true;
    this.show(on);
  }

  show(on) {
    this.panel.hidden = !on || !this.panel.childElementCount;
    this.bar.setAttribute("aria-expanded", String(!this.panel.hidden));
  }
}
