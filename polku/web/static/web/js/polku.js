// What every page may do when script runs. Each page works without it.
const root = document.documentElement;
root.classList.add("js");

const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const dialogOpen = () => document.querySelector("dialog[open]");

// Keys: "/" finds, "?" shows the keys, a letter presses what carries it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeMenus();
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) || dialogOpen()) return;
  if (event.key === "/") return act(event, document.querySelector("[data-search]"), (field) => { field.focus(); field.select(); });
  if (event.key === "?") return act(event, document.getElementById("keys"), showKeys);
  if (!/^[a-z]$/.test(event.key)) return;
  act(event, document.querySelector(`[data-shortcut="${event.key}"]`), (target) => target.click());
});

function act(event, target, then) {
  if (!target) return;
  event.preventDefault();
  then(target);
}

function showKeys(dialog) {
  const list = dialog.querySelector("[data-key-list]");
  list.querySelectorAll("[data-found]").forEach((old) => old.remove());
  for (const target of document.querySelectorAll("[data-shortcut]")) {
    if (!target.getClientRects().length) continue;
    const key = document.createElement("kbd");
    const word = document.createElement("span");
    key.textContent = target.dataset.shortcut;
    word.textContent = target.textContent.trim().replace(new RegExp(`\\s*${target.dataset.shortcut}$`), "");
    for (const part of [key, word]) { part.dataset.found = ""; list.append(part); }
  }
  dialog.showModal();
}

// Menus close on Escape and on a press elsewhere.
function closeMenus(but) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu === but) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

document.addEventListener("click", async (event) => {
  const target = event.target;
  closeMenus(target.closest("details[data-menu]"));
  if (target.closest("[data-keys]")) return showKeys(document.getElementById("keys"));
  if (target.closest("[data-close]")) return target.closest("[data-toast]")?.remove();
  const copy = target.closest("[data-copy-button]");
  if (copy) return copyBox(copy.closest("[data-copy]"));
  if (target.matches("dialog") && !target.matches("[data-stay]")) return target.close();
  const opener = target.closest('a[href^="#"]');
  const dialog = opener && document.getElementById(opener.getAttribute("href").slice(1));
  if (dialog?.matches("dialog")) { event.preventDefault(); dialog.showModal(); }
});

async function copyBox(box) {
  const source = box.querySelector("textarea, pre");
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
  } catch {
    // Refused by the browser: leave the text selected, one key press away.
    getSelection().selectAllChildren(source);
    return;
  }
  box.classList.add("copied");
  box.dispatchEvent(new CustomEvent("polku:copied", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const target = event.target;
  if (target.closest("[data-autosubmit]")) target.form.requestSubmit();
  const list = target.closest("[data-bulk]");
  if (list) countChosen(list, target);
});

// Bulk choice: how many are chosen, said aloud; the header's box takes all.
function countChosen(list, changed) {
  const boxes = [...list.querySelectorAll("[data-choose]")];
  const all = list.querySelector("[data-choose-all]");
  if (changed === all) boxes.forEach((box) => { box.checked = all.checked; });
  const count = boxes.filter((box) => box.checked).length;
  if (all) { all.checked = count > 0 && count === boxes.length; all.indeterminate = count > 0 && count < boxes.length; }
  for (const bar of list.querySelectorAll(".bulk")) {
    bar.dataset.count = count;
    for (const number of bar.querySelectorAll("[data-chosen]")) number.textContent = count;
  }
}

// A toast leaves after a while, unless it needs an answer or someone is reading it.
function holdToast(toast) {
  if (toast.querySelector("[data-keep]") || toast.matches(".warn, .late")) return;
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), 8000); };
  const stop = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

// On a phone a row is drawn as a card; the roles keep it a table for those who listen.
function keepTables(scope) {
  const roles = { table: "table", "thead, tbody, tfoot": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
  for (const table of scope.querySelectorAll("table.table")) {
    table.setAttribute("role", "table");
    for (const [selector, role] of Object.entries(roles)) {
      for (const part of table.querySelectorAll(selector)) part.setAttribute("role", role);
    }
  }
}

function ready(scope) {
  if (matchMedia("(max-width: 54rem)").matches) keepTables(scope);
  scope.querySelectorAll("[data-toast]").forEach(holdToast);
  scope.querySelectorAll("[data-bulk]").forEach((list) => countChosen(list));
  scope.querySelector("[data-focus]")?.focus();
}

document.addEventListener("polku:ready", (event) => ready(event.detail));
ready(document);
