// Picks a point for a form: a press on the map, or the arrows and Enter with the cross in the
// middle. The form's own fields are visible and can be written in by hand; the map follows them.
const DIGITS = 6;

export function pick(box, map, overlay, mover) {
  const field = (name) => document.getElementById(box.dataset[name]);
  const lat = field("pickLat"), lon = field("pickLon"), precision = field("pickPrecision");
  const words = JSON.parse(box.dataset.words);
  const said = box.querySelector("[data-said]");
  const canvas = map.getCanvas();
  const pin = { element: box.querySelector("[data-pin]"), lon: 0, lat: 0 };
  box.classList.add("picking");

  const number = (input) => Number(input.value.replace(",", ".") || NaN);
  const written = () => [number(lon), number(lat)];

  function show(move) {
    const [x, y] = written();
    const here = Number.isFinite(x) && Number.isFinite(y) && Math.abs(y) < 85 && Math.abs(x) <= 180;
    pin.element.hidden = !here;
    overlay.items.delete(pin);
    if (!here) return;
    Object.assign(pin, { lon: x, lat: y });
    overlay.add(pin);
    if (move) mover.go({ center: [x, y], zoom: Math.max(map.getZoom(), 12) });
  }

  function take({ lng, lat: y }) {
    lon.value = lng.toFixed(DIGITS);
    lat.value = y.toFixed(DIGITS);
    if (precision && box.dataset.pickExact) precision.value = box.dataset.pickExact;
    for (const input of [lat, lon, precision]) input?.dispatchEvent(new Event("input", { bubbles: true }));
    show(false);
    said.textContent = words.picked.replace("%(lat)s", y.toFixed(4)).replace("%(lon)s", lng.toFixed(4));
  }

  map.on("click", (event) => take(event.lngLat));
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    take(map.getCenter());
  });
  box.querySelector("[data-pick-here]")?.addEventListener("click", () => take(map.getCenter()));
  for (const input of [lat, lon]) input.addEventListener("change", () => show(true));
  show(true);
}
