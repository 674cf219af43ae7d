"""What My day says: gaps of the day, next tries, both sides of the window, dates at risk."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from polku.contacts.queries import Booked, Standing
from polku.desk.my_day import rhythm
from polku.desk.my_day.line import free_words, gaps
from polku.desk.my_day.next_try import next_try
from polku.foundation import clock
from polku.rules import packaged_law
from polku.web import people

HELSINKI = ZoneInfo("Europe/Helsinki")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=HELSINKI)


def booked(start, end, status="confirmed"):
    at = {"starts_at": NOW.replace(hour=start[0], minute=start[1])}
    at["ends_at"] = NOW.replace(hour=end[0], minute=end[1])
    empty = dict.fromkeys(Booked._fields, "")
    return Booked(**{**empty, **at, "status": status})


def standing(**fields):
    empty = dict.fromkeys(Standing._fields)
    base = {
        "client_id": "one",
        "first_names": "Mirja",
        "call_name": "",
        "last_name": "Esimerkki",
        "low": 14,
        "high": 28,
        "wish": "",
        "first_contact_at": NOW - timedelta(days=300),
        "registered_on": date(2026, 1, 5),
    }
    return Standing(**{**empty, **base, **fields})


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"), clock.at(NOW):
        yield


def test_free_stretches_lie_between_the_times():
    day = [booked((9, 0), (10, 0)), booked((10, 15), (13, 0)), booked((14, 30), (15, 0))]
    assert [(a.hour, a.minute, b.hour, b.minute) for a, b in gaps(day, NOW)] == [
        (13, 0, 14, 30),
        (15, 0, 16, 0),
    ]
    assert free_words(day, NOW) == "free 13:00–14:30, 15:00–16:00"


def test_a_missed_time_is_free_and_an_empty_day_says_nothing():
    assert gaps([booked((9, 0), (16, 0), "missed")], NOW)[0][0].hour == 9
    assert gaps([booked((9, 0), (16, 0))], NOW) == []
    assert free_words([], NOW) == ""


def test_own_time_and_days_away_are_not_free():
    day = [booked((9, 0), (10, 0)), booked((17, 0), (18, 0))]
    own_time = (NOW.replace(hour=12), NOW.replace(hour=13))
    closes = (NOW.replace(hour=15, minute=30), NOW.replace(hour=21))
    assert free_words(day, NOW, [own_time, closes]) == "free 10:00–12:00, 13:00–15:30"
    assert free_words(day, NOW, [(NOW.replace(hour=6), NOW.replace(hour=21))]) == ""
    assert free_words(day, NOW) == "free 10:00–16:00"


@pytest.mark.parametrize(
    ("kinds", "hour", "suggestion", "kind"),
    [
        (["call"], 9, "call in the afternoon", "call"),
        (["call"], 16, "call in the morning", "call"),
        (["call", "call"], 9, "send a text message", "sms"),
        (["sms", "call", "call"], 9, "send a letter", "letter"),
    ],
)
def test_the_next_try_differs_from_the_last(kinds, hour, suggestion, kind):
    last = datetime(2026, 11, 23, hour, 10, tzinfo=HELSINKI).astimezone(UTC)
    found = next_try(kinds, last, len(kinds))
    assert (found.suggestion, found.kind) == (suggestion, kind)
    assert found.because


def test_before_the_first_attempt_nothing_is_suggested():
    assert next_try([], None, 0) is None


def sides(**fields):
    makers = rhythm.outside([standing(**fields)], TODAY, {})
    return [make().meta for make in makers]


def test_both_sides_of_the_window_are_told_and_its_inside_is_not():
    assert "31 days gone" in sides(last_reached_at=NOW - timedelta(days=31))[0]
    assert sides(last_reached_at=NOW - timedelta(days=28)) == []
    early = sides(last_reached_at=NOW - timedelta(days=4), next_on=TODAY + timedelta(days=2))
    assert "6 days after the last" in early[0]
    assert sides(last_reached_at=NOW - timedelta(days=4), next_on=TODAY + timedelta(days=20)) == []


def test_a_date_by_law_is_at_risk_until_a_time_is_booked_in_time():
    one = standing(discussion_due_on=TODAY + timedelta(days=5), initial_interview_on=TODAY)
    assert len(rhythm.at_risk([one], TODAY, {}, packaged_law())) == 1
    assert rhythm.at_risk([one], TODAY, {"one": TODAY + timedelta(days=5)}, packaged_law()) == []
    too_late = {"one": TODAY + timedelta(days=6)}
    assert len(rhythm.at_risk([one], TODAY, too_late, packaged_law())) == 1
    later = standing(discussion_due_on=TODAY + timedelta(days=15), initial_interview_on=TODAY)
    assert rhythm.at_risk([later], TODAY, {}, packaged_law()) == []


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Mirja", "Mirjan"),
        ("Pekka", "Pekan"),
        ("Riitta", "Riitan"),
        ("Yusuf", "Yusufin"),
        ("Tuomas", ""),
        ("Ahti", ""),
    ],
)
def test_finnish_whose_is_only_said_where_it_is_sure(name, whose):
    assert people.possessive(name, "fi") == whose


def test_a_person_is_called_by_the_name_in_use():
    one = SimpleNamespace(first_names="Anna Mirja", call_name="Mirja", last_name="Koe")
    assert people.name(one) == "Mirja Koe"
