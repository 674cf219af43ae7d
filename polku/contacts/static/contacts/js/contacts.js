// The panel's own behaviour. Without it every field is still there and the form works.
import { Keeper, postForm } from "./keeper.js";

const known = new WeakSet();

function ready(scope) {
  for (const form of scope.querySelectorAll("form[data-keep]")) {
    if (known.has(form)) continue;
    known.add(form);
    begin(form);
  }
}

function begin(form) {
  const keeper = new Keeper(form);
  taskRows(form);
  reachedOrNot(form);
  days(form);
  form.addEventListener("polku:filled", () => { form.elements.minutes.dataset.own = "1"; showWhen(form); });
  // In the whole panel: after "there is no connection" the focus stands on those words.
  (form.closest("dialog") ?? form).addEventListener("keydown", (event) => {
    if (form.isConnected && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(form.querySelector(".save-bar [type=submit]")); }
  });
  timer(form);
  keeper.ready.then(() => showWhen(form));
  if (!form.querySelector("[data-focus]") && form.closest("dialog")) form.elements.agreed.focus();
}

// Rows of tasks: one is shown, more come as they are needed.
function taskRows(form) {
  const list = form.querySelector("[data-tasks]");
  [...list.querySelectorAll("[data-blank]")].slice(list.children.length > list.querySelectorAll("[data-blank]").length ? 0 : 1).forEach((row) => row.remove());
  if (!list.children.length) return;
  const add = () => {
    const row = list.lastElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("input")) { field.value = ""; field.defaultValue = ""; }
    list.append(row);
    return row;
  };
  form.querySelector("[data-add-task]").addEventListener("click", () => add().querySelector("input").focus());
  form.addEventListener("polku:rows", (event) => { while (list.children.length < event.detail) add(); });
}

// No answer: what was not said is out of the way, and the next try is suggested.
function reachedOrNot(form) {
  const { reached, next_on: next, next_kind: how } = form.elements;
  const show = (event) => {
    const yes = reached.value === "1";
    for (const part of form.querySelectorAll("[data-when-reached]")) part.hidden = !yes;
    for (const part of form.querySelectorAll("[data-when-not]")) part.hidden = yes;
    const { afterReached, afterTry, kindAfterTry } = form.dataset;
    if (event && next && afterTry && !next.dataset.own) next.value = yes ? afterReached : afterTry;
    if (event && how && kindAfterTry && !how.dataset.own) how.value = yes ? "call" : kindAfterTry;
    hint();
    showWhen(form);
  };
  const hint = () => {
    const line = form.querySelector("[data-hint-for]");
    if (line) line.hidden = reached.value !== "1" || form.elements.purpose.value !== line.dataset.hintFor;
  };
  for (const button of reached) button.addEventListener("change", show);
  how?.addEventListener("change", () => { how.dataset.own = "1"; });
  form.elements.purpose.addEventListener("change", hint);
  form.addEventListener("polku:filled", () => show());
  show();
}

// Days and times taken in one press; free times follow the day.
function days(form) {
  const { next_on: next, book_day: day, book_time: time, book_minutes: minutes } = form.elements;
  const fill = (field, value) => {
    field.value = value;
    field.dataset.own = "1";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  next?.addEventListener("input", () => { next.dataset.own = "1"; mark(); });
  const mark = () => form.querySelectorAll("[data-fill=next_on]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.value === next.value)));
  if (next) mark();
  form.addEventListener("click", (event) => {
    const quick = event.target.closest("[data-fill]");
    if (quick) fill(form.elements[quick.dataset.fill], quick.dataset.value);
    const free = event.target.closest("[data-fill-time]");
    if (!free) return;
    const [onDay, at] = free.dataset.fillTime.split("T");
    fill(day, onDay);
    fill(time, at);
  });
  if (!day) return;
  let last = day.value || next?.value;
  const look = async () => {
    const wanted = day.value || next?.value;
    if (!wanted || wanted === last) return;
    last = wanted;
    const here = form.querySelector("[data-free-here]");
    try {
      const answer = await fetch(`${form.dataset.free}?on=${wanted}&minutes=${minutes.value}`, { headers: { "X-Polku": "1" } });
      if (!answer.ok) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      here.replaceChildren(...[...piece.children].map((part) => document.adoptNode(part)));
    } catch { /* A time can still be written by hand. */ }
  };
  for (const field of [next, day]) field?.addEventListener("change", look);
  minutes.addEventListener("change", () => { last = ""; look(); });
}

// A quiet clock: minutes since the panel was opened, until someone writes their own.
function timer(form) {
  const { minutes, kind } = form.elements;
  const opened = Number(form.dataset.opened) * 1000;
  if (minutes.value || !opened) minutes.dataset.own = "1";
  minutes.addEventListener("input", () => { minutes.dataset.own = "1"; showWhen(form); });
  const started = Date.now();
  const tick = () => {
    if (!form.isConnected) return clearInterval(beat);
    if (!minutes.dataset.own && kind.value === "call") minutes.value = Math.max(1, Math.round((Date.now() - started) / 60000));
    showWhen(form);
  };
  const beat = setInterval(tick, 10000);
  kind.addEventListener("change", () => { if (!minutes.dataset.own) minutes.value = ""; tick(); });
  tick();
}

function showWhen(form) {
  const line = form.querySelector("[data-when-words]");
  const { initiative, time, minutes } = form.elements;
  const who = initiative.selectedOptions[0].textContent;
  const long = minutes.value ? ` · ${minutes.value} min` : "";
  line.textContent = `${line.dataset.initiative}: ${who} · ${time.value.replace(/^0/, "").replace(":", ".")}${long}`;
}

// Copied: marked at once, and said so.
document.addEventListener("polku:copied", async (event) => {
  const box = event.target.closest("[data-copied-url]");
  if (!box) return;
  try {
    const seen = box.querySelector("[name=seen]").value;
    const { options } = postForm(box.dataset.copiedUrl, { seen });
    const told = await (await fetch(box.dataset.copiedUrl, options)).json();
    box.querySelector("[data-copy-state] span").textContent = told.said;
    box.querySelector("[data-copy-state]").classList.add("done");
    if (told.state === "copied") box.querySelector("[data-mark] button")?.remove();
  } catch { /* It is copied; marking it by hand is one press away. */ }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-ready]")) event.target.closest("dialog")?.close();
});

// The page under the panel shows what was logged.
document.addEventListener("close", (event) => {
  if (event.target.matches("dialog.panel") && event.target.querySelector("[data-done]")) location.reload();
}, true);

document.addEventListener("polku:ready", (event) => ready(event.detail));
ready(document);
