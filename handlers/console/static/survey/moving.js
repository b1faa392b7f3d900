// Questions moved by hand: dragged with mouse, pen or finger; or with the arrow keys on the handle.
export function movable(list, writing) {
  let dragged = null;
  const place = (element) => Number(element.closest("[data-place]").dataset.place);
  const cards = () => [...list.querySelectorAll(":scope > [data-place]")];

  function target(y) {
    const all = cards();
    const below = all.findIndex((card) => { const box = card.getBoundingClientRect(); return y < box.top + box.height / 2; });
    const at = below < 0 ? all.length : below;
    return at > dragged.from ? at - 1 : at;
  }

  function mark(to) {
    cards().forEach((card, n) => {
      card.classList.toggle("above", n === to && to < dragged.from);
      card.classList.toggle("below", n === to && to > dragged.from);
    });
  }

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    dragged = { from: place(handle), to: place(handle), handle };
    handle.closest("[data-place]").classList.add("dragged");
  });
  list.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    dragged.to = target(event.clientY);
    mark(dragged.to);
    if (event.clientY > innerHeight - 60) scrollBy(0, 12);
    else if (event.clientY < 60) scrollBy(0, -12);
  });
  const drop = (moves) => {
    if (!dragged) return;
    const { from, to } = dragged;
    cards().forEach((card) => card.classList.remove("dragged", "above", "below"));
    dragged = null;
    if (moves) go(from, to);
  };
  list.addEventListener("pointerup", () => drop(true));
  list.addEventListener("pointercancel", () => drop(false));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape") drop(false);
    if (!step || !event.target.closest(".handle")) return;
    event.preventDefault();
    go(place(event.target), place(event.target) + step);
  });

  function go(from, to) {
    writing.move(from, to);
    cards()[Math.max(0, Math.min(cards().length - 1, to))]?.querySelector(".handle").focus();
  }
}
