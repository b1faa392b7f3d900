// What happens when something a bot sent is tapped: LINE's action objects.

import { el } from "./dom.js";
import { copy, toast } from "./dialogs.js";
import { pickDate, pickPlace } from "./pickers.js";
import { link } from "./text.js";
import { t } from "./words.js";

const DEEDS = {
  message: (action, phone) => phone.send({ type: "text", text: action.text }),
  postback: tapPostback,
  datetimepicker: tapDate,
  location: (_, phone) => askPlace(phone),
  camera: (_, phone) => phone.composer.pickFile("camera"),
  cameraRoll: (_, phone) => phone.composer.pickFile("photo"),
  clipboard: (action) => copy(action.clipboardText),
  richmenuswitch: (action, phone) => phone.switchMenu(action),
  uri: () => toast(t("lineOnly")),
};

/** Do what an action says, as `phone`'s citizen. */
export function perform(action, phone) {
  const deed = DEEDS[action.type];
  if (deed) deed(action, phone);
  else toast(t("gone"), { trouble: true });
}

function tapPostback(action, phone) {
  phone.postback({ data: action.data, ...(action.displayText && { displayText: action.displayText }) });
  if (action.text) phone.send({ type: "text", text: action.text });
  if (action.inputOption === "openKeyboard") phone.composer.fill(action.fillInText ?? "");
  if (action.inputOption === "openRichMenu") phone.menu.toggle(true);
  if (action.inputOption === "closeRichMenu") phone.menu.toggle(false);
}

async function tapDate(action, phone) {
  const picked = await pickDate(action);
  if (picked) phone.postback({ data: action.data, params: { [action.mode]: picked } });
}

/** Ask for a place and send it. */
export async function askPlace(phone) {
  const place = await pickPlace();
  if (place) phone.send({ type: "location", ...place });
}

/** A thing to tap: a link for an address, a button for all else. */
export function tappable(action, phone, facts, ...children) {
  const onward = action.type === "uri" && link(action.uri ?? "", { ...facts }, ...children);
  if (onward) return onward;
  return el("button", { type: "button", ...facts, on: { click: () => perform(action, phone) } }, ...children);
}

/** Make a whole area do what its action says, though it may hold buttons of its own. */
export function arm(node, action, phone) {
  if (!action) return node;
  const act = (event) => {
    event.stopPropagation();
    event.preventDefault();
    const onward = action.type === "uri" && link(action.uri ?? "");
    if (onward) onward.click();
    else perform(action, phone);
  };
  node.classList.add("tappable");
  node.setAttribute("role", action.type === "uri" ? "link" : "button");
  node.setAttribute("tabindex", "0");
  if (action.label) node.setAttribute("aria-label", action.label);
  node.addEventListener("click", (event) => event.target.closest("button, a, .tappable") === node && act(event));
  node.addEventListener(
    "keydown",
    (event) => event.target === node && ["Enter", " "].includes(event.key) && act(event),
  );
  return node;
}
