// Booking: another day shows its free times by itself; a place is asked for only where people meet,
// and not where a room is it.
const known = new WeakSet();

function ready(scope) {
  for (const form of scope.querySelectorAll("form.booking")) {
    if (known.has(form)) continue;
    known.add(form);
    const { day, kind, minutes, room, speaker, interpreter, time } = form.elements;
    const place = form.querySelector(".place-field");
    const elsewhere = form.querySelector(".elsewhere");
    const look = form.querySelector("[data-look]");
    const meet = () => {
      place.hidden = kind.value !== "visit";
      elsewhere.hidden = Boolean(room?.value);
      if (speaker) speaker.closest(".speaker-field").hidden = !interpreter.checked;
    };
    // Which rooms are free changes with the hour: asked once the hour is written. Who leaves the
    // hour for a button goes on by that button: a look of ours would swallow the press.
    const had = time.value;
    let pressed = null;
    form.addEventListener("pointerdown", (event) => {
      pressed = event.target.closest("button");
    });
    time.addEventListener("focusout", (event) => {
      if (pressed || event.relatedTarget?.type === "submit") return;
      if ((room || speaker) && time.value && time.value !== had) form.requestSubmit(look);
    });
    form.addEventListener("change", (event) => {
      if ([room, interpreter].includes(event.target) || event.target.name === "kind") meet();
      // A date field tells of each key; the day is whole once its year is.
      if ([day, minutes].includes(event.target) && day.value > "2000") form.requestSubmit(look);
    });
    meet();
  }
}

document.addEventListener("polku:ready", (event) => ready(event.detail));
ready(document);
