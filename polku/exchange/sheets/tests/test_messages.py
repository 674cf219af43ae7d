"""Every code has a sentence, and every sentence stands in both catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from polku.exchange.sheets.fields import FIELDS
from polku.exchange.sheets.messages import MESSAGES, sentence
from polku.exchange.sheets.problems import Problem, Severity

ROOM = Path(__file__).parents[2]
_CODES = re.compile(
    r"(?:refused|doubtful|note|Unreadable|Flaw|Problem|Finding|_one_of)"
    r'\(\s*(?:[A-Za-z_]+, [a-z]+, )?"([a-z0-9_]+)"'
)
_PLACES = re.compile(r"%\((\w+)\)s")


def codes_in_source() -> set[str]:
    found: set[str] = set()
    for path in (ROOM / "sheets").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(_CODES.findall(text))
        found |= set(re.findall(r'(?:return|code, severity =|code =) "([a-z]+_[a-z_0-9]+)"', text))
        found |= set(re.findall(r'\(b"[^"]+", "([a-z_]+)"\)', text))
    # Names of a kind of contact and of a field, given back by functions of the same look.
    return found - {"call_attempt", "client_number"}


def test_every_code_has_a_sentence() -> None:
    codes = codes_in_source()
    assert len(codes) > 80
    assert codes <= set(MESSAGES), codes - set(MESSAGES)


def test_no_sentence_is_left_from_a_code_that_is_gone() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOM / "sheets").glob("*.py")
        if path.name != "messages.py"
    )
    assert [code for code in MESSAGES if f'"{code}"' not in source] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_catalogues_are_complete_and_keep_the_parameters(language: str) -> None:
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    for msgid in [*MESSAGES.values(), *(field.label for field in FIELDS.values())]:
        message = catalogue.get(msgid)
        assert message is not None and message.string, msgid
        assert set(_PLACES.findall(msgid)) == set(_PLACES.findall(str(message.string))), msgid


def test_a_sentence_is_filled_and_its_fields_are_translated() -> None:
    problem = Problem(
        "column_guessed", Severity.DOUBTFUL, params={"heading": "Pst", "field": "Post office"}
    )
    words = {"Post office": "Postitoimipaikka"}
    assert "Postitoimipaikka" in sentence(problem, lambda text: words.get(text, text))
