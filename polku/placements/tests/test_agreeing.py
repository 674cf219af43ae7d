"""Terms are written and signed by three; a change is signed anew."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import Refused
from polku.placements import agreeing, seats
from polku.placements.agreeing import TermsMissing, terms_hash, unsigned
from polku.placements.models import Assessment, Placement, SeatUse, Signature, TermsChange
from polku.placements.running import NotInThePeriod
from polku.placements.states import NotNow
from polku.placements.tests.living import (
    agreed,
    answered,
    as_host,
    begun,
    sign,
    suggested,
    with_terms,
)


@pytest.fixture
def ready(world: Any) -> Placement:
    return with_terms(world, Placement.objects.get(pk=answered(world, suggested(world)).pk))


def test_terms_are_written_and_it_is_the_clients_turn(ready: Placement) -> None:
    stored = Placement.objects.get(pk=ready.pk)
    assert (stored.state, stored.turn, stored.hours_a_day) == ("accepted", "client", Decimal(5))
    assert terms_hash(stored) == terms_hash(ready)


def test_three_signatures_of_the_same_terms_agree_it_and_take_the_seat(
    world: Any, ready: Placement
) -> None:
    placement = sign(world, ready, "client")
    assert (placement.state, placement.turn) == ("accepted", "host")
    placement = sign(world, placement, "host", "organiser")
    assert (placement.state, placement.turn) == ("agreed", "")
    assert SeatUse.objects.get(pk=placement.use_id).how == "taken"
    assert unsigned(placement) == []


def test_other_terms_need_signatures_anew(world: Any, ready: Placement) -> None:
    placement = sign(world, ready)
    changed = agreeing.write_terms(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        version=placement.version,
        days_a_week=3,
    )
    assert (changed.state, unsigned(changed)) == ("accepted", ["client", "host", "organiser"])
    assert SeatUse.objects.get(pk=changed.use_id).how == "promised"
    assert sign(world, changed).state == "agreed"
    assert Signature.objects.count() == 6


def test_the_same_terms_written_again_stay_agreed(world: Any, ready: Placement) -> None:
    placement = sign(world, ready)
    same = agreeing.write_terms(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        version=placement.version,
        days_a_week=4,
    )
    assert same.state == "agreed"


def test_nobody_signs_what_they_have_not_read(world: Any, ready: Placement) -> None:
    old = terms_hash(ready)
    placement = agreeing.write_terms(
        ready, by=world.viewers["aino"], at=clock.now(), version=ready.version, times="klo 9–14"
    )
    with pytest.raises(ChangedMeanwhile):
        agreeing.sign(
            placement,
            by=world.viewers["aino"],
            at=clock.now(),
            party="host",
            how="paper",
            name="Sanni",
            terms=old,
        )


def test_signed_twice_is_once(world: Any, ready: Placement) -> None:
    sign(world, sign(world, ready, "client"), "client")
    assert Signature.objects.count() == 1


def test_a_host_signs_by_the_link_for_the_workplace_alone(world: Any, ready: Placement) -> None:
    host = as_host(world, ready)

    def signed(party: str, how: str) -> Placement:
        return agreeing.sign(
            ready,
            by=host,
            at=clock.now(),
            party=party,
            how=how,
            name="Sanni",
            terms=terms_hash(ready),
        )

    for party, how in (("client", "link"), ("organiser", "link"), ("host", "paper")):
        with pytest.raises(Refused):
            signed(party, how)
    assert signed("host", "link").turn == "client"


def test_nothing_is_signed_while_terms_are_missing(world: Any) -> None:
    placement = Placement.objects.get(pk=answered(world, suggested(world)).pk)
    with pytest.raises(TermsMissing) as lacks:
        sign(world, placement, "organiser")
    assert lacks.value.fields == ["hours_a_day", "known_as"]


def test_terms_wait_for_a_yes(world: Any) -> None:
    with pytest.raises(NotNow):
        with_terms(world, suggested(world))


def test_two_who_write_terms_are_told_of_each_other(world: Any, ready: Placement) -> None:
    with pytest.raises(ChangedMeanwhile):
        agreeing.write_terms(
            ready,
            by=world.viewers["aino"],
            at=clock.now(),
            version=ready.version - 1,
            times="klo 9",
        )


def test_a_period_moves_the_seat(world: Any, ready: Placement) -> None:
    placement = agreeing.write_terms(
        ready,
        by=world.viewers["aino"],
        at=clock.now(),
        version=ready.version,
        ends_on=ready.ends_on + timedelta(days=7),
    )
    assert SeatUse.objects.get(pk=placement.use_id).ends_on == placement.ends_on


def extend(world: Any, placement: Placement, days: int) -> Placement:
    return agreeing.change(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        what="extension",
        initiative="host",
        reason="Työ on sujunut",
        version=placement.version,
        ends_on=placement.ends_on + timedelta(days=days),
    )


def test_an_extension_moves_the_seat_and_waits_for_all(world: Any) -> None:
    placement = begun(world)
    last = placement.ends_on
    longer = extend(world, placement, 14)
    assert longer.state == "running"
    assert unsigned(longer) == ["client", "host", "organiser"]
    assert SeatUse.objects.get(pk=longer.use_id).ends_on == last + timedelta(days=14)
    change = TermsChange.objects.get()
    assert (change.was, change.becomes) == (
        {"ends_on": str(last)},
        {"ends_on": str(longer.ends_on)},
    )
    assert sign(world, longer).turn == ""


def test_an_extension_moves_the_final_assessment(world: Any) -> None:
    longer = extend(world, begun(world), 14)
    assert {one.due_on for one in Assessment.objects.filter(moment="final")} == {longer.ends_on}


def test_an_extension_to_before_the_first_day_writes_nothing(world: Any) -> None:
    with pytest.raises(NotInThePeriod):
        extend(world, begun(world), -100)
    assert TermsChange.objects.count() == 0


def test_an_extension_over_anothers_seat_writes_nothing(world: Any) -> None:
    placement = begun(world)
    seats.hold(
        placement.opening,
        at=clock.now(),
        starts_on=placement.ends_on + timedelta(days=3),
        ends_on=None,
    )
    with pytest.raises(seats.NoSeat):
        extend(world, placement, 14)
    stored = Placement.objects.get(pk=placement.pk)
    assert (stored.ends_on, stored.version) == (placement.ends_on, placement.version)
    assert TermsChange.objects.count() == 0


def test_a_change_touches_only_what_it_names(world: Any) -> None:
    placement = begun(world)
    with pytest.raises(TypeError):
        agreeing.change(
            placement,
            by=world.viewers["aino"],
            at=clock.now(),
            what="tasks",
            initiative="client",
            version=placement.version,
            ends_on=placement.ends_on,
        )


def test_what_has_not_begun_is_not_changed_but_written_anew(world: Any) -> None:
    with pytest.raises(NotNow):
        extend(world, agreed(world), 7)


@pytest.mark.parametrize("who", ["gus", "elli"])
def test_others_write_no_terms(world: Any, ready: Placement, who: str) -> None:
    with pytest.raises(Refused):
        agreeing.write_terms(
            ready, by=world.viewers[who], at=clock.now(), version=ready.version, times="x"
        )


def test_the_workplace_is_told_once_that_it_is_its_turn_to_sign(world: Any) -> None:
    placement = answered(world, suggested(world))
    placement.refresh_from_db()
    placement = with_terms(world, placement)
    sign(world, placement, "client", "organiser")
    asked = OutboxMessage.objects.filter(host__isnull=False)
    assert [one.subject for one in asked if "opimus" in one.subject] == ["Sopimus odottaa sinua"]
