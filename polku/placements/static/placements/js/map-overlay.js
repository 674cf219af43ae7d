// What lies on the map as HTML: a plane that is moved as a whole while the map is dragged (one
// transform a frame), and laid anew when the zoom changes or the map has come to rest.
export class Overlay {
  constructor(box, map) {
    this.map = map;
    this.plane = box.querySelector("[data-over]");
    this.items = new Set();
    this.lay();
    map.on("move", () => this.follow());
    map.on("moveend", () => this.lay());
    map.on("resize", () => this.lay());
  }

  // `item` has {element, lon, lat}; it is placed now and whenever the map moves.
  add(item) {
    this.items.add(item);
    this.place(item);
  }

  remove(item) {
    this.items.delete(item);
    item.element.remove();
  }

  follow() {
    if (this.map.getZoom() !== this.zoom) return this.lay();
    const now = this.map.project(this.anchor);
    this.plane.style.transform = `translate(${now.x - this.at.x}px, ${now.y - this.at.y}px)`;
  }

  lay() {
    this.zoom = this.map.getZoom();
    this.anchor = this.map.getCenter();
    this.at = this.map.project(this.anchor);
    this.plane.style.transform = "";
    for (const item of this.items) this.place(item);
  }

  place(item) {
    const { x, y } = this.map.project([item.lon, item.lat]);
    // Items that arrive while the plane is being moved are laid where they belong on it.
    const now = this.map.project(this.anchor);
    item.x = x - now.x + this.at.x;
    item.y = y - now.y + this.at.y;
    item.element.style.transform = `translate(${item.x.toFixed(1)}px, ${item.y.toFixed(1)}px)`;
  }
}
