// Booking: another day shows its free times by itself; a place is asked for only where people meet.
const known = new WeakSet();

function ready(scope) {
  for (const form of scope.querySelectorAll("form.booking")) {
    if (known.has(form)) continue;
    known.add(form);
    const { day, kind, minutes } = form.elements;
    const place = form.querySelector(".place-field");
    const look = form.querySelector("[data-look]");
    const meet = () => { place.hidden = kind.value !== "visit"; };
    form.addEventListener("change", (event) => {
      if (event.target.name === "kind") meet();
      // A date field tells of each key; the day is whole once its year is.
      if ([day, minutes].includes(event.target) && day.value > "2000") form.requestSubmit(look);
    });
    meet();
  }
}

document.addEventListener("polku:ready", (event) => ready(event.detail));
ready(document);
