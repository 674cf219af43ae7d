// A form with words in it. Leaving the page asks first, unless it has been saved or sent. And it is sent only when somebody
// is at the other end: otherwise the browser would show its own error in place of the words.
const GIVE_UP = 8000;
let changed = false;
let reached = null;

document.addEventListener("input", (event) => { if (event.target.closest("form[data-leave]")) changed = true; });
document.addEventListener("polku:saved", () => { changed = false; });
addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

document.addEventListener("submit", (event) => {
  const form = event.target;
  // What keeps a draft asks by itself, and a panel stays where it is.
  const alone = event.defaultPrevented || form.dataset.save || form.closest("dialog");
  if (alone || reached === form || !form.matches("[data-leave], [data-ask]") || !holdsWords(form)) { changed = false; return; }
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) askFirst(form, event.submitter);
});

// A press without words loses nothing, and goes at once.
function holdsWords(form) {
  return [...form.elements].some((one) => one.matches("textarea, input:is([type=text], [type=email], [type=tel], :not([type]))") && one.value.trim());
}

async function askFirst(form, submitter) {
  form.setAttribute("aria-busy", "true");
  form.querySelector(":scope > [data-said=offline]")?.remove();
  try {
    await fetch("/session/", { signal: AbortSignal.timeout(GIVE_UP) });
    reached = form;
    form.requestSubmit(submitter);
  } catch {
    say(form);
  } finally {
    reached = null;
    form.removeAttribute("aria-busy");
  }
}

function say(form) {
  const said = document.querySelector("#panel-frame, #unreached")?.content.querySelector("[data-said=offline]")?.cloneNode(true);
  if (!said) return;
  said.hidden = false;
  form.prepend(said);
  said.focus();
}
