"""Looks at a page as somebody who cannot see it well, or has no mouse, would meet it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Locator, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}
SMALLEST = 24

_OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
_RUN = """async (rules) => {
  const found = await axe.run(document, {
    runOnly: rules, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"],
  });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`));
}"""
_WIDE = """() => {
  const page = document.documentElement, wide = page.scrollWidth - page.clientWidth;
  if (wide <= 1) return [];
  const out = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > page.clientWidth + 1 && !one.children.length;
  });
  return [`wider than the page by ${wide}: ${out[0]?.outerHTML.slice(0, 120) ?? ""}`];
}"""
# What is pressed and is no link in a line of text: WCAG 2.2 lets only those be lower.
_SMALL = """(least) => [...document.querySelectorAll(
    "button, summary, select, textarea, input:not([type=hidden]), a.btn, [role=button]")]
  .filter((one) => !one.closest("[aria-hidden=true]")
    && one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .map((one) => [one,
    (one.matches("[type=radio], [type=checkbox]") && one.closest("label")) || one])
  .map(([one, pressed]) => [one, pressed.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && (box.width < least - .5 || box.height < least - .5))
  .map(([one, box]) => `too small, ${box.width | 0} x ${box.height | 0}: `
    + one.outerHTML.slice(0, 120))"""
_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const drawn = (at) => {
    const s = getComputedStyle(at);
    const line = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1
      && !/, 0\\)$|transparent/.test(s.outlineColor);
    // In the path picture the ring is drawn around the station's place.
    const ring = at.classList.contains("pp-hit") && s.stroke !== "none";
    return line || ring || s.boxShadow !== "none";
  };
  const shown = [one, one.nextElementSibling, one.closest("label"), one.closest("search, .find"),
    one.querySelector?.(".pp-hit")];
  const name = one.outerHTML.slice(0, 140);
  if (!shown.some((at) => at && drawn(at))) return `focus is not seen: ${name}`;
  const face = one.getBoundingClientRect().width > 2 ? one : one.closest("label") ?? one;
  const box = [...face.getClientRects()].find((part) => part.width > 1 && part.height > 1);
  if (!box) return `focus has no place: ${name}`;
  const at = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) => [
    box.left + Math.min(box.width * x, innerWidth - 1), box.top + box.height * y]);
  const met = at.map(([x, y]) => document.elementFromPoint(x, y));
  const own = (hit) => hit && (face.contains(hit)
    || hit.contains(face) && hit.matches("label, a, summary")
    || one.labels && [...one.labels].some((label) => label.contains(hit)));
  return met.some(own) ? "" : `focus is hidden by ${met[0]?.outerHTML.slice(0, 80)}: ${name}`;
}"""


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def barriers(page: Page) -> list[str]:
    """Return what stands in somebody's way: by axe, too wide for the page, too small to press."""
    page.evaluate(_OPEN)
    page.evaluate(_axe())
    return [*page.evaluate(_RUN, RULES), *wide(page), *page.evaluate(_SMALL, SMALLEST)]


def wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    return page.evaluate(_WIDE)


def focus_trouble(page: Page) -> str:
    """Return what is wrong with the focus where it stands: not seen, or hidden; '' when well."""
    return page.evaluate(_FOCUS)


def kind_of(url: str) -> tuple[Any, ...]:
    """Return what makes two addresses the same kind of page: the view, and what it is asked."""
    parts = urlsplit(url)
    asked = tuple(sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair))
    return resolve(parts.path).view_name, asked


class Mouse:
    """Hands on a mouse and a keyboard, as most people's."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, at: Locator) -> None:
        at.click()

    def write(self, at: Locator, text: str) -> None:
        at.fill(text)

    def pick(self, at: Locator, word: str) -> None:
        """Choose an option of a select by its words."""
        at.select_option(label=word)

    def tick(self, at: Locator) -> None:
        at.check()

    def day(self, at: Locator, day: date) -> None:
        at.fill(day.isoformat())


class Keys(Mouse):
    """Hands on a keyboard alone. Looks at the focus after each Tab, and keeps what was wrong."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.tabs, self.troubles = 0, set[str]()

    def reach(self, at: Locator) -> None:
        """Go there by Tab, or by Shift+Tab when it was passed; fail when it is never reached."""
        at.wait_for()
        wanted = at.element_handle()
        assert wanted is not None
        # A group of radios is one stop: its arrows do the rest.
        is_there = (
            "(one) => { const at = document.activeElement; return at === one || (one.type === "
            "'radio' && at.type === 'radio' && at.name === one.name && at.form === one.form); }"
        )
        after = self.page.evaluate(
            "(one) => !!(document.activeElement.compareDocumentPosition(one) & 4)"
            " || document.activeElement === document.body",
            wanted,
        )
        for _ in range(400):
            if self.page.evaluate(is_there, wanted):
                return
            self.page.keyboard.press("Tab" if after else "Shift+Tab")
            self.tabs += 1
            if trouble := focus_trouble(self.page):
                self.troubles.add(f"{urlsplit(self.page.url).path}: {trouble}")
        raise AssertionError(f"Tab does not reach {at}")

    def press(self, at: Locator) -> None:
        self.reach(at)
        self.page.keyboard.press("Enter")

    def write(self, at: Locator, text: str) -> None:
        self.reach(at)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def day(self, at: Locator, day: date) -> None:
        # As the native field takes it in British English, figure by figure.
        self.reach(at)
        self.page.keyboard.type(f"{day:%d%m%Y}")

    def pick(self, at: Locator, word: str) -> None:
        self.reach(at)
        for _ in range(40):
            if at.evaluate("(one) => one.selectedOptions[0]?.textContent.trim()") == word:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {word}")

    def tick(self, at: Locator) -> None:
        self.reach(at)
        if at.get_attribute("type") == "radio":
            for _ in range(20):
                if at.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
        elif not at.is_checked():
            self.page.keyboard.press("Space")
        assert at.is_checked()
