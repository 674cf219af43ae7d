// The placement map: rings of openings on our own base map, linked with the list beside it.
// Without script or WebGL the still picture of the server stays, and the list says the same.
import { openMap } from "./map-base.js";
import { addControls } from "./map-controls.js";
import { link } from "./map-linked.js";
import { Names } from "./map-names.js";
import { mover } from "./map-mover.js";
import { Overlay } from "./map-overlay.js";
import { Points } from "./map-points.js";
import { Rings } from "./map-rings.js";
import { addTravel } from "./map-travel.js";
import { pick } from "./map-pick.js";

async function start(box) {
  let map;
  try {
    map = await openMap(box);
  } catch {
    // No WebGL here: the still picture is the map.
    box.classList.add("still");
    box.querySelector("[data-no-webgl]")?.removeAttribute("hidden");
    return;
  }
  const overlay = new Overlay(box, map);
  const move = mover(box, map);
  const rings = new Rings(box, map, overlay, move);
  addControls(box, map, move);
  addTravel(box, map, rings);
  new Names(box, map, overlay, rings, move);
  if (box.dataset.pickLat) pick(box, map, overlay, move);
  if (box.dataset.points) {
    link(box, map, rings, move);
    // The still picture's rings stay until the moving map has its own.
    await new Points(box, map, move, (found) => rings.show(found.clusters)).first;
  }
  box.placementMap = { map, rings, move };
  box.classList.add("live");
  performance.mark("map-live");
  box.dispatchEvent(new CustomEvent("polku:map-ready", { bubbles: true }));
}

for (const box of document.querySelectorAll("[data-placement-map]")) start(box);
