// How the map is moved. With a graphics card MapLibre draws every frame. Where the processor has to
// draw, a frame takes longer than it may: there what is drawn (and some room around it) is moved as a
// picture, and drawn anew when it rests or its edge comes near.
const REST = 140;
const EDGE = 0.82;
const MIDDLE = { west: 15, south: 58, east: 36, north: 71 };
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const NEARER = { "+": 1, "=": 1, "-": -1 };

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const within = (value, low, high) => Math.min(Math.max(value, low), high);

// Both kinds tell by `passing` that the map has not come to rest, and have go({center, zoom}), pan(x, y) in pixels and zoom(by).
export const mover = (box, map) => (box.classList.contains("roomy") ? new Slide(box, map) : new Ease(map));

class Ease {
  constructor(map) { this.map = map; }
  get passing() { return false; }
  go(view) { this.map.easeTo({ ...view, duration: 350 }); }
  pan(x, y, duration = 250) { this.map.panBy([x, y], { duration }); }
  zoom(by) { this.map.zoomTo(this.map.getZoom() + by, { duration: 250 }); }
}

class Slide {
  constructor(box, map) {
    this.box = box;
    this.map = map;
    this.plane = box.querySelector("[data-plane]");
    this.pointers = new Map();
    this.still();
    const place = map.getCanvasContainer();
    place.addEventListener("pointerdown", (event) => this.begin(event));
    place.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) place.addEventListener(name, (event) => this.release(event));
    place.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    place.addEventListener("dblclick", (event) => { event.preventDefault(); this.scale(2, ...this.at(event)); this.settle(); });
    map.getCanvas().addEventListener("keydown", (event) => this.key(event));
  }

  still() {
    Object.assign(this, { x: 0, y: 0, k: 1 });
    this.plane.style.transform = "";
  }

  draw() { this.plane.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.k})`; }

  shift(x, y) {
    this.x += x;
    this.y += y;
    this.draw();
    const { offsetWidth: wide, offsetHeight: high } = this.plane;
    const room = [(wide - this.box.clientWidth) / 2, (high - this.box.clientHeight) / 2];
    if (this.k !== 1) return;
    if (Math.abs(this.x) < room[0] * EDGE && Math.abs(this.y) < room[1] * EDGE) return;
    this.passing = true;
    this.settle();
    this.passing = false;
  }

  // Nearer (by > 1) or further, around a point of the plane's own place.
  scale(by, x, y) {
    const zoom = this.map.getZoom() + Math.log2(this.k * by);
    const kept = 2 ** (within(zoom, this.map.getMinZoom(), this.map.getMaxZoom()) - this.map.getZoom()) / this.k;
    this.x = x - kept * (x - this.x);
    this.y = y - kept * (y - this.y);
    this.k *= kept;
    this.draw();
  }

  // Draws the map where the picture was moved to, and puts the picture back, in one frame.
  settle() {
    clearTimeout(this.resting);
    if (this.x === 0 && this.y === 0 && this.k === 1) return this.map.fire("moveend");
    const { offsetWidth: wide, offsetHeight: high } = this.plane;
    const middle = this.map.unproject([(wide / 2 - this.x) / this.k, (high / 2 - this.y) / this.k]);
    this.jump({ center: middle, zoom: this.map.getZoom() + Math.log2(this.k) });
  }

  jump({ center, zoom }) {
    const { lng, lat } = center.lng === undefined ? { lng: center[0], lat: center[1] } : center;
    this.still();
    this.map.jumpTo({ center: [within(lng, MIDDLE.west, MIDDLE.east), within(lat, MIDDLE.south, MIDDLE.north)], zoom });
    this.map.redraw();
  }

  go({ center, zoom }) {
    this.stop();
    this.jump({ center: center ?? this.map.getCenter(), zoom: zoom ?? this.map.getZoom() });
  }

  pan(x, y, duration = 250, then = (share) => share) {
    this.stop();
    if (calm() || !duration) { this.shift(-x, -y); return this.settle(); }
    this.glide(duration, (from, to) => this.shift(-x * (then(to) - then(from)), -y * (then(to) - then(from))));
  }

  zoom(by) {
    this.stop();
    const { offsetWidth: wide, offsetHeight: high } = this.plane;
    if (calm()) { this.scale(2 ** by, wide / 2, high / 2); return this.settle(); }
    this.glide(220, (from, to) => this.scale(2 ** (by * (to - from)), wide / 2, high / 2));
  }

  // Calls `step` with the shares of the way before and after each frame; settles at the end.
  glide(duration, step) {
    const begun = performance.now();
    let before = 0;
    const frame = (now) => {
      const share = within((now - begun) / duration, 0, 1);
      step(before, share);
      before = share;
      if (share < 1) this.gliding = requestAnimationFrame(frame);
      else this.settle();
    };
    this.gliding = requestAnimationFrame(frame);
  }

  stop() {
    cancelAnimationFrame(this.gliding);
    if (this.x || this.y || this.k !== 1) this.settle();
  }

  // Where an event is, from the upper left corner of where the plane lies when it is not moved.
  at(event) {
    const frame = this.box.getBoundingClientRect();
    return [event.clientX - frame.left - this.box.clientLeft - this.plane.offsetLeft, event.clientY - frame.top - this.box.clientTop - this.plane.offsetTop];
  }

  begin(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    cancelAnimationFrame(this.gliding);
    this.pointers.set(event.pointerId, this.at(event));
    this.speed = [0, 0];
    this.moved = 0;
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.at(event);
    const [x, y] = [now[0] - before[0], now[1] - before[1]];
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (other) {
      const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
      return this.scale(apart(now) / apart(before), ...other);
    }
    this.moved += Math.hypot(x, y);
    this.speed = [0.7 * this.speed[0] + 0.3 * x, 0.7 * this.speed[1] + 0.3 * y];
    if (this.moved < 3) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.shift(x, y);
  }

  release(event) {
    if (!this.pointers.delete(event.pointerId) || this.pointers.size) return;
    const [x, y] = this.speed;
    if (event.type === "pointerup" && this.moved > 3 && Math.hypot(x, y) > 4 && !calm()) {
      return this.glide(260, (from, to) => { const part = (to * (2 - to) - from * (2 - from)) * 8; this.shift(x * part, y * part); });
    }
    this.settle();
  }

  wheel(event) {
    event.preventDefault();
    cancelAnimationFrame(this.gliding);
    const lines = event.deltaMode === 1 ? 20 : 1;
    this.scale(2 ** within((-event.deltaY * lines) / 300, -1, 1), ...this.at(event));
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.settle(), REST);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way) this.pan(100 * way[0], 100 * way[1]);
    else if (NEARER[event.key]) this.zoom(NEARER[event.key]);
    else return;
    event.preventDefault();
  }
}
