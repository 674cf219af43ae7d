"""Every code of this folder has a sentence, and every sentence stands in both catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from polku.exchange.imports import messages as of_people
from polku.exchange.imports.report import Told
from polku.exchange.sheets import messages as of_sheets
from polku.exchange.worksites.messages import MESSAGES

ROOM = Path(__file__).parents[2]
_CODE = re.compile(r'(?:refuse|doubt|Clash|Problem)\(\s*"([a-z_]+)"')
_PLACES = re.compile(r"%\((\w+)\)s")


def _source() -> str:
    folder = ROOM / "worksites"
    return "".join(p.read_text("utf-8") for p in folder.glob("*.py") if p.name != "messages.py")


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    codes = set(_CODE.findall(_source()))
    assert len(codes) > 25
    assert codes <= MESSAGES.keys() | of_people.MESSAGES.keys() | of_sheets.MESSAGES.keys()
    assert [code for code in MESSAGES if f'"{code}"' not in _source()] == []
    assert not MESSAGES.keys() & (of_people.MESSAGES.keys() | of_sheets.MESSAGES.keys())


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_sentences_are_translated_and_keep_their_parameters(language: str) -> None:
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    for msgid in MESSAGES.values():
        message = catalogue.get(msgid)
        assert message is not None and message.string, msgid
        assert set(_PLACES.findall(msgid)) == set(_PLACES.findall(str(message.string))), msgid


@translation.override("en")
def test_forms_and_kinds_are_worded() -> None:
    row = Told(2, "A", "", "doubtful", "legal_form_from_name", {"host": "X ry", "form": "state"})
    assert of_people.sentence(row, {}) == "X ry was read as: state office, by its name alone. " + (
        "Check it."
    )
    params = {"title": "Apu", "kinds": "lead", "other_kinds": "work_trial pay_subsidy"}
    row = Told(2, "A", "", "refused", "two_openings", params)
    assert "work trial, pay-subsidised job" in of_people.sentence(row, {})
