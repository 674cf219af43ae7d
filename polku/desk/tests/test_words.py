"""Every word of the desk's pages is in the Finnish and the Swedish catalogue, with its places."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import polku.desk

ROOM = Path(polku.desk.__file__).parent
KEYWORDS = ["_", "gettext", "gettext_lazy", "ngettext"]


def said():
    """Return every text that pages ask for, except the team's, which have a test of their own."""
    apart = {"tests", "team"}
    files = [p for p in ROOM.rglob("*.py") if not apart & set(p.relative_to(ROOM).parts)]
    sources = [path.read_text() for path in files]
    templates = [p for p in ROOM.rglob("*.html") if "team" not in p.relative_to(ROOM).parts]
    sources += [templatize(path.read_text()) for path in templates]
    for source in sources:
        lines = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"})
        for _line, _function, text, _comments in lines:
            first = text if isinstance(text, str) or text is None else text[0]
            if first:
                yield first


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_everything_said_is_in_the_catalogue(language):
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language)
    known = {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in catalogue if m.id}
    asked = set(said())
    assert len(asked) > 200
    assert not [text for text in asked if not known.get(text)]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_translations_keep_their_places(language):
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    places = re.compile(r"%\(\w+\)[sd]")
    for message in read_po(io.BytesIO(path.read_bytes()), locale=language):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(places.findall(ids[-1]))
        for text in texts:
            assert set(places.findall(text)) <= wanted, text
        assert set(places.findall(texts[-1])) == wanted, ids
