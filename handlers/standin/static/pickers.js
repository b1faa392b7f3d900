// Dialogs in which a citizen picks something: a date, a place, a voice recording, a person to be.

import { el } from "./dom.js";
import { open, toast } from "./dialogs.js";
import { icon } from "./icons.js";
import { LANGUAGES, longDate, shortDate, t } from "./words.js";

const TITLES = { date: "pickDate", time: "pickTime", datetime: "pickDatetime" };
const isoDay = (ago) => {
  const day = new Date(Date.now() - ago * 86_400_000);
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
const tidy = (value) => (value ?? "").replace("t", "T");

/** LINE's date picker (its action is given): resolves with the value in LINE's format, or undefined. */
export function pickDate(action) {
  const least = tidy(action.min);
  const most = tidy(action.max);
  return open(action.label || t(TITLES[action.mode]), (close) => {
    const field = el("input", {
      type: action.mode === "datetime" ? "datetime-local" : action.mode,
      id: "when",
      required: true,
      autofocus: true,
      min: least || null,
      max: most || null,
      value: tidy(action.initial) || (action.mode === "date" ? within(isoDay(0), least, most) : null),
    });
    const spoken = el("output", { class: "spoken", for: "when" });
    const say = () => (spoken.textContent = action.mode === "date" && field.value ? longDate(field.value) : "");
    const submit = (event) => {
      event.preventDefault();
      if (field.value && field.checkValidity()) close(field.value.slice(0, action.mode === "datetime" ? 16 : 10));
      else toast(t("wrongDate"), { trouble: true });
    };
    field.addEventListener("input", say);
    say();
    return el(
      "form",
      { class: "picker", novalidate: true, on: { submit } },
      el("label", { for: "when", text: t(TITLES[action.mode]) }),
      field,
      spoken,
      action.mode === "date" && days(field, least, most, say),
      (least || most) &&
        action.mode === "date" &&
        el("p", {
          class: "hint",
          text: t("range", { from: least ? shortDate(least) : "…", to: most ? shortDate(most) : "…" }),
        }),
      el("button", { type: "submit", class: "main", text: t("send") }),
    );
  });
}

const within = (day, least, most) => (least && day < least ? least : most && day > most ? most : day);

function days(field, least, most, say) {
  const chips = [
    [t("today"), isoDay(0)],
    [t("yesterday"), isoDay(1)],
  ].filter(([, day]) => within(day, least, most) === day);
  return el(
    "div",
    { class: "chips" },
    chips.map(([label, day]) =>
      el("button", {
        type: "button",
        class: "chip",
        text: label,
        on: {
          click: () => {
            field.value = day;
            say();
          },
        },
      }),
    ),
  );
}

// Well-known spots in the provinces of the demo's projects; coordinates are near enough to find the province.
const PLACES = [
  { title: "อนุสาวรีย์ชัยสมรภูมิ", address: "เขตราชเทวี กรุงเทพมหานคร 10400", latitude: 13.7649, longitude: 100.5383 },
  { title: "ประตูท่าแพ", address: "อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50200", latitude: 18.7878, longitude: 98.9934 },
  { title: "บึงแก่นนคร", address: "อำเภอเมืองขอนแก่น จังหวัดขอนแก่น 40000", latitude: 16.4164, longitude: 102.8367 },
  { title: "ตลาดมหาชัย", address: "อำเภอเมืองสมุทรสาคร จังหวัดสมุทรสาคร 74000", latitude: 13.5475, longitude: 100.2744 },
  { title: "สะพานมิตรภาพไทย-เมียนมา แม่สอด", address: "อำเภอแม่สอด จังหวัดตาก 63110", latitude: 16.6908, longitude: 98.5183 },
  { title: "ตลาดกิมหยง หาดใหญ่", address: "อำเภอหาดใหญ่ จังหวัดสงขลา 90110", latitude: 7.0086, longitude: 100.4706 },
];

/** A place: resolves with { title, address, latitude, longitude }, or undefined. */
export function pickPlace() {
  return open(t("locationTitle"), (close) =>
    el(
      "div",
      { class: "picker" },
      navigator.geolocation &&
        el(
          "button",
          { type: "button", class: "choice", on: { click: () => whereAmI(close) } },
          icon("pin"),
          el("span", { text: t("here") }),
        ),
      el("h3", { text: t("places") }),
      el(
        "ul",
        { class: "choices" },
        PLACES.map((place) =>
          el(
            "li",
            {},
            el(
              "button",
              { type: "button", class: "choice", on: { click: () => close(place) } },
              icon("pin"),
              el("span", {}, el("b", { text: place.title }), el("small", { text: place.address })),
            ),
          ),
        ),
      ),
      coordinates(close),
    ),
  );
}

function whereAmI(close) {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => close({ latitude: coords.latitude, longitude: coords.longitude, title: t("here"), address: "" }),
    () => toast(t("denied"), { trouble: true }),
    { timeout: 10_000 },
  );
}

