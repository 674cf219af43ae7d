// Keeps a form's words: on the server every few seconds, and sealed on this device while the
// server can't be reached. Says when it last could, and what stands in another tab.
import * as vault from "./vault.js";

const EVERY = 3500;
const SLOW = 1000;
const GIVE_UP = 8000;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "ticket", "revision", "version"]);
// In Helsinki's time, as everything else on the page, wherever the machine thinks it is.
const clockTime = (moment = new Date()) => moment.toLocaleTimeString("fi-FI", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Helsinki" }).replace(":", ".");

export function postForm(address, fields) {
  const body = new URLSearchParams(fields);
  body.set("csrfmiddlewaretoken", csrf());
  return { address, options: { method: "POST", headers: { "X-Polku": "1" }, body, credentials: "same-origin", redirect: "manual" } };
}

const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// After signing in again over the page the forms' marks are old; ask for the new one.
async function renewMark() {
  const told = await (await fetch("/session/", { headers: { "X-Polku": "1" } })).json();
  if (told.csrf) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = told.csrf;
  return told.state === "open";
}

export async function send(fields, address, { leaving = false } = {}) {
  const once = () => {
    const { options } = postForm(address, fields);
    return fetch(address, { ...options, keepalive: leaving, signal: AbortSignal.timeout(GIVE_UP) });
  };
  let answer = await once();
  if (answer.status === 403 && !leaving && await renewMark()) answer = await once();
  if (answer.status === 401) return { state: "ended" };
  if (answer.status >= 500 || answer.type === "opaqueredirect") throw new Error("no answer");
  return answer.json().catch(() => ({ state: "refused" }));
}

export class Keeper {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.name;
    this.key = vault.keyFrom(form.dataset.key);
    this.key.catch(() => {});
    form.removeAttribute("data-key");
    this.said = form.querySelector("[data-kept]");
    this.since = clockTime();
    this.changes = this.savedChanges = 0;
    this.away = this.stopped = this.asking = false;
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.touched());
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("pagehide", () => this.save({ leaving: true }));
    addEventListener("offline", () => { if (this.dirty) this.outOfReach(); });
    addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => this.save({ leaving: document.hidden }));
    document.addEventListener("polku:signed-in", () => this.save());
    this.ready = this.bringBack();
  }

  get dirty() { return this.changes > this.savedChanges && !this.stopped; }
  get revision() { return this.form.elements.revision; }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
  }

  word(name, time = this.since) {
    return this.form.querySelector("template[data-words]").content.querySelector(`[data-word=${name}]`).textContent.replace("{time}", time);
  }

  say(name, kind, time) {
    this.said.textContent = name ? this.word(name, time) : "";
    this.said.className = `kept ${kind}`;
  }

  touched() {
    if (this.asking) return;
    this.stopped = false;
    this.changes += 1;
    if (this.away) { clearTimeout(this.soon); this.soon = setTimeout(() => this.buffer(), 300); }
    this.timer ??= setTimeout(() => this.save(), EVERY);
  }

  async save({ leaving = false, anyway = false } = {}) {
    if (!this.dirty || this.asking || (this.busy && !leaving)) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.busy = true;
    const upTo = this.changes;
    const slow = setTimeout(() => this.outOfReach(), SLOW);
    try {
      const told = await send(this.letter(anyway), this.form.dataset.save, { leaving });
      clearTimeout(slow);
      await this.heard(told, upTo);
    } catch {
      clearTimeout(slow);
      await this.outOfReach();
    } finally {
      this.busy = false;
      if (this.dirty && !this.asking) this.timer ??= setTimeout(() => this.save(), EVERY);
    }
  }

  // The panel sends by itself and stays. A page of its own is left by sending: with nobody at the
  // other end the browser would show its own error in place of the words, so it is asked first.
  async leave(event) {
    if (this.reached || this.form.closest("dialog")) return this.sent();
    event.preventDefault();
    if (this.leaving) return;
    this.leaving = true;
    try {
      await fetch("/session/", { signal: AbortSignal.timeout(GIVE_UP) });
      this.reached = true;
      this.form.requestSubmit(event.submitter);
    } catch {
      this.touched();
      await this.outOfReach();
    } finally {
      this.leaving = this.reached = false;
    }
  }

  letter(anyway = false) {
    const letter = { ticket: this.form.elements.ticket.value, revision: this.revision.value, fields: JSON.stringify(this.fields()) };
    return anyway ? { ...letter, anyway: "1" } : letter;
  }

  async heard(told, upTo) {
    if (told.state === "saved") return this.kept(told, upTo);
    if (told.state === "sent") { this.stopped = true; return this.forget(); }
    if (told.state === "newer") return this.askWhich(told);
    if (told.state === "ended") {
      await this.buffer();
      this.say("ended", "late");
      return;
    }
    await this.buffer();
    this.say(this.fields().join().length > 150000 ? "full" : "unsaved", "late");
  }

  async kept(told, upTo) {
    this.savedChanges = upTo;
    this.revision.value = told.revision;
    this.since = told.at;
    this.away = false;
    if (this.dirty) return;
    await this.forget();
    this.say(told.sees ? "saved" : "gone", told.sees ? "" : "warn", told.at);
    document.dispatchEvent(new CustomEvent("polku:saved"));
  }

  async outOfReach() {
    this.away = true;
    await this.buffer();
  }

  // Only the last word is left on the device, and only until the server has it.
  async buffer() {
    if (this.stopped) return;
    const what = { ...this.letter(), at: Date.now(), address: this.form.dataset.save };
    try {
      await vault.put(await this.key, this.name, what);
      this.buffered = true;
      if (this.away) this.say("device", "late");
    } catch {
      this.say("unsaved", "late");
    }
  }

  async forget() {
    clearTimeout(this.soon);
    if (!this.buffered) return;
    this.buffered = false;
    await vault.remove(this.name);
  }

  // A tab that died with words the server had not got: they come back to the same person.
  async bringBack() {
    let left;
    try { left = await vault.get(await this.key, this.name); } catch { return; }
    if (!left) return;
    this.buffered = true;
    try {
      const told = await send({ ticket: this.form.elements.ticket.value, revision: left.revision, fields: left.fields }, this.form.dataset.save);
      if (told.state === "sent") return this.forget();
      if (told.state === "newer") { this.fill(JSON.parse(left.fields)); return this.askWhich(told); }
      if (told.state !== "saved") return;
      this.fill(JSON.parse(left.fields));
      this.revision.value = told.revision;
      await this.forget();
      this.say("back", "ok");
    } catch { /* It stays on the device until the server answers. */ }
  }

  fill(pairs) {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
    this.form.dispatchEvent(new CustomEvent("polku:rows", { detail: values.get("task_text")?.length ?? 0 }));
    for (const field of this.form.elements) {
      if (!field.name || NOT_KEPT.has(field.name) || !values.has(field.name)) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.get(field.name).includes(field.value);
      else field.value = values.get(field.name).shift() ?? "";
    }
    for (const closed of this.form.querySelectorAll("details:not([open])")) {
      closed.open = [...closed.querySelectorAll("textarea, input[type=text]")].some((field) => field.value.trim() && field.name !== "book_place");
    }
    this.form.dispatchEvent(new CustomEvent("polku:filled"));
  }

  // Two tabs or two devices: both texts are shown, and a person chooses.
  askWhich(told) {
    this.asking = true;
    this.say("", "");
    const box = this.form.querySelector("template[data-newer]").content.cloneNode(true).firstElementChild;
    const own = this.fields().filter(([name, value]) => WRITTEN.has(name) && value.trim()).map(([, value]) => value);
    box.querySelector("[data-newer-at]").textContent = told.at;
    box.querySelector("[data-newer-words]").textContent = told.words;
    box.querySelector("[data-own-words]").textContent = own.join("\n\n");
    const done = () => { this.asking = false; this.revision.value = told.revision; box.remove(); };
    box.querySelector("[data-take-newer]").addEventListener("click", async () => {
      done();
      this.fill(told.fields);
      this.savedChanges = this.changes;
      await this.forget();
      this.say("saved", "", told.at);
    });
    box.querySelector("[data-keep-own]").addEventListener("click", () => {
      done();
      this.changes += 1;
      this.save({ anyway: true });
    });
    this.form.prepend(box);
    box.scrollIntoView({ block: "nearest" });
    box.querySelector("button").focus();
  }

  // Sent by hand. If it does not arrive, the form is still there, and keeping goes on.
  sent() {
    const upTo = this.changes;
    clearTimeout(this.timer);
    this.timer = null;
    if (this.away) this.buffer();
    this.stopped = true;
    setTimeout(() => {
      if (!this.form.isConnected) return this.forget();
      this.stopped = false;
      if (upTo > this.savedChanges) this.save();
    }, GIVE_UP / 2);
  }
}

const WRITTEN = new Set(["agreed", "task_text", "what_works", "next_small_step", "private_note", "note", "remind_text"]);
