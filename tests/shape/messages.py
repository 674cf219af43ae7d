"""What each room says, read from its code and templates. `python -m tests.shape.messages ROOM`

prints what its catalogues lack, ready to be translated.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

POLKU = Path(__file__).parents[2] / "polku"
LANGUAGES = ("fi", "sv")
CALLS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "pgettext": 2, "pgettext_lazy": 2,
    "ngettext": 1, "ngettext_lazy": 1, "npgettext": 2, "gettext_noop": 1,
}  # fmt: skip


def rooms() -> list[Path]:
    """Return every room that says something on screen."""
    return sorted(p.parent for p in POLKU.glob("*/__init__.py") if p.parent.name != "launch")


def _calls(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        place = CALLS.get(name)
        if place and len(node.args) >= place:
            said = node.args[place - 1]
            if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value:
                yield said.value


def _template(text: str) -> Iterator[str]:
    from babel.messages.extract import extract_python
    from django.utils.translation.template import templatize

    source = io.BytesIO(templatize(text).encode())
    keywords = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "_": None}
    for _line, function, messages, _comments in extract_python(source, keywords, [], {}):
        said = messages if isinstance(messages, str) else messages[function == "pgettext"]
        if said:
            yield said.replace("%%", "%") if "%(" not in said else said


def said_by(room: Path) -> set[str]:
    """Return every message id of the room's Python (tests aside) and templates."""
    found: set[str] = set()
    for path in room.rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found.update(_calls(path.read_text("utf-8")))
    for path in [*room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]:
        found.update(_template(path.read_text("utf-8")))
    return found


def catalogue(room: Path, language: str) -> Catalog:
    """Return the room's catalogue in a language; empty when there is none."""
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def translated(language: str) -> set[str]:
    """Return what is translated anywhere: catalogues are merged when pages are served."""
    known: set[str] = set()
    for room in rooms():
        for message in catalogue(room, language):
            texts = [message.string] if isinstance(message.string, str) else message.string
            if message.id and not message.fuzzy and texts and all(texts):
                known.add(message.id if isinstance(message.id, str) else message.id[0])
    return known


def doubled(language: str, found: list[Path] | None = None) -> list[str]:
    """Return what two rooms translate differently: one of them silently shows the other's words."""
    told: dict[object, object] = {}
    differing = []
    for room in found or rooms():
        for message in catalogue(room, language):
            if not message.id:
                continue
            one = message.id if isinstance(message.id, str) else message.id[0]
            if told.setdefault((message.context, message.id), message.string) != message.string:
                differing.append(f"{room.name}: {one}")
    return differing


def missing(room: Path, language: str) -> list[str]:
    """Return what the room says and no catalogue has."""
    return sorted(said_by(room) - translated(language))


if __name__ == "__main__":
    import django

    django.setup()
    for wanted in sys.argv[1:]:
        for tongue in LANGUAGES:
            for line in missing(POLKU / wanted, tongue):
                print(f"{tongue}\t{line!r}")
