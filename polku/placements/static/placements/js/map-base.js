// The base map itself: MapLibre over our own shores, in the colours of the page's tokens.
import { unframed } from "./map-tiles.js";

const COLOURS = ["sea", "land", "own", "shore", "border", "own-border", "frontier", "travel"];
const ASKED = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"];

// Gives the map once its first picture is drawn. Throws where WebGL is missing or refuses.
export async function openMap(box) {
  const software = isSoftware();
  box.classList.toggle("roomy", software);
  const { Map, setWorkerUrl } = await import(new URL(box.dataset.maplibre, location));
  performance.mark("map-code");
  setWorkerUrl(new URL(box.dataset.worker, location).href);
  const words = JSON.parse(box.dataset.words);
  const colours = readColours(box);
  const map = new Map({
    container: box.querySelector("[data-canvas]"),
    style: style(box, colours),
    ...startingView(box),
    minZoom: 3,
    maxZoom: 17,
    // As far as the base map reaches. With room around the frame the mover sees to it.
    ...(!software && { maxBounds: [[-14, 52], [66, 74]] }),
    ...(software && { dragPan: false, scrollZoom: false, doubleClickZoom: false, touchZoomRotate: false, keyboard: false }),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    // Finer than this nobody sees, and a phone would draw twice as much.
    pixelRatio: software ? 1 : Math.min(devicePixelRatio, 2),
    locale: { "Map.Title": words.canvas },
  });
  if (!software) {
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
  }
  await new Promise((done, fail) => {
    map.once("load", done);
    map.once("webglcontextlost", fail);
  });
  performance.mark("map-drawn");
  await unframed(box, map);
  for (const question of ASKED) matchMedia(question).addEventListener("change", () => paint(map, readColours(box)));
  return map;
}

// Whether WebGL is drawn by the processor. Throws where there is none.
function isSoftware() {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new Error("no WebGL");
  const told = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

// The picture that the server drew is the start; a wider frame shows the same middle, larger.
function startingView(box) {
  const [lon, lat, zoom, width, height] = box.dataset.view.split(",").map(Number);
  const frame = box.getBoundingClientRect();
  const larger = Math.max(frame.width / width, frame.height / height);
  return { center: [lon, lat], zoom: zoom + Math.log2(larger || 1) };
}

// Tokens may be mixed or named colours; a pixel tells what they come to.
export function readColours(box) {
  const probe = document.createElement("i");
  probe.className = "map-probe";
  box.append(probe);
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const found = {};
  for (const name of COLOURS) {
    probe.style.color = `var(--map-${name})`;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    found[name] = `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`;
  }
  probe.remove();
  return found;
}

const width = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];
// Layer, kind, source, what is drawn with which colour, and the rest.
const LAYERS = [
  ["sea", "background", null, { "background-color": "sea" }],
  ["land", "fill", "land", { "fill-color": "land", "fill-antialias": false }],
  ["own", "fill", "boundaries", { "fill-color": "own", "fill-antialias": false }],
  ["shore", "line", "land", { "line-color": "shore", "line-width": width(4, 0.4, 8, 0.8, 12, 1.2) }],
  ["borders", "line", "boundaries", { "line-color": "border", "line-width": width(5, 0.3, 8, 0.8, 11, 1.2) }],
  ["own-borders", "line", "boundaries", { "line-color": "own-border", "line-width": width(5, 0.6, 9, 1.3) }],
  ["lakes", "fill", "lakes", { "fill-color": "sea" }],
  ["lake-shore", "line", "lakes", { "line-color": "shore", "line-width": width(5, 0.2, 8, 0.8, 12, 1.2) }],
  ["frontiers", "line", "frontiers", { "line-color": "frontier", "line-width": width(4, 0.8, 9, 1.6) }],
];

function style(box, colours) {
  const own = JSON.parse(box.dataset.own || "[]");
  const inOwn = ["in", ["get", "code"], ["literal", own]];
  const sources = {};
  for (const name of ["land", "lakes", "frontiers", "boundaries"]) {
    const address = box.dataset[name];
    const data = address ? new URL(address, location).href : { type: "FeatureCollection", features: [] };
    sources[name] = { type: "geojson", data, tolerance: 0.4, maxzoom: 13 };
  }
  const layers = LAYERS.map(([id, type, source, paint]) => ({
    id,
    type,
    ...(source && { source }),
    ...(id.startsWith("own") && { filter: inOwn }),
    ...(type === "line" && { layout: { "line-join": "round", "line-cap": "round" } }),
    paint: coloured(paint, colours),
  }));
  return { version: 8, sources, layers };
}

const coloured = (paint, colours) => Object.fromEntries(Object.entries(paint).map(([key, value]) => [key, colours[value] ?? value]));

// The theme has changed under the page: only the colours do.
export function paint(map, colours) {
  for (const [id, , , rules] of LAYERS) {
    if (!map.getLayer(id)) continue;
    for (const [key, value] of Object.entries(rules)) if (value in colours) map.setPaintProperty(id, key, colours[value]);
  }
  map.fire("colours", { colours });
}
