// Rings of distance around the chosen client's point, as the crow flies, and said to be so.
import { readColours } from "./map-base.js";

const KM_A_DEGREE = 111.195;
const CORNERS = 96;

export function addTravel(box, map, rings) {
  if (!box.dataset.home) return;
  const [lon, lat] = box.dataset.home.split(",").map(Number);
  const words = JSON.parse(box.dataset.words);
  const distances = box.dataset.distances.split(",").map(Number);
  const features = distances.map((km) => ({ type: "Feature", properties: { km }, geometry: { type: "Polygon", coordinates: [circle(lon, lat, km)] } }));
  map.addSource("travel", { type: "geojson", data: { type: "FeatureCollection", features } });
  const line = readColours(box).travel;
  map.addLayer({ id: "travel-fill", type: "fill", source: "travel", paint: { "fill-color": line, "fill-opacity": 0.05 } });
  map.addLayer({ id: "travel-line", type: "line", source: "travel", paint: { "line-color": line, "line-width": 1.4, "line-dasharray": [3, 2.5], "line-opacity": 0.85 } });
  map.on("colours", ({ colours }) => {
    map.setPaintProperty("travel-fill", "fill-color", colours.travel);
    map.setPaintProperty("travel-line", "line-color", colours.travel);
  });
  label(box, map, lon, lat, distances, words, rings);
}

// Each distance is written on its circle where no ring stands: south first, then round about.
const BEARINGS = [180, 135, 225, 90, 270, 0, 45, 315];

function label(box, map, lon, lat, distances, words, rings) {
  const plane = box.querySelector("[data-travel]");
  const made = distances.map((km) => {
    const element = document.createElement("span");
    element.append(Object.assign(document.createElement("span"), { textContent: words.crow.replace("%(km)s", km) }));
    plane.append(element);
    return { element, km, at: on(lon, lat, km, BEARINGS[0]) };
  });
  const home = { element: document.createElement("i"), at: [lon, lat] };
  plane.append(home.element);
  const put = ({ element, at }) => { const { x, y } = map.project(at); element.style.transform = `translate(${x}px, ${y}px)`; };
  const lay = () => { for (const one of [...made, home]) put(one); };
  map.on("move", lay);
  map.on("resize", lay);
  const choose = () => {
    const taken = rings.rooms();
    rings.reserved = [];
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
