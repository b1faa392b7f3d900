// A form that tells what it would do while it is written: form[data-live] is sent to that address, with part=live, and the
// answer stands in [data-live-place]. data-live-fields: a pattern of the fields that matter. Without this, a button with
// formaction does the same.
const PAUSE = 700;
const form = document.querySelector("form[data-live]");
const place = document.querySelector("[data-live-place]");
const fields = new RegExp(form?.dataset.liveFields ?? "");
let waiting, asked;

async function look() {
  asked?.abort();
  asked = new AbortController();
  const told = new FormData(form);
  told.set("part", "live");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.live, { method: "POST", body: told, signal: asked.signal });
    if (answer.ok && !answer.redirected) {
      const open = [...place.querySelectorAll("details[open][id]")].map((each) => each.id);
      place.innerHTML = await answer.text();
      open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    }
    place.removeAttribute("aria-busy");
  } catch (problem) {
    if (problem.name !== "AbortError") place.removeAttribute("aria-busy");
  }
}

form?.addEventListener("input", (event) => {
  if (!fields.test(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
form?.querySelector("button[data-live-now]")?.addEventListener("click", (event) => {
  event.preventDefault();
  look();
});
