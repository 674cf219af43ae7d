"""Hears what a page in Chromium does that no page of ours may do.

Counted are: a call of `xss()`, which only a payload makes; dialogs; what the policy refused; errors
of scripts and in the console; and markup in the finished page that none of our templates has.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error, Page

_REPORT = """addEventListener("securitypolicyviolation", (event) => heardOfPolicy(
  `${event.effectiveDirective} ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}`),
  true);"""
_MARKUP = """() => {
  const found = [];
  const odd = "iframe, object, embed, base, math, marquee, audio, video, frame, foreignObject";
  // The map's library moves and sizes its own parts through the style's interface, which the policy
  // lets a script do; the attribute then shows it. An attribute that came as text is reported.
  const placed = /^((width|height|transform|opacity|cursor|pointer-events): [^;:]+; ?)+$/;
  const ofMap = (one, value) => one.closest(".maplibregl-map") && /maplibregl-/.test(one.className)
    && placed.test(value) && !/url/i.test(value);
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    for (const { name: key, value } of one.attributes) {
      if (/^on|^srcdoc$|^style$/i.test(key) && !(key === "style" && ofMap(one, value)))
        found.push(`<${name} ${key}>`);
      if (/^\\s*(javascript:|data:text)/i.test(value) && !/^(value|content)$/.test(key))
        found.push(`<${name} ${key}=${value.slice(0, 40)}>`);
    }
    if (name === "script" && !one.src && one.type !== "application/json") found.push("<script>");
    if (one.matches(odd)) found.push(`<${name}>`);
  }
  return found;
}"""


class Watch:
    """Listens to a page from before its first address; `heard` is empty when all is well."""

    def __init__(self, page: Page) -> None:
        self.page, self.heard, self.visited = page, [], 0
        # As if it were the page's own function: a payload finds it in frames too.
        page.context.expose_binding("xss", lambda source: self._say("ran", "xss()"))
        page.context.expose_binding("heardOfPolicy", lambda source, said: self._say("policy", said))
        page.context.add_init_script(_REPORT)
        page.on("dialog", self._dismiss)
        page.on("pageerror", lambda error: self._say("script", str(error)))
        page.on("console", self._console)

    def visit(self, url: str) -> None:
        """Open an address, let its scripts run, and look at what became of the page."""
        self.visited += 1
        try:
            self.page.goto(url, wait_until="load")
        except Error as error:
            self._say("not opened", f"{url}: {error.message.splitlines()[0]}")
            return
        self.look()

    def look(self) -> None:
        """Look for markup in the page as it stands now."""
        for found in self.page.evaluate(_MARKUP):
            self._say("markup", found)

    def of(self, kind: str) -> list[str]:
        """Return what was heard of one kind."""
        return [said for said in self.heard if said.startswith(f"{kind}: ")]

    def _say(self, kind: str, said: str) -> None:
        self.heard.append(f"{kind}: {said} at {self.page.url}")

    def _console(self, message: Any) -> None:
        # Where a piece of a page is opened by itself, the browser looks for an icon.
        asked_icon = str(message.location.get("url", "")).endswith("/favicon.ico")
        if message.type == "error" and not asked_icon:
            self._say("console", message.text)

    def _dismiss(self, dialog: Any) -> None:
        # Leaving a page with half-written words may be asked about; a text cannot make it ask.
        if dialog.type != "beforeunload":
            self._say("dialog", dialog.message)
        dialog.dismiss()
