// Buttons for all that dragging and the wheel do: nearer, further, four ways, back to the start.
const STEP = 0.4;
const WAYS = { north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] };

export function addControls(box, map, move) {
  const home = { center: map.getCenter(), zoom: map.getZoom() };
  const deeds = {
    in: () => move.zoom(1),
    out: () => move.zoom(-1),
    home: () => move.go(home),
  };
  for (const [way, [x, y]] of Object.entries(WAYS)) {
    deeds[way] = () => move.pan(x * box.clientWidth * STEP, y * box.clientHeight * STEP);
  }
  for (const button of box.querySelectorAll("[data-map-do]")) button.addEventListener("click", () => deeds[button.dataset.mapDo]());
  // From a ring, too, arrows move the map and plus and minus change the zoom.
  box.querySelector("[data-rings]").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = { ArrowUp: "north", ArrowDown: "south", ArrowLeft: "west", ArrowRight: "east", "+": "in", "=": "in", "-": "out" }[event.key];
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });
}