function coordinates(close) {
  const field = (id) =>
    el("input", {
      id,
      inputmode: "decimal",
      autocomplete: "off",
      placeholder: id === "latitude" ? "13.7563" : "100.5018",
    });
  const latitude = field("latitude");
  const longitude = field("longitude");
  const read = (input, most) =>
    input.value.trim() && Math.abs(Number(input.value)) <= most ? Number(input.value) : null;
  const submit = (event) => {
    event.preventDefault();
    const [north, east] = [read(latitude, 90), read(longitude, 180)];
    if (north === null || east === null) toast(t("wrongCoordinates"), { trouble: true });
    else close({ latitude: north, longitude: east, title: t("coordinates"), address: `${north}, ${east}` });
  };
  return el(
    "form",
    { class: "coordinates", novalidate: true, on: { submit } },
    el("h3", { text: t("coordinates") }),
    el(
      "div",
      { class: "pair" },
      el("label", { for: "latitude" }, t("latitude"), latitude),
      el("label", { for: "longitude" }, t("longitude"), longitude),
    ),
    el("button", { type: "submit", class: "main", text: t("send") }),
  );
}

/** A voice message: resolves with a Blob recorded here, or the File chosen, or undefined. */
export function pickVoice() {
  let recorder = null;
  return open(t("voice"), (close, box) => {
    const button = el(
      "button",
      { type: "button", class: "main record" },
      icon("mic"),
      el("span", { text: t("record") }),
    );
    const file = el("input", {
      type: "file",
      accept: "audio/*",
      class: "unseen",
      id: "voice-file",
      on: { change: () => close(file.files[0]) },
    });
    button.addEventListener("click", async () => {
      if (recorder) return recorder.stop();
      recorder = await record(close).catch(() => toast(t("denied"), { trouble: true }));
      if (recorder) button.classList.add("on");
      if (recorder) button.lastChild.textContent = t("sendVoice");
    });
    box.addEventListener("close", () => recorder?.stream.getTracks().forEach((track) => track.stop()));
    return el(
      "div",
      { class: "picker" },
      window.MediaRecorder && navigator.mediaDevices && button,
      el(
        "label",
        { for: "voice-file", class: "choice file-choice" },
        icon("file"),
        el("span", { text: t("voiceFile") }),
      ),
      file,
    );
  });
}

async function record(close) {
  const recorder = new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true }));
  recorder.addEventListener("dataavailable", ({ data }) => close(data));
  recorder.start();
  return recorder;
}

/** A new citizen: resolves with { displayName, language }, or undefined. */
export function pickCitizen() {
  return open(t("addCitizen"), (close) => {
    const name = el("input", {
      id: "citizen-name",
      required: true,
      maxlength: "20",
      autocomplete: "off",
      autofocus: true,
    });
    const submit = (event) => {
      event.preventDefault();
      const language = new FormData(event.target).get("language");
      if (name.value.trim()) close({ displayName: name.value.trim(), language });
      else toast(t("noName"), { trouble: true });
    };
    return el(
      "form",
      { class: "picker", novalidate: true, on: { submit } },
      el("label", { for: "citizen-name", text: t("name") }),
      name,
      el(
        "fieldset",
        {},
        el("legend", { text: t("languageName") }),
        Object.entries(LANGUAGES).map(([code, label]) =>
          el(
            "label",
            { class: "pill", lang: code },
            el("input", { type: "radio", name: "language", value: code, checked: code === "th" }),
            el("span", { text: label }),
          ),
        ),
      ),
      el("button", { type: "submit", class: "main", text: t("addCitizen") }),
    );
  });
}
