// Openings as rings: how much of the round is free, promised and taken; in the middle the free
// seats; the name below. With a client chosen, a tick says what fits. Each ring is a button in
// reading order.
const AROUND = 100;

export class Rings {
  constructor(box, map, overlay, move) {
    this.box = box;
    this.move = move;
    this.map = map;
    this.overlay = overlay;
    this.list = box.querySelector("[data-rings]");
    this.pattern = box.querySelector("template[data-ring]").content.firstElementChild;
    this.words = JSON.parse(box.dataset.words);
    this.shown = new Map();
    this.listeners = [];
    this.after = [];
    this.reserved = [];
  }

  // Calls back whenever rings were drawn.
  whenShown(then) { this.after.push(then); }

  // What the rings and their names take up, as [left, top, right, bottom] in pixels.
  rooms() {
    return [...this.shown.values()].map(({ lon, lat, radius, one }) => {
      const { x, y } = this.map.project([lon, lat]);
      const half = Math.max(radius + 4, one.name.length * 3.8);
      return [x - half, y - radius - 5, x + half, y + radius + 24];
    });
  }

  // Rings that stay keep their element, so that focus and hover stay too.
  show(clusters) {
    const next = new Map();
    const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
    for (const one of clusters) {
      const mark = signature(one);
      const old = this.shown.get(mark);
      next.set(mark, old ?? this.make(one));
      this.shown.delete(mark);
    }
    for (const item of this.shown.values()) this.overlay.remove(item);
    this.shown = next;
    let before = this.list.firstElementChild;
    for (const item of next.values()) {
      if (item.element === before) before = before.nextElementSibling;
      else this.list.insertBefore(item.element, before);
      if (!this.overlay.items.has(item)) this.overlay.add(item);
    }
    for (const then of this.after) then();
    if (focused && !this.list.contains(document.activeElement)) this.list.querySelector(`[data-key="${CSS.escape(focused)}"] button`)?.focus();
  }

  make(one) {
    const element = this.pattern.cloneNode(true);
    const radius = radiusOf(one.seats);
    element.dataset.key = one.key;
    element.classList.toggle("many", one.worksites > 1);
    element.classList.toggle("none", one.free === 0);
    element.classList.toggle("coarse", one.coarse);
    element.classList.toggle("fits", Boolean(one.fits));
    element.classList.toggle("unfit", one.fits === 0);
    element.querySelector("svg").setAttribute("viewBox", `${-radius - 5} ${-radius - 5} ${2 * radius + 10} ${2 * radius + 10}`);
    for (const attribute of ["width", "height"]) element.querySelector("svg").setAttribute(attribute, 2 * radius + 10);
    drawArcs(element, one, radius);
    element.querySelector("[data-free]").textContent = number(one.free);
    element.querySelector("[data-name]").textContent = one.name;
    const badge = element.querySelector("[data-badge]");
    // Drawn by the style sheet: the button's name says it in words, and no other text may stand in it.
    badge.dataset.badge = one.worksites > 1 ? `✓ ${number(one.fits ?? 0)}` : "✓";
    badge.hidden = !one.fits;
    const button = element.querySelector("button");
    button.setAttribute("aria-label", this.said(one));
    button.addEventListener("click", () => this.chosen(one));
    for (const name of ["pointerenter", "focus"]) button.addEventListener(name, () => this.tell("over", one));
    for (const name of ["pointerleave", "blur"]) button.addEventListener(name, () => this.tell("out", one));
    return { element, button, one, lon: one.lon, lat: one.lat, radius };
  }

  said(one) {
    const pattern = one.worksites > 1 ? this.words.many : this.words.one;
    const filled = pattern.replace("%(place)s", one.name).replace("%(free)s", number(one.free)).replace("%(seats)s", number(one.seats)).replace("%(worksites)s", number(one.worksites));
    const placed = one.coarse ? this.words.about.replace("%(ring)s", filled) : filled;
    if (one.fits === null || one.fits === undefined) return placed;
    const verdict = one.worksites > 1 ? this.words.some : one.fits ? this.words.fits : this.words.unfit;
    return verdict.replace("%(ring)s", placed).replace("%(fits)s", number(one.fits));
  }

  // A ring of many opens up; what can't be told apart by coming closer is shown in the list.
  chosen(one) {
    const [west, south, east, north] = one.box;
    const apart = east - west > 0.0004 || north - south > 0.0002;
    if (one.worksites > 1 && apart && this.map.getZoom() < this.map.getMaxZoom() - 0.5) {
      const nearer = this.map.cameraForBounds([[west, south], [east, north]], { padding: this.padding(), maxZoom: 15 });
      const zoom = Math.max(nearer?.zoom ?? 0, this.map.getZoom() + 1);
      return this.move.go({ center: nearer?.center ?? [one.lon, one.lat], zoom });
    }
    this.tell("choose", one);
  }

  // Room around what is shown: within the frame, which may be smaller than what is drawn.
  padding() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const x = (clientWidth - this.box.clientWidth) / 2 + 90, y = (clientHeight - this.box.clientHeight) / 2 + 90;
    return { left: x, right: x, top: y, bottom: y };
  }

  tell(what, one) { for (const listener of this.listeners) listener(what, one); }
  on(listener) { this.listeners.push(listener); }

  of(id) { return [...this.shown.values()].find((item) => item.one.ids.includes(id)); }

  mark(id, name) {
    for (const item of this.shown.values()) item.element.classList.toggle(name, Boolean(id) && item.one.ids.includes(id));
  }
}

const number = (value) => value.toLocaleString(document.documentElement.lang);

const signature = (one) => [one.key, one.lon, one.lat, one.free, one.promised, one.taken, one.name, one.coarse, one.fits].join("|");

// 16 pixels for one seat, 27 at most: as wide as clusters stay apart.
export const radiusOf = (seats) => Math.min(27, 12.5 + 3.5 * Math.sqrt(seats));

function drawArcs(element, one, radius) {
  let begun = 0;
  for (const part of ["taken", "promised", "free"]) element.querySelector(`[data-arc="${part}"]`).setAttribute("r", radius);
  for (const [name, more] of [["shade", 5.6], ["bed", 0], ["halo", 4.5]]) element.querySelector(`[data-${name}]`).setAttribute("r", radius + more);
  for (const part of ["free", "promised", "taken"]) {
    const share = one.seats ? (AROUND * one[part]) / one.seats : 0;
    const arc = element.querySelector(`[data-arc="${part}"]`);
    arc.toggleAttribute("hidden", share === 0);
    arc.setAttribute("stroke-dasharray", `${share.toFixed(2)} ${(AROUND - share).toFixed(2)}`);
    arc.setAttribute("stroke-dashoffset", (-begun).toFixed(2));
    begun += share;
  }
}
