"""The law is asked at the moment of choosing; what stops is passed only on a written ground."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.placements import legal, suggesting
from polku.placements.legal import Finding, Stopped, Wanted, months_of
from polku.placements.models import Placement
from polku.placements.tests.living import answered, begun, monday, suggested, with_terms
from polku.placements.tests.places import make_opening, make_worksite


def household(world: Any) -> Any:
    world.enter()
    site = make_worksite(world, legal_form="household")
    return make_opening(
        world, worksite=site, kinds=["pay_subsidy", "work_trial"], hours_from=5, hours_to=5
    )


def levels(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.rule, one.level) for one in found]


@translation.override("en")
def test_a_household_is_stopped_and_nothing_is_written(world: Any) -> None:
    with pytest.raises(Stopped) as stopped:
        suggested(world, opening=household(world))
    finding = stopped.value.findings[0]
    assert finding.rule == "work_trial_allowed"
    assert any("may not arrange" in reason for reason in finding.because)
    assert finding.source
    assert Placement.objects.count() == 0


def test_what_stops_is_passed_on_a_written_ground_that_is_kept(world: Any) -> None:
    suggested(world, opening=household(world), despite="Päätös tehty ennen muutosta")
    entry = AuditEntry.objects.filter(action="placements.suggest").last()
    assert entry is not None
    assert entry.reason == "Päätös tehty ennen muutosta"


def test_a_ground_that_nothing_asks_for_is_not_kept(world: Any) -> None:
    suggested(world, despite="varmuuden vuoksi")
    entry = AuditEntry.objects.filter(action="placements.suggest").last()
    assert entry is not None
    assert entry.reason == ""


def test_hours_that_vary_are_unknown_until_they_are_agreed(world: Any) -> None:
    placement = suggested(world)
    wanted = legal.of_placement(placement)
    assert ("work_trial_allowed", "unknown") in levels(
        legal.findings(placement.client_id, wanted, besides=placement)
    )


def test_too_many_hours_stop_the_agreement(world: Any) -> None:
    placement = Placement.objects.get(pk=answered(world, suggested(world)).pk)
    with pytest.raises(Stopped):
        with_terms(world, placement, hours_a_day=Decimal(9))
    assert Placement.objects.get(pk=placement.pk).hours_a_day is None


def test_months_of_what_began_are_counted_by_host_and_what_was_declined_is_not(
    world: Any,
) -> None:
    placement = begun(world, starts_on=clock.today() - timedelta(days=90))
    answered(world, suggested(world), "no")
    found = legal.periods(placement.client_id)
    assert [one["host"] for one in found] == [str(placement.host_id)]
    assert legal.periods(placement.client_id, besides=placement) == []


def test_a_period_past_the_last_day_of_the_law_is_stopped(world: Any) -> None:
    world.enter()
    opening = make_opening(world)
    with pytest.raises(Stopped) as stopped:
        suggested(world, opening=opening, ends_on=monday() + timedelta(days=300))
    assert stopped.value.findings[0].rule == "work_trial_left"


def test_it_is_said_that_other_periods_are_not_known(world: Any) -> None:
    world.enter()
    opening = make_opening(world)
    wanted = suggesting.wanted(
        opening, kind="work_trial", starts_on=monday(), ends_on=monday() + timedelta(days=30)
    )
    found = legal.findings(world.clients["devi"].id, wanted)
    assert levels(found)[0] == ("work_trial_left", "warns")


def test_a_day_whose_law_is_not_known_is_unknown_and_stops_nothing(world: Any) -> None:
    world.enter()
    host = make_worksite(world).host
    wanted = Wanted("work_trial", host, "9412", date(1970, 1, 5), date(1970, 2, 5), Decimal(5), 4)
    found = legal.findings(world.clients["devi"].id, wanted)
    assert {level for _rule, level in levels(found)} <= {"unknown", "warns"}


def test_volunteering_has_no_limits_here(world: Any) -> None:
    world.enter()
    host = make_worksite(world).host
    assert (
        legal.findings(world.clients["devi"].id, Wanted("volunteering", host, "", monday(), None))
        == []
    )


def test_the_hosts_share_of_a_months_pay_is_worked_out(world: Any) -> None:
    world.enter()
    host = make_worksite(world, legal_form="company").host
    found = legal.share_of_host(
        host, reduced=False, pay=Decimal(2000), share=Decimal(1), on=date(2024, 3, 1)
    )
    assert (found.percent, found.subsidy, found.host_pays) == (50, Decimal(1000), Decimal(1000))
    assert found.finding.source


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), Decimal(3)),
        (date(2026, 1, 15), date(2026, 2, 14), Decimal(1)),
        (date(2026, 1, 1), date(2026, 1, 15), Decimal("0.50")),
    ],
)
def test_months_of_a_period(first: date, last: date, months: Decimal) -> None:
    assert months_of(first, last) == months
