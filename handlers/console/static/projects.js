// Tries a project's words on recent entries while they are typed. Without this, the button does the same.
const PAUSE = 700;
const form = document.querySelector("form[data-trial]");
const place = document.querySelector("#trial");
let waiting, asked;

async function look() {
  asked?.abort();
  asked = new AbortController();
  const told = new FormData(form);
  told.set("part", "trial");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.trial, { method: "POST", body: told, signal: asked.signal });
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    place.removeAttribute("aria-busy");
  } catch (problem) {
    if (problem.name !== "AbortError") place.removeAttribute("aria-busy");
  }
}

form?.addEventListener("input", (event) => {
  if (!/^(title|description|keywords)-/.test(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
form?.querySelector("[formaction]")?.addEventListener("click", (event) => {
  event.preventDefault();
  look();
});
