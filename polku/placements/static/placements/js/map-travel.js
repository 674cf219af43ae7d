// How far a chosen client gets: rings around about where they start, as the crow flies, said so below.
import { readColours } from "./map-base.js";

const KM_A_DEGREE = 111.195;
const CORNERS = 96;

export function addTravel(box, map, rings) {
  if (!box.dataset.home) return;
  const [lon, lat] = box.dataset.home.split(",").map(Number);
  const reach = JSON.parse(box.dataset.reach);
  const features = reach.map(([km]) => ({ type: "Feature", properties: { km }, geometry: { type: "Polygon", coordinates: [circle(lon, lat, km)] } }));
  map.addSource("travel", { type: "geojson", data: { type: "FeatureCollection", features } });
  const line = readColours(box).travel;
  map.addLayer({ id: "travel-fill", type: "fill", source: "travel", paint: { "fill-color": line, "fill-opacity": 0.05 } });
  map.addLayer({ id: "travel-line", type: "line", source: "travel", paint: { "line-color": line, "line-width": 1.4, "line-dasharray": [3, 2.5], "line-opacity": 0.85 } });
  map.on("colours", ({ colours }) => {
    map.setPaintProperty("travel-fill", "fill-color", colours.travel);
    map.setPaintProperty("travel-line", "line-color", colours.travel);
  });
  label(box, map, lon, lat, reach, rings);
}

// Each distance is written on its circle where no ring stands: south first, then round about.
const BEARINGS = [180, 135, 225, 90, 270, 0, 45, 315];

function label(box, map, lon, lat, reach, rings) {
  const plane = box.querySelector("[data-travel]");
  const made = reach.map(([km, words]) => ({ element: written(plane, words), km, at: on(lon, lat, km, BEARINGS[0]) }));
  const start = box.dataset.start ? { element: written(plane, box.dataset.start), at: [lon, lat], below: BELOW[0] } : null;
  start?.element.classList.add("start");
  const home = { element: document.createElement("i"), at: [lon, lat] };
  plane.append(home.element);
  const put = ({ element, at, below = 0 }) => { const { x, y } = map.project(at); element.style.transform = `translate(${x}px, ${y + below}px)`; };
  const lay = () => { for (const one of [...made, home, start]) if (one) put(one); };
  map.on("move", lay);
  map.on("resize", lay);
  const choose = () => {
    const taken = rings.rooms();
    rings.reserved = [];
    if (start) reserve(map, start, taken, rings);
    for (const one of made) {
      const spots = BEARINGS.map((bearing) => on(lon, lat, one.km, bearing));
      const free = spots.find((spot) => isFree(box, map, spot, taken));
      // The key below the map names the distances too.
      one.element.hidden = !free;
      one.at = free ?? spots[0];
      if (!free) continue;
      const { x, y } = map.project(one.at);
      const room = [x - WIDE, y - 12, x + WIDE, y + 12];
      taken.push(room);
      rings.reserved.push(room);
    }
    lay();
  };
  map.on("moveend", choose);
  rings.whenShown(choose);
  choose();
}

const WIDE = 62;

function written(plane, words) {
  const element = document.createElement("span");
  element.append(Object.assign(document.createElement("span"), { textContent: words }));
  plane.append(element);
  return element;
}

// What is said of the start stands near its point, or not at all where rings have the room.
const BELOW = [22, -22, 62, -42];

function reserve(map, start, taken, rings) {
  const { x, y } = map.project(start.at);
  const half = 8 + start.element.textContent.length * 3.6;
  const room = (below) => [x - half, y + below - 11, x + half, y + below + 11];
  const free = BELOW.find((below) => !taken.some((other) => touch(room(below), other)));
  start.element.hidden = free === undefined;
  if (start.element.hidden) return;
  start.below = free;
  for (const one of [room(free), [x - 9, y - 9, x + 9, y + 9]]) {
    taken.push(one);
    rings.reserved.push(one);
  }
}

const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function isFree(box, map, spot, taken) {
  const { x, y } = map.project(spot);
  const { clientWidth, clientHeight } = map.getContainer();
  const left = (clientWidth - box.clientWidth) / 2, top = (clientHeight - box.clientHeight) / 2;
  const inside = x > left + WIDE && x < clientWidth - left - WIDE && y > top + 16 && y < clientHeight - top - 16;
  return inside && !taken.some((room) => x - WIDE < room[2] && room[0] < x + WIDE && y - 12 < room[3] && room[1] < y + 12);
}

function on(lon, lat, km, bearing) {
  const turn = (bearing * Math.PI) / 180, high = km / KM_A_DEGREE;
  return [lon + (high / Math.cos(lat * Math.PI / 180)) * Math.sin(turn), lat + high * Math.cos(turn)];
}

// A circle on the ground; near enough on a sphere at these distances.
function circle(lon, lat, km) {
  return Array.from({ length: CORNERS + 1 }, (_, n) => on(lon, lat, km, (360 * n) / CORNERS));
}
