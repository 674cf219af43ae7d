// What opens by pressing opens in its place, and closes by itself when its time is up.
// Without script the same form leads to a page of its own, which the browser leaves in time.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-reveal]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const place = form.closest("[data-reveal-place]") ?? form.parentElement;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page.querySelector("[data-revealed]");
    const refused = page.querySelector("[data-refused] .notice");
    if (shown) return show(place, document.adoptNode(shown));
    if (refused) return form.prepend(document.adoptNode(refused));
    form.submit();
  } catch {
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
  }
});

function show(place, content) {
  const before = [...place.childNodes];
  place.replaceChildren(content);
  content.tabIndex = -1;
  content.focus();
  const close = () => { if (content.isConnected) place.replaceChildren(...before); };
  setTimeout(close, 1000 * Number(content.dataset.revealed));
  addEventListener("pagehide", close, { once: true });
}
