"""Since you last met: at most six lines, each from the record and linked to it."""

import uuid
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from polku.contacts.queries import Logged
from polku.desk.person.since import MOST_LINES, since_you_last_met
from polku.foundation import clock
from polku.paths.queries import StepRow
from polku.teamwork.queries import Tie

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
TODAY = NOW.date()
ME, OTHER = uuid.uuid4(), uuid.uuid4()
PERSON = SimpleNamespace(called="Mirja", statuses=[], facts=[])


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"), clock.at(NOW):
        yield


def contact(days, *, worker=ME, reached=True, scale=None, agreed="Soittaa koululle"):
    empty = dict.fromkeys(Logged._fields, "")
    known = {"id": uuid.uuid4(), "worker_id": worker, "at": NOW - timedelta(days=days)}
    said = {"kind": "call", "reached": reached, "scale": scale, "agreed": agreed}
    return Logged(**{**empty, **known, **said, "worker_name": "Bengt"})


def step(days, state="done", *, answer="", title="Hygieniapassi"):
    empty = dict.fromkeys(StepRow._fields, "")
    at = NOW - timedelta(days=days)
    known = {"id": uuid.uuid4(), "state": state, "title": title, "changed_at": at}
    return StepRow(
        **{**empty, **known, "client_answer": answer, "client_answered_at": at if answer else None}
    )


def lines(contacts, steps=(), appointments=(), ties=(), person=PERSON):
    found = since_you_last_met(
        person,
        contacts=list(contacts),
        steps=list(steps),
        appointments=list(appointments),
        ties=list(ties),
        user_id=ME,
        today=TODAY,
    )
    return found, [f"{one.text} {one.link}" for one in found.lines]


def test_before_the_first_meeting_there_is_nothing_to_tell():
    assert lines([])[0].lines == ()


def test_what_was_agreed_stands_first_and_leads_to_its_contact():
    met = contact(20)
    found, said = lines([met], [step(3)])
    assert said == ["You agreed: Soittaa koululle", "Done: Hygieniapassi"]
    assert found.lines[0].href == f"#contact-{met.id}"
    assert found.day == "20 days ago"


def test_what_was_before_the_meeting_is_left_out():
    assert lines([contact(20)], [step(21)])[1] == ["You agreed: Soittaa koululle"]


def test_answers_colleagues_tries_scale_and_missed_times_are_told():
    appointment = {
        "starts_at": (NOW - timedelta(days=4)).isoformat(),
        "status": "missed",
        "kind": "visit",
    }
    said = lines(
        [
            contact(2, reached=False),
            contact(5, worker=OTHER, agreed="Kävi neuvonnassa"),
            contact(20, scale=6),
            contact(60, scale=5),
        ],
        [step(3, "proposed", answer="no", title="Työkokeilu")],
        [appointment],
    )[1]
    assert said == [
        "You agreed: Soittaa koululle",
        "Tried once, no answer",
        "Mirja said no: Työkokeilu",
        "Did not take place: meeting",
        "Bengt, phone call: Kävi neuvonnassa",
        "The scale rose: 5 → 6",
    ]


def test_a_hand_over_a_status_and_a_fact_are_told():
    tie = Tie(uuid.uuid4(), "hand_over", OTHER, "Bengt", "Koe", "Soita aamulla", NOW, None)
    day = (TODAY - timedelta(days=1)).isoformat()
    person = SimpleNamespace(
        called="Mirja",
        statuses=[{"status": "07", "starts_on": day}],
        facts=[{"kind": "wish", "text": "Lyhyt päivä", "told_on": day, "ended_on": None}],
    )
    said = lines([contact(20)], ties=[tie], person=person)[1]
    assert "Bengt Koe handed over: Soita aamulla" in said
    assert any(one.startswith("Status:") for one in said)
    assert any(one.endswith("Lyhyt päivä") for one in said)


def test_there_are_never_more_than_six_lines_and_the_weightiest_stay():
    many = [step(n % 15 + 1, title=f"Askel {n}") for n in range(30)]
    answered = step(18, "proposed", answer="yes", title="Tärkein")
    found, said = lines([contact(20)], [*many, answered])
    assert len(said) == MOST_LINES
    assert "Mirja said yes: Tärkein" in said
    assert found.rest == 26


def test_the_date_of_a_line_is_the_day_it_happened():
    found, _said = lines([contact(20)], [step(3)])
    assert found.lines[1].when == "21 Nov"
    assert date(2026, 11, 21) == TODAY - timedelta(days=3)
