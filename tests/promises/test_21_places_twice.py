"""Promise 21 for places: each form of the placement map and of a placement, sent twenty times."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import serving
from polku.foundation import clock
from polku.placements import keeping
from polku.placements.agreeing import terms_hash
from polku.placements.tests.living import answered, begun, suggested, with_terms
from polku.placements.tests.places import make_opening, make_supervisor
from tests.promises.promise import Promise
from tests.promises.racing import at_once, scalar
from tests.promises.test_20_last_seat import suggestion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

TIMES = 20
PROMISE = Promise(
    21,
    "Sending a form twice is harmless",
    "20 identical posts at once, the back button, a double click, a retry after a timeout: exactly "
    "1 row, and all land on it",
    "twelve forms of places and placements, 20 posts at once and again later",
)


@dataclass(frozen=True)
class Sent:
    """A form as it is sent, and the table in which it writes so many rows."""

    path: str
    fields: dict[str, str]
    table: str
    rows: int = 1


def site(world: Any) -> tuple[Any, str]:
    """Return an opening, and the address of its worksite."""
    world.enter()
    opening = make_opening(world, seats=TIMES)
    return opening, f"/places/worksites/{opening.worksite_id}/"


def _suggestion(world: Any) -> Sent:
    opening, _path = site(world)
    path = f"/clients/{world.clients['devi'].id}/placements/new/?opening={opening.id}"
    return Sent(path, suggestion(), "placements_placement")


def _worksite(world: Any) -> Sent:
    fields = {
        "name": "Uusi koulu", "host": "Uusila", "legal_form": "municipality",
        "municipality": "316", "readiness": "unknown", "languages": "fi",
    }  # fmt: skip
    return Sent("/places/worksites/new/", fields, "placements_worksite")


def _opening(world: Any) -> Sent:
    fields = {"kinds": "work_trial", "title": "Siivous", "seats": "1", "days_a_week": "5",
              "confirm_every_days": "90", "submission": str(uuid4())}  # fmt: skip
    return Sent(f"{site(world)[1]}openings/new/", fields, "placements_opening")


def _person(world: Any) -> Sent:
    fields = {"name": "Sanni Esihenkilö", "language": "fi"}
    return Sent(f"{site(world)[1]}people/new/", fields, "placements_supervisor")


def _checklist(world: Any) -> Sent:
    fields = {"lines": "Avain\nTauot", "stood": keeping.mark([])}
    return Sent(f"{site(world)[1]}checklist/", fields, "placements_orientationitem", rows=2)


def _talk(world: Any) -> Sent:
    fields = {"how": "call", "result": "talked", "submission": str(uuid4())}
    return Sent(f"{site(world)[1]}talks/new/", fields, "placements_hostcontact")


def _question(world: Any) -> Sent:
    opening, path = site(world)
    make_supervisor(opening.worksite)
    return Sent(f"{path}ask/", {}, "placements_hostlink")


def _kept_back(world: Any) -> Sent:
    today = clock.today()
    fields = {"number": "2", "starts_on": today.isoformat(), "submission": str(uuid4()),
              "ends_on": (today + timedelta(days=9)).isoformat()}  # fmt: skip
    path = f"/places/openings/{site(world)[0].id}/keep-back/"
    return Sent(path, fields, "placements_seatuse", rows=2)


def _signature(world: Any) -> Sent:
    placement = answered(world, suggested(world))
    placement.refresh_from_db()
    placement = with_terms(world, placement)
    fields = {"party": "host", "how": "paper", "name": "Sanni", "terms": terms_hash(placement)}
    return Sent(f"{_page(placement)}sign/", fields, "placements_signature")


def _absence(world: Any) -> Sent:
    fields = {"on": clock.today().isoformat(), "reason": "ill", "told_by": "client"}
    return Sent(f"{_page(begun(world))}absence/", fields, "placements_absence")


def _search(world: Any) -> Sent:
    path = f"/clients/{world.clients['devi'].id}/search/"
    return Sent(path, {"version": "0", "limits": "cold"}, "placements_search")


def _wish(world: Any) -> Sent:
    path = f"/clients/{world.clients['devi'].id}/search/words/"
    return Sent(path, {"kind": "wish", "work_code": "9412"}, "placements_searchword")


def _page(placement: Any) -> str:
    return f"/clients/{placement.client_id}/placements/{placement.id}/"


FORMS: dict[str, Callable[[Any], Sent]] = {
    "a suggestion": _suggestion,
    "a worksite": _worksite,
    "an opening": _opening,
    "a person": _person,
    "a checklist": _checklist,
    "a talk": _talk,
    "a question": _question,
    "seats kept back": _kept_back,
    "a signature": _signature,
    "an absence": _absence,
    "a search": _search,
    "a wish": _wish,
}


def ready(world: Any, what: str) -> Sent:
    with transaction.atomic():
        return FORMS[what](world)


def rows(sent: Sent) -> int:
    return int(scalar(f"SELECT count(*) FROM {sent.table}"))


def test_each_form_sent_twenty_times_at_once_and_again_later_is_one(world: Any) -> None:
    session, wrong = cookie(world.people["aino"]), {}
    with serving(os.environ["POLKU_DB_NAME"]) as web:
        for what in FORMS:
            sent = ready(world, what)
            before = rows(sent)
            ask = partial(web.ask, "POST", sent.path, session, sent.fields)
            answers = [*at_once([ask] * TIMES), ask()]
            came = {(a.status, a.location) for a in answers}
            if len(came) != 1 or came.pop()[0] != 302 or rows(sent) - before != sent.rows:
                wrong[what] = rows(sent) - before, sorted({(a.status, a.location) for a in answers})
    assert wrong == {}


def test_a_period_that_ended_twice_is_one_change(world: Any) -> None:
    """A form that says from which version it was filled in writes once; later ones are told."""
    session = cookie(world.people["aino"])
    with transaction.atomic():
        placement = begun(world)
    until = (placement.ends_on + timedelta(days=7)).isoformat()
    fields = {"what": "extension", "ends_on": until, "initiative": "host",
              "version": str(placement.version)}  # fmt: skip
    with serving(os.environ["POLKU_DB_NAME"]) as web:
        ask = partial(web.ask, "POST", f"{_page(placement)}change/", session, fields)
        answers = at_once([ask] * TIMES)
    assert sorted(a.status for a in answers) == [302] + [422] * (TIMES - 1)
    assert scalar("SELECT count(*) FROM placements_termschange") == 1


def test_control_with_marks_of_their_own_they_are_twenty(world: Any) -> None:
    session, sent = cookie(world.people["aino"]), ready(world, "a talk")
    with serving(os.environ["POLKU_DB_NAME"]) as web:
        at_once(
            [
                partial(
                    web.ask, "POST", sent.path, session, sent.fields | {"submission": str(uuid4())}
                )
                for _ in range(TIMES)
            ]
        )
    assert rows(sent) == TIMES
