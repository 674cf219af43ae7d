// Map and list are one: what is pointed at on one side is marked on the other.
export function link(box, map, rings, move) {
  const list = document.getElementById(box.dataset.list);
  if (!list) return;
  const rowOf = (id) => list.querySelector(`[data-worksite="${CSS.escape(id)}"]`);
  const markRows = (ids, name) => { for (const row of list.querySelectorAll("[data-worksite]")) row.classList.toggle(name, ids.includes(row.dataset.worksite)); };

  rings.on((what, one) => {
    if (what === "over") return markRows(one.ids, "near");
    if (what === "out") return markRows([], "near");
    markRows(one.ids, "chosen");
    const row = one.ids.map(rowOf).find(Boolean);
    // What is not in the list, be it on another page or unfit, is asked for by itself.
    if (!row && one.ids.length && box.dataset.beyond) return location.assign(box.dataset.beyond + one.ids[0]);
    box.dispatchEvent(new CustomEvent("polku:map-choice", { bubbles: true, detail: { ids: one.ids, town: one.town } }));
    row?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    row?.querySelector("a, button")?.focus({ preventScroll: true });
  });

  for (const [name, into] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    list.addEventListener(name, (event) => rings.mark(into ? event.target.closest("[data-worksite]")?.dataset.worksite : null, "near"));
  }
  list.addEventListener("click", (event) => {
    if (!event.target.closest("[data-show-on-map]")) return;
    const row = event.target.closest("[data-worksite]");
    event.preventDefault();
    show(row);
  });

  function show(row) {
    const lon = Number(row.dataset.lon), lat = Number(row.dataset.lat);
    if (!row.dataset.lon || !Number.isFinite(lon) || !Number.isFinite(lat)) return;
    markRows([row.dataset.worksite], "chosen");
    map.once("moveend", () => setTimeout(() => rings.mark(row.dataset.worksite, "chosen"), 400));
    move.go({ center: [lon, lat], zoom: Math.max(map.getZoom(), 12) });
    box.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
