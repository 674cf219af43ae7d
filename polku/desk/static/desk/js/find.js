// Finds clients while the name is typed on the top bar. Arrows move, Enter opens, Escape closes.
// Without script the same field leads to the search page.
const field = document.querySelector("[data-search]");
const form = field?.form;
const IDENTITY = /^\s*\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\s*$/i;
const WAIT = 180;
let box, timer, asked = 0, now = -1;

if (field) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "found");
  field.maxLength = 200;
  box = document.createElement("div");
  box.className = "found-box";
  box.hidden = true;
  form.append(box);
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  field.addEventListener("keydown", keys);
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  box.addEventListener("mousedown", (event) => event.preventDefault());
}
document.addEventListener("submit", (event) => { keepCodeOut(event.target); }, true);

async function ask() {
  const text = field.value.trim();
  if (text.length < 2 || IDENTITY.test(text)) return close();
  const mine = ++asked;
  try {
    const answer = await fetch(`${form.action}?${new URLSearchParams({ q: text })}`, { headers: { "X-Polku-Fragment": "1" }, credentials: "same-origin", redirect: "error" });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    box.replaceChildren(...document.adoptNode(page.body).childNodes);
    now = -1;
    box.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
  } catch {
    close();
  }
}

function keys(event) {
  if (event.key === "Escape" && !box.hidden) { event.preventDefault(); return close(); }
  const rows = [...box.querySelectorAll("[role=option]")];
  if (box.hidden || !rows.length) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    now = (now + step + rows.length + (now < 0 && step < 0 ? 1 : 0)) % rows.length;
    rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === now)));
    field.setAttribute("aria-activedescendant", rows[now].id);
    rows[now].scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && now >= 0) {
    event.preventDefault();
    rows[now].querySelector("a").click();
  }
}

function close() {
  asked += 1;
  now = -1;
  box.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

// An identity code goes in the body of the request: an address would stay in the history.
function keepCodeOut(sent) {
  const typed = sent.querySelector?.("input[type=search][name=q]");
  if (!typed || !IDENTITY.test(typed.value)) return;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (!token) return;
  sent.method = "post";
  if (!sent.querySelector("[name=csrfmiddlewaretoken]")) sent.append(token.cloneNode());
}
