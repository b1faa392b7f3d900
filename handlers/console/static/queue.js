// The queue's comforts: choices act at once, x selects, e opens, what is new is told, counts come later where they are many.
const POLL = 15000;
document.documentElement.classList.add("scripted");

const filters = document.querySelector("#filters");
const wide = matchMedia("(min-width: 901px)");
const send = () => filters.requestSubmit();
document.querySelector("#f-sort")?.addEventListener("change", send);
document.querySelector("#f-picktag")?.addEventListener("change", send);
filters?.addEventListener("change", (event) => {
  if (wide.matches && event.target.type === "checkbox") send();
});

const here = () => document.querySelector("[data-row][data-at]");
const picked = () => document.querySelectorAll("input[name=picked]:checked").length;
function tell() {
  const told = document.querySelector("[data-picked]");
  if (!told) return;
  told.hidden = picked() === 0;
  told.textContent = `(${picked()})`;
}
document.addEventListener("change", (event) => event.target.name === "picked" && tell());
document.querySelector("[data-key=x]")?.addEventListener("click", () => here()?.querySelector("input[name=picked]")?.click());
document.querySelector("[data-key=e]")?.addEventListener("click", () => here()?.querySelector("a.words")?.click());
tell();

// "3 new": asked while the page is looked at. The list stays as it is until it is asked for.
const badge = document.querySelector("#fresh");
async function ask() {
  if (document.hidden || !badge) return;
  const answer = await fetch(badge.dataset.ask, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { count, told } = await answer.json();
  badge.textContent = told;
  badge.hidden = count === 0;
}
if (badge) setInterval(ask, POLL);
document.addEventListener("visibilitychange", ask);

async function fill(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const counts = await answer.json();
  const shown = new Intl.NumberFormat("en");
  for (const each of document.querySelectorAll("[data-count]")) {
    each.textContent = shown.format(counts[each.dataset.of]?.[each.dataset.count] ?? 0);
  }
  for (const each of document.querySelectorAll("option[data-of=tag]")) {
    each.textContent = `${each.dataset.word} (${shown.format(counts.tag?.[each.value] ?? 0)})`;
  }
}
if (filters?.dataset.counts) fill(filters.dataset.counts);

// A bulk act that is still going on: look again every second.
const going = document.querySelector("progress[data-going]");
if (going) setTimeout(() => location.reload(), 1000);
