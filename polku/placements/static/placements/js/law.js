// A form with data-law asks what the law says of it whenever what the law looks at changes, and shows
// the answer in the page's card. Without script its own button asks the same.
const ASKED = new Set(["kind", "what", "starts_on", "ends_on", "hours_a_day", "days_a_week"]);
const card = document.querySelector("[data-laws]");
let asked = 0;

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-law]");
  if (card && form && ASKED.has(event.target.name)) ask(form);
});

async function ask(form) {
  const mine = ++asked;
  const body = new FormData(form);
  body.set("check", "1");
  card.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Polku-Fragment": "1" }, credentials: "same-origin", redirect: "error" });
    if (mine !== asked) return;
    if (!answer.ok) return unknown();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    card.replaceChildren(...document.adoptNode(page.body).childNodes);
  } catch {
    if (mine === asked) unknown();
  } finally {
    if (mine === asked) card.removeAttribute("aria-busy");
  }
}

// What stood in the card was said of other days.
function unknown() {
  const note = document.createElement("p");
  note.textContent = card.dataset.unknown;
  card.replaceChildren(note);
}
