// Asks the server for the rings of what is in view, with the filters of the page's own form. What
// was asked for reaches a little beyond the view, so that small moves ask for nothing.
const BEYOND = 0.3;
const REST = 90;

export class Points {
  constructor(box, map, move, show) {
    this.box = box;
    this.map = map;
    this.show = show;
    this.form = document.getElementById(box.dataset.filters);
    map.on("moveend", () => { if (!move.passing) this.later(); });
    this.form?.addEventListener("input", () => this.later(true));
    this.form?.addEventListener("reset", () => setTimeout(() => this.ask()));
    this.first = this.ask();
  }

  later(anew) {
    if (anew) this.held = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), REST);
  }

  async ask() {
    const view = this.map.getBounds();
    const level = Math.floor(this.map.getZoom() * 2) / 2;
    if (this.held?.level === level && within(this.seen(), this.held.box)) return;
    // With room around the frame the view is larger than what is seen already.
    const box = this.box.classList.contains("roomy") ? sides(view) : grown(view);
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    const query = new URLSearchParams(this.form ? new FormData(this.form) : "");
    query.set("bbox", box.map((degree) => degree.toFixed(5)).join(","));
    query.set("zoom", level);
    try {
      const answer = await fetch(`${this.box.dataset.points}?${query}`, { credentials: "same-origin", redirect: "error", signal: asking.signal });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      this.held = { level, box };
      this.show(found);
      this.say(found.total);
    } catch (error) {
      if (error.name !== "AbortError") this.fail();
    } finally {
      if (this.asking === asking) this.box.toggleAttribute("aria-busy", false);
    }
  }

  // What the frame shows: with room around it less than what is drawn.
  seen() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const x = (clientWidth - this.box.clientWidth) / 2, y = (clientHeight - this.box.clientHeight) / 2;
    const low = this.map.unproject([x, clientHeight - y]), high = this.map.unproject([clientWidth - x, y]);
    return [low.lng, low.lat, high.lng, high.lat];
  }

  say(total) {
    this.box.querySelector("[data-trouble]").hidden = true;
    const words = JSON.parse(this.box.dataset.words);
    const status = this.box.querySelector("[data-said]");
    let said = words.total.replace("%(free)s", total.free).replace("%(seats)s", total.seats).replace("%(worksites)s", total.worksites);
    if ("fits" in total) said = words.total_fits.replace("%(total)s", said).replace("%(fits)s", total.fits);
    if (status.textContent !== said) status.textContent = said;
    this.box.dispatchEvent(new CustomEvent("polku:map-total", { bubbles: true, detail: total }));
  }

  // What was drawn stays; the list beside the map still tells everything.
  fail() { this.box.querySelector("[data-trouble]").hidden = false; }
}

const sides = (bounds) => [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
const within = ([w, s, e, n], box) => w >= box[0] && s >= box[1] && e <= box[2] && n <= box[3];

function grown(bounds) {
  const [w, s, e, n] = sides(bounds);
  const x = (e - w) * BEYOND, y = (n - s) * BEYOND;
  return [Math.max(w - x, -180), Math.max(s - y, -85), Math.min(e + x, 180), Math.min(n + y, 85)];
}
