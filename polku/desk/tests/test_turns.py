"""Whose turn the client page tells of, and what of the client's own wish the desk shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from polku.desk.my_day.rhythm import pace_words
from polku.desk.person.shown import _turn
from polku.paths.queries import StepRow

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PERSON: Any = SimpleNamespace(closed_on=None, call_name="Mirja", first_names="Mirja")


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def step(turn: str, days: int, title: str) -> StepRow:
    empty = dict.fromkeys(StepRow._fields, "")
    return StepRow(**{
        **empty, "id": title, "title": title, "turn": turn, "state": "planned",
        "turn_since": NOW - timedelta(days=days) if turn else None,
    })  # fmt: skip


def told(*steps: StepRow) -> Any:
    return _turn(PERSON, list(steps), date(2026, 11, 24))


PARTNER = step("counterpart", 90, "Lausunto")
COACH = step("coach", 30, "Soitto")
CLIENT = step("client", 2, "Työkokeilu")


def test_the_clients_turn_stands_before_the_coachs_and_everybody_elses() -> None:
    banner = told(PARTNER, COACH, CLIENT)
    assert "Työkokeilu" in banner.what
    assert (banner.whose, banner.others) == ("them", 2)


def test_the_coachs_own_comes_next_and_then_whoever_has_waited_longest() -> None:
    assert told(PARTNER, COACH).what == "Soitto"
    assert told(PARTNER, step("host", 3, "Sopimus")).what == "Lausunto"
    assert told(step("", 1, "Valmis")) is None


@pytest.mark.parametrize(
    ("pace", "words"),
    [("more", "asks to meet more often"), ("less", "asks to meet less often"), ("same", "")],
)
def test_how_often_the_client_asks_to_meet_is_said_unless_it_is_good_as_it_is(
    pace: str, words: str
) -> None:
    assert pace_words(pace) == words
    assert pace_words("") == ""
