// Shows how far a running import has come, and opens its report when it is done.
const box = document.querySelector("[data-import]");
const bar = box?.querySelector("progress");
const words = box?.querySelector(".progress .num");

async function look() {
  try {
    const answer = await fetch(box.dataset.import, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return location.reload();
    const now = await answer.json();
    if (!now.busy) return location.reload();
    bar.max = Math.max(now.of, 1);
    bar.value = now.done;
    if (now.done) box.querySelector("[data-waiting]")?.remove();
    words.textContent = now.words;
  } catch {
    // No connection: the next look may find it again.
  }
  setTimeout(look, 1500);
}

if (box) setTimeout(look, 1000);
