"""Whoever comes second for a seat is told kindly, on record, and at little cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.placements import legal, seats, suggesting
from polku.placements.models import Placement, SeatUse
from polku.placements.seats import NoSeat
from polku.placements.suggesting import AlreadyThere
from polku.placements.tests.living import monday, suggested
from polku.placements.tests.places import make_opening

NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def taken(world: Any) -> Placement:
    """A suggestion that has the only seat."""
    return suggested(world)


def form(placement: Placement, **more: Any) -> dict[str, Any]:
    return {
        "kind": "work_trial",
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "reasons": "Haluat keittiöön.",
        "submission": str(uuid4()),
        **more,
    }


def address(world: Any, opening_id: Any) -> str:
    return f"/clients/{world.clients['stranger'].id}/placements/new/?opening={opening_id}"


@contextmanager
def no_law(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nobody ask the law."""

    def asked(*_: Any, **__: Any) -> Any:
        raise AssertionError("the law was asked")

    with monkeypatch.context() as patch:
        patch.setattr(legal, "findings", asked)
        yield


def test_the_refusal_takes_few_statements_and_keeps_what_was_filled_in(
    world: Any, sign_in: Any, taken: Placement
) -> None:
    browser, url = sign_in("bengt"), address(world, taken.opening_id)
    browser.post(url, form(taken))
    with CaptureQueriesContext(connection) as asked:
        told = browser.post(url, form(taken))
    said = [one["sql"] for one in asked if not one["sql"].startswith(NOT_COUNTED)]
    assert told.status_code == 422 and len(said) <= 12, said
    text = told.content.decode()
    assert 'id="id_starts_on_error"' in text and "Haluat keittiöön." in text
    # Control: whoever gets the seat needs more than that.
    world.enter()
    free = make_opening(world)
    with CaptureQueriesContext(connection) as asked:
        assert browser.post(address(world, free.id), form(taken)).status_code == 302
    assert sum(not one["sql"].startswith(NOT_COUNTED) for one in asked) > 12


def test_the_refusal_stands_in_the_record_with_whose_form_it_was(
    world: Any, sign_in: Any, taken: Placement
) -> None:
    sign_in("bengt").post(address(world, taken.opening_id), form(taken))
    world.enter()
    last = AuditEntry.objects.order_by("-id").first()
    assert last is not None
    assert (last.action, last.client) == ("placements.suggest_form", world.clients["stranger"].id)
    assert SeatUse.objects.count() == Placement.objects.count() == 1


def test_the_law_is_not_asked_about_a_seat_that_is_gone(
    world: Any, taken: Placement, monkeypatch: pytest.MonkeyPatch
) -> None:
    bengt, stranger = world.enter_as("bengt"), world.clients["stranger"]
    given = {"kind": "work_trial", "starts_on": taken.starts_on, "ends_on": taken.ends_on}

    def suggest(opening: Any) -> None:
        suggesting.suggest(stranger, opening, by=bengt, at=clock.now(), **given)

    with no_law(monkeypatch):
        with pytest.raises(NoSeat) as full:
            suggest(taken.opening)
        # Control: of one that is free it is.
        with pytest.raises(AssertionError, match="the law was asked"):
            suggest(make_opening(world))
    assert taken.ends_on is not None
    assert full.value.free_from == taken.ends_on + timedelta(days=1)


def test_what_the_law_stops_is_asked_once(
    world: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.enter()
    opening, asked = make_opening(world), []
    find = legal.findings
    monkeypatch.setattr(legal, "findings", lambda *a, **k: asked.append(a) or find(*a, **k))
    long = {"starts_on": monday(), "ends_on": monday() + timedelta(days=400)}
    stopped = sign_in("bengt").post(address(world, opening.id), form(Placement(), **long))
    assert (stopped.status_code, len(asked)) == (422, 1)
    assert 'id="laws"' in stopped.content.decode()


def test_the_client_who_has_the_seat_is_told_of_their_own_suggestion(
    world: Any, taken: Placement
) -> None:
    def again(**more: Any) -> Placement:
        return suggesting.suggest(
            taken.client, taken.opening, by=world.viewers["aino"], at=clock.now(),
            kind="work_trial", starts_on=taken.starts_on, ends_on=taken.ends_on, **more,
        )  # fmt: skip

    with pytest.raises(AlreadyThere) as there:
        again()
    assert there.value.placement == taken
    taken.submission = uuid4()
    taken.save()
    assert again(submission=taken.submission) == taken


def test_a_promise_that_has_run_out_is_let_go_for_who_comes(world: Any) -> None:
    bengt, now = world.enter_as("bengt"), clock.now()
    opening = make_opening(world)
    gone = seats.hold(
        opening, at=now, starts_on=monday(), ends_on=None, until=now - timedelta(hours=1)
    )
    made = suggesting.suggest(
        world.clients["stranger"], opening, by=bengt, at=now, kind="work_trial",
        starts_on=monday(), ends_on=monday() + timedelta(days=30),
    )  # fmt: skip
    gone.refresh_from_db()
    assert made.use is not None and (made.use.seat, gone.over_at) == (1, now)
