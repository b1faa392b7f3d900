// Shows how far an export is; the page is loaded anew once it has ended. Without this, "refresh" does the same.
const place = document.querySelector("[data-progress]");
const bar = place?.querySelector("progress");
const told = place?.querySelector("[role=status]");

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    const job = answer.ok ? await answer.json() : null;
    if (!job?.moving) return location.reload();
    bar.max = job.total || 1;
    bar.value = job.done;
    if (told.textContent !== job.told) told.textContent = job.told;
  } catch {
    // The network is away: look again.
  }
  setTimeout(look, 1000);
}
if (place) setTimeout(look, 500);
