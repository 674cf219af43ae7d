"""Every sentence has its code, every code its sentence, in three languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from polku.exchange.imports.messages import MESSAGES, WORDS, sentence
from polku.exchange.imports.report import Told

ROOM = Path(__file__).parents[2]
_CODE = re.compile(r'(?:refuse|doubt|Clash|_clash|Problem)\(\s*"([a-z_]+)"')
_PLACES = re.compile(r"%\((\w+)\)s")


def _source() -> str:
    return "".join(
        path.read_text("utf-8")
        for path in (ROOM / "imports").glob("*.py")
        if path.name != "messages.py"
    )


def test_every_code_has_a_sentence() -> None:
    codes = set(_CODE.findall(_source()))
    assert len(codes) > 30
    assert codes <= set(MESSAGES), codes - set(MESSAGES)


def test_no_sentence_is_left_from_a_code_that_is_gone() -> None:
    source = _source()
    assert [code for code in MESSAGES if f'"{code}"' not in source] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_sentences_are_translated_and_keep_their_parameters(language: str) -> None:
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    for msgid in WORDS:
        message = catalogue.get(msgid)
        assert message is not None and message.string, msgid
        assert set(_PLACES.findall(msgid)) == set(_PLACES.findall(str(message.string))), msgid


def test_a_person_is_named_only_to_somebody_who_may_see_them() -> None:
    row = Told(5, None, "", "refused", "two_candidates", {"client": "one", "other": "two"})
    said = sentence(row, {"one": "Veera Haapaoja"})
    assert "Veera Haapaoja and a person whose record you can't open" in said
    assert "two" not in said.replace("two people", "")
