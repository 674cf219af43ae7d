"""Every word of this room stands in Finnish and in Swedish."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real

from polku.web import catalogues
from polku.web.catalogues import DJANGOS_OWN

WEB = Path(__file__).parents[1]
CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}
IN_TEMPLATES = (
    re.compile(r"""{%\s*translate\s+(["'])(.*?)\1"""),
    re.compile(r"""_\((["'])(.*?)\1\)"""),
)


def said() -> set[str]:
    words: set[str] = set()
    for path in [*WEB.glob("*.py"), *WEB.glob("parts/*.py"), *WEB.glob("templatetags/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    words.add(first.value)
    for path in WEB.rglob("templates/**/*.html"):
        text = path.read_text("utf-8")
        words |= {match[1] for pattern in IN_TEMPLATES for match in pattern.findall(text)}
    return words


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_catalogue_is_whole_and_keeps_its_places(language: str) -> None:
    with (WEB / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    known = {m.id if isinstance(m.id, str) else m.id[0]: m for m in catalogue if m.id}
    words = said()
    assert len(words) > 200
    assert words - set(known) == set()
    for name, message in known.items():
        versions = [message.string] if isinstance(message.string, str) else message.string or ()
        places = set(re.findall(r"%\(\w+\)[sd]", name))
        for version in versions:
            assert version, name
            assert set(re.findall(r"%\(\w+\)[sd]", version)) == places or not places, name


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_catalogue_holds_nothing_that_is_not_said(language: str) -> None:
    with (WEB / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id}
    plural = {"%(n)s day since the last contact"}
    assert known - said() - plural == set()


def test_a_languages_words_are_joined_and_say_what_django_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language in ("fi", "sv", "en"):
        # A room of somebody else's may count in another way.
        assert len(trans_real.translation(language)._catalog._catalogs) <= 3
    # The control: as Django keeps them, there is one for each room, and every word is the same.
    monkeypatch.setattr(trans_real.TranslationCatalog, "update", DJANGOS_OWN)
    monkeypatch.setattr(trans_real, "_translations", {})
    apart = trans_real.DjangoTranslation("fi")._catalog
    monkeypatch.undo()
    joined = trans_real.translation("fi")._catalog
    assert len(apart._catalogs) > 10
    keys = set(apart.keys())
    assert len(keys) > 2000
    assert [key for key in keys if apart.get(key) != joined.get(key)] == []
    counted = [key[0] for key in keys if isinstance(key, tuple)]
    wrong = [m for m in counted for n in (0, 1, 2) if apart.plural(m, n) != joined.plural(m, n)]
    assert wrong == []


def test_what_is_replaced_is_still_what_django_asks() -> None:
    """Django's own functions read and write the language where `join` keeps it."""
    assert isinstance(trans_real._active, catalogues.Active)
    with translation.override("sv"):
        assert trans_real._active.value is trans_real.translation("sv")
        assert translation.get_language() == "sv"
        with translation.override(None):
            assert translation.get_language() is None
        assert translation.get_language() == "sv"
