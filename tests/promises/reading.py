"""Reads pages as a browser does: their links, and their forms filled in as a person would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from polku.foundation import clock
from polku.foundation.testing import PASSWORD

WORD = "Sana"


@dataclass(frozen=True)
class Form:
    """One way to send a form: its fields filled in, and one of its buttons pressed."""

    page: str
    action: str
    method: str
    pairs: tuple[tuple[str, str], ...]
    # All its fields, those too that are sent only when chosen; and those in which one writes.
    names: frozenset[str]
    written: tuple[str, ...]

    @property
    def data(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found

    @property
    def kind(self) -> tuple[object, ...]:
        """Return what makes two forms the same: where they go, and what they say."""
        pressed = tuple(p for p in self.pairs if p[0] in {"do", "verb", "action", "answer", "what"})
        return urlsplit(self.action).path, self.method, tuple(n for n, _v in self.pairs), pressed


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[dict] = []
        self._form: dict | None = None
        self._field: dict | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._form = {"attrs": given, "fields": [], "buttons": []}
            self.forms.append(self._form)
        form = self._form
        if form is None or "disabled" in given:
            return
        if tag == "input" and given.get("type") in {"submit", "image"} or tag == "button":
            if given.get("type", "submit") == "submit":
                form["buttons"].append(given)
        elif tag in {"input", "textarea", "select"} and given.get("name"):
            self._field = {"tag": tag, **given, "options": [], "text": ""}
            form["fields"].append(self._field)
        elif tag == "option" and self._field is not None:
            self._field["options"].append(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in {"textarea", "select"}:
            self._field = None

    def handle_data(self, data: str) -> None:
        if self._field is not None and self._field["tag"] == "textarea":
            self._field["text"] += data


# A page is asked for its links, and later for its forms.
@lru_cache(maxsize=256)
def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page


def links(html: str, at: str) -> list[str]:
    """Return the addresses of this house that a page links to."""
    found = [urldefrag(urljoin(f"http://testserver{at}", href))[0] for href in _read(html).links]
    return [
        url.removeprefix("http://testserver")
        for url in found
        if url.startswith("http://testserver/")
    ]


def forms(html: str, at: str) -> list[Form]:
    """Return the forms of a page that post, one for each of their buttons."""
    found = []
    for form in _read(html).forms:
        attrs = form["attrs"]
        method = attrs.get("method", "get").lower()
        if method != "post":
            continue
        pairs = _filled(form["fields"])
        names = frozenset(f["name"] for f in form["fields"])
        written = tuple(f["name"] for f in form["fields"] if _is_written(f))
        for button in form["buttons"] or [{}]:
            pressed = [(button["name"], button.get("value", ""))] if button.get("name") else []
            to = button.get("formaction") or attrs.get("action") or at
            action = urljoin(f"http://testserver{at}", to).removeprefix("http://testserver")
            found.append(Form(at, action, method, tuple(pairs + pressed), names, written))
    return found


def _is_written(field: dict) -> bool:
    return field["tag"] == "textarea" or (
        field["tag"] == "input" and field.get("type", "text") in {"text", "search", "tel", "email"}
    )


def _filled(fields: list[dict]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    chosen: dict[str, bool] = {}
    for field in fields:
        name, kind = field["name"], field.get("type", "text")
        if field["tag"] == "input" and kind in {"radio", "checkbox"}:
            if "checked" in field or (kind == "radio" and not chosen.get(name)):
                if kind == "radio":
                    pairs = [pair for pair in pairs if pair[0] != name]
                    chosen[name] = True
                pairs.append((name, field.get("value", "on")))
        elif kind != "file":
            pairs.append((name, _value(field, kind)))
    return pairs


def _value(field: dict, kind: str) -> str:
    if field["tag"] == "select":
        marked = [o for o in field["options"] if "selected" in o and o.get("value")]
        offered = marked or [o for o in field["options"] if o.get("value")] or [{}]
        return offered[0].get("value", "")
    given = field["text"].strip() if field["tag"] == "textarea" else field.get("value", "")
    if given or kind == "hidden":
        return given
    if field["tag"] == "textarea":
        return WORD
    invented = {
        "date": (clock.today() + timedelta(days=1)).isoformat(),
        "time": "10:00",
        "email": "uusi@example.org",
        "tel": "0401234567",
        "number": field.get("min") or "1",
        "password": PASSWORD,
    }
    return invented.get(kind, WORD)
