// Names of places and waters: as many as find room, the important ones first, none under a ring.
const FROM = { 1: 3, 2: 5, 3: 6.2, 4: 7.4, 5: 9.6, 6: 10.6 };
const WATER = 4;

export class Names {
  constructor(box, map, overlay, rings, move) {
    Object.assign(this, { box, map, overlay, rings, all: [], shown: new Map() });
    this.plane = box.querySelector("[data-names]");
    this.swedish = document.documentElement.lang === "sv";
    map.on("moveend", () => { if (!move.passing) this.lay(); });
    rings.whenShown(() => this.lay());
    this.load();
  }

  async load() {
    const answer = await fetch(this.box.dataset.placeNames, { credentials: "same-origin" });
    if (!answer.ok) return;
    this.all = (await answer.json()).features.map(({ properties: p, geometry: { coordinates: [lon, lat] } }) => (
      { lon, lat, name: this.swedish ? p.sv : p.fi, water: p.water, rank: p.rank, reach: p.reach }
    ));
    this.lay();
  }

  lay() {
    if (!this.all.length) return;
    const zoom = this.map.getZoom();
    const view = this.map.getBounds();
    const { clientWidth, clientHeight } = this.map.getContainer();
    const right = (clientWidth + this.box.clientWidth) / 2, top = (clientHeight - this.box.clientHeight) / 2;
    const taken = [...this.rings.rooms(), ...this.rings.reserved, [right - 56, top, right, top + 136]];
    const told = new Set([...this.rings.shown.values()].map((item) => item.one.name));
    const next = new Map();
    for (const place of this.all) {
      if (!this.wanted(place, zoom) || !view.contains([place.lon, place.lat]) || told.has(place.name)) continue;
      const room = roomOf(this.map.project([place.lon, place.lat]), place, zoom);
      if (taken.some((other) => touch(room, other))) continue;
      taken.push(room);
      next.set(place, this.shown.get(place) ?? this.make(place));
    }
    for (const [place, item] of this.shown) if (!next.has(place)) this.overlay.remove(item);
    for (const [place, item] of next) {
      if (!this.shown.has(place)) { this.plane.append(item.element); this.overlay.add(item); }
      item.element.dataset.size = sizeOf(place, zoom);
    }
    this.shown = next;
  }

  // A town from the zoom of its rank on; a water once it is wide enough for its name.
  wanted(place, zoom) {
    if (!place.water) return zoom >= FROM[place.rank];
    if (place.water === 1) return zoom >= 3.4 && zoom < 9;
    const wide = place.reach * 512 * 2 ** zoom / (40075 * Math.cos(place.lat * Math.PI / 180));
    return wide > 3 * place.name.length && zoom >= WATER;
  }

  make(place) {
    const element = document.createElement("span");
    element.className = place.water ? "water" : "town";
    element.append(Object.assign(document.createElement("span"), { textContent: place.name }));
    return { element, lon: place.lon, lat: place.lat };
  }
}

// How big a name is drawn: 3 is the biggest.
function sizeOf(place, zoom) {
  if (place.water) return place.water === 1 ? 2 : 1;
  const over = zoom - FROM[place.rank];
  return place.rank <= 2 && over > 1.2 ? 3 : over > 1.2 || place.rank <= 2 ? 2 : 1;
}

// Boxes are [left, top, right, bottom] in pixels.
function roomOf({ x, y }, place, zoom) {
  const half = place.name.length * (2.6 + sizeOf(place, zoom) * 0.75) + 6;
  return [x - half, y - 12, x + half, y + 12];
}

const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
