"""axe's findings on a page, once the page stands still: one way for every browser test."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# axe measures some boxes at once and some later: a page that still loads its fonts, or that slides,
# has boxes of two moments, and one seems to lie on another.
_STILL = """async () => {
  await document.fonts.ready;
  const ends = document.getAnimations().filter((one) => one.effect.getTiming().iterations < 9);
  const patience = new Promise((ready) => setTimeout(ready, 2000));
  await Promise.race([patience, Promise.all(ends.map((one) => one.finished.catch(() => {})))]);
  const frame = () => new Promise((ready) => requestAnimationFrame(ready));
  const seen = () => [scrollX, scrollY, document.documentElement.scrollHeight].join();
  for (let was = "", tries = 0; was !== (was = seen()) && tries < 60; tries += 1) {
    await frame(); await frame();
  }
}"""


def barriers(page: Page, *, opened: bool = False) -> list[str]:
    """Return what axe finds by the rules of WCAG 2.2 AA and its best practices, a line each.

    With `opened`, every disclosure is opened first.
    """
    page.wait_for_load_state("load")
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.evaluate(_STILL)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
