"""Whoever accepts anew reads what changes, the old beside the new; and nothing that did not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.placements import agreeing, changing
from polku.placements.models import Placement, TermsChange
from polku.placements.tests.living import agreed, begun, sign
from polku.placements.tests.places import make_supervisor
from polku.placements.tests.test_host_placement import browser_for, page
from polku.web import dates

pytestmark = pytest.mark.django_db


def change(world: Any, placement: Placement, what: str, **terms: Any) -> Placement:
    return agreeing.change(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        what=what,
        initiative="client",
        version=placement.version,
        **terms,
    )


def test_the_old_stands_beside_the_new(world: Any) -> None:
    placement = begun(world)
    was, later = placement.ends_on, placement.ends_on + timedelta(days=14)
    placement = change(world, placement, "hours", hours_a_day=4)
    placement = change(world, placement, "extension", ends_on=later)
    told = dict(changing.of(placement, "host"))
    assert list(told.values()) == [f"{dates.full(was)} → {dates.full(later)}", "5 → 4"]


def test_what_was_changed_back_is_no_change(world: Any) -> None:
    placement = change(world, begun(world), "hours", hours_a_day=4)
    placement = change(world, placement, "hours", hours_a_day=5)
    assert changing.of(placement, "host") == ()


def test_whoever_has_signed_anew_has_nothing_left_to_read(world: Any) -> None:
    placement = change(world, begun(world), "tasks", tasks="Salin kattaus")
    assert len(changing.of(placement, "host")) == 1
    placement = sign(world, placement, "host")
    assert changing.of(placement, "host") == ()
    assert len(changing.of(placement, "client")) == 1


def test_before_anybody_has_signed_nothing_has_changed_for_them(world: Any) -> None:
    """Writing the first agreement is no change; writing it anew after a signature is one."""
    placement = agreed(world)
    assert not TermsChange.objects.exists()
    placement = agreeing.write_terms(
        placement, by=world.viewers["aino"], at=clock.now(), version=placement.version,
        times="klo 9–14",
    )  # fmt: skip
    assert placement.state == "accepted"
    assert [both for _name, both in changing.of(placement, "client")] == ["klo 8–13 → klo 9–14"]


def test_a_supervisor_is_told_by_name(world: Any) -> None:
    placement = begun(world)
    other = make_supervisor(placement.worksite, name="Uusi Esihenkilö")
    placement = change(world, placement, "supervisor", supervisor_id=other.id)
    ((_name, both),) = changing.of(placement, "host")
    assert both.endswith("→ Uusi Esihenkilö")


def test_the_workplace_reads_it_on_its_page(world: Any) -> None:
    placement = begun(world)
    assert "→" not in page(browser_for(world, placement))
    world.enter_as("aino")
    placement = change(world, placement, "tasks", tasks="Salin kattaus")
    said = page(browser_for(world, placement))
    assert "→ Salin kattaus" in said
    assert "muutos" in said
