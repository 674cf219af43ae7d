// At the session's end the page is covered, not left. Signing in again over it lifts the cover, and
// everything beneath is as it was; somebody else, or another role, gets a fresh page instead.
const STATE = "/session/";
const AGAIN = "/sign-in/again/";
const PING_EVERY = 120_000;
const NEAR = 5_000;

const plainFetch = window.fetch.bind(window);
let opened = null; // what the server told while the session was open
let timer = 0;
let touched = false;
let pinged = Date.now();
let cover = null;

window.fetch = async (...asked) => {
  const answer = await plainFetch(...asked);
  if (opened && (answer.status === 401 || answer.headers.has("X-Polku-Signed-Out"))) raise();
  return answer;
};

async function ask(method = "GET") {
  const headers = { "X-Polku": "1" };
  if (method === "POST") headers["X-CSRFToken"] = opened.csrf;
  const answer = await plainFetch(STATE, { method, headers, credentials: "same-origin", cache: "no-store" });
  return answer.ok ? answer.json() : { state: "unknown" };
}

function plan(told) {
  clearTimeout(timer);
  // Another tab may have used the session meanwhile, so the server is asked before the cover falls.
  timer = setTimeout(look, Math.max(1, told.left) * 1000 + 500);
}

async function look() {
  if (!opened || cover) return;
  let told;
  try {
    told = await ask();
  } catch {
    // No connection: time has run out here all the same.
    return raise();
  }
  if (told.state === "ended") return raise();
  if (told.state === "open" && told.who !== opened.who) return leave();
  if (told.state === "open") plan(told);
}

// Typing is use, even on a page that saves nothing while one types.
function use() {
  touched = true;
}
for (const kind of ["input", "keydown", "pointerdown"]) {
  document.addEventListener(kind, use, { capture: true, passive: true });
}
setInterval(async () => {
  if (!touched || !opened || cover || Date.now() - pinged < PING_EVERY) return;
  touched = false;
  pinged = Date.now();
  try {
    const told = await ask("POST");
    if (told.state === "open") plan(told);
    else if (told.state === "ended") raise();
  } catch { /* the next round tries again */ }
}, NEAR);

document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });

async function raise() {
  if (cover) return;
  cover = document.createElement("dialog");
  cover.className = "dialog session-cover";
  cover.dataset.stay = "";
  cover.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(cover);
  document.documentElement.classList.add("covered");
  cover.showModal();
  await fill();
}

async function fill() {
  while (cover) {
    try {
      const answer = await plainFetch(AGAIN, { credentials: "same-origin", cache: "no-store" });
      if (answer.ok) return put(await answer.text());
    } catch { /* no connection yet */ }
    await new Promise((done) => setTimeout(done, 3000));
  }
}

function put(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!cover) return;
  const content = page.querySelector("[data-session-content]");
  if (!content) return cover.replaceChildren(...page.querySelector("main").childNodes);
  cover.replaceChildren(document.adoptNode(content));
  cover.setAttribute("aria-label", content.dataset.title);
  const form = cover.querySelector("form");
  const email = form.elements.namedItem("email");
  if (email && !email.value) email.value = opened.email;
  const role = form.elements.namedItem("role");
  if (role) role.value = opened.role;
  form.addEventListener("submit", send);
  (form.elements.namedItem("password") ?? form.elements[0]).focus();
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await plainFetch(AGAIN, {
      method: "POST",
      headers: { "X-Polku": "1" },
      body: new FormData(form, event.submitter),
      credentials: "same-origin",
    });
    const kind = answer.headers.get("Content-Type") ?? "";
    if (kind.startsWith("application/json")) return lift(await answer.json());
    if (answer.redirected) return location.assign(answer.url);
    put(await answer.text());
  } catch {
    form.removeAttribute("aria-busy");
  }
}

async function lift(told) {
  if (told.who !== opened.who) return leave();
  for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = told.csrf;
  cover.close();
  cover.remove();
  cover = null;
  document.documentElement.classList.remove("covered");
  await begin();
  document.dispatchEvent(new CustomEvent("polku:signed-in", { detail: told }));
}

// What lies beneath was somebody else's, or another register's: take it away before going.
function leave() {
  document.body.replaceChildren();
  location.assign("/");
}

async function begin() {
  try {
    const told = await ask();
    if (told.state !== "open") return;
    opened = told;
    pinged = Date.now();
    plan(told);
  } catch { /* without a connection there is nothing to watch */ }
}

begin();
