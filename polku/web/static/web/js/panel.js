// A link with data-panel opens its page's [data-panel-content] beside the page it stands on.
// Whatever goes wrong before the panel is shown ends in an ordinary visit to the link.
const HEADERS = { "X-Polku-Panel": "1" };

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

async function fetchContent(address, options = {}) {
  const answer = await fetch(address, { headers: HEADERS, redirect: "manual", credentials: "same-origin", ...options });
  const onward = answer.headers.get("X-Polku-Location");
  if (onward || answer.type === "opaqueredirect") return { onward, signedOut: answer.headers.has("X-Polku-Signed-Out"), moved: true };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { content: page.querySelector("main [data-panel-content]"), title: page.querySelector("h1")?.textContent ?? "" };
}

async function open(link) {
  link.setAttribute("aria-busy", "true");
  try {
    const found = await fetchContent(link.href);
    if (!found.content) return location.assign(link.href);
    const panel = frame(link);
    fill(panel, found, link.href);
    panel.showModal();
    (panel.querySelector("[autofocus]") ?? panel.querySelector("h2")).focus();
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function frame(link) {
  const panel = document.createElement("dialog");
  panel.className = "panel";
  panel.dataset.stay = "";
  panel.setAttribute("aria-labelledby", "panel-h");
  panel.append(document.getElementById("panel-frame").content.cloneNode(true));
  panel.addEventListener("close", () => { panel.remove(); link.focus(); });
  document.body.append(panel);
  return panel;
}

function fill(panel, { content, title }, address) {
  const heading = panel.querySelector("h2");
  heading.textContent = content.dataset.title ?? title;
  panel.querySelector(".body").replaceChildren(document.adoptNode(content));
  for (const form of content.querySelectorAll("form")) {
    if (!form.hasAttribute("action")) form.action = address;
    form.addEventListener("submit", (event) => send(event, panel, address));
  }
  // A page's own module comes along with its content; it hears of the panel by itself.
  if (content.dataset.module) import(new URL(content.dataset.module, location));
  document.dispatchEvent(new CustomEvent("polku:ready", { detail: panel }));
}

async function send(event, panel, address) {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get" || event.defaultPrevented) return;
  event.preventDefault();
  form.setAttribute("aria-busy", "true");
  try {
    if ("stale" in panel.dataset) await freshen(panel, form, address);
    const answer = await fetchContent(form.action, { method: "POST", body: new FormData(form, event.submitter) });
    if (answer.signedOut) { panel.dataset.stale = ""; return say(panel, "signed-out"); }
    if (answer.moved) return arrive(answer.onward);
    if (!answer.content) return say(panel, "refused");
    fill(panel, answer, address);
  } catch {
    say(panel, "offline");
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// A new sign-in makes the form's safety mark void: take a new one, leave the words alone.
async function freshen(panel, form, address) {
  const mark = (scope) => scope?.querySelector("[name=csrfmiddlewaretoken]");
  const { content } = await fetchContent(address);
  if (!mark(content) || !mark(form)) return;
  mark(form).value = mark(content).value;
  delete panel.dataset.stale;
}

// To the page it stands on, perhaps at another row of it: that page is read anew.
function arrive(onward) {
  const to = new URL(onward ?? location.href, location);
  if (to.pathname !== location.pathname || to.search !== location.search) return location.assign(to);
  history.replaceState(null, "", to.hash || location.pathname + location.search);
  location.reload();
}

// The words stand in the page, in its language; nothing that was written is lost.
function say(panel, what) {
  panel.querySelectorAll("[data-said]").forEach((old) => { old.hidden = old.dataset.said !== what; });
  panel.querySelector(`[data-said="${what}"]`)?.focus();
}
