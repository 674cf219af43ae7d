"""Every change of the law in time has a worked example on its last day before and its first after.

A change that is put into `parameters/` without examples beside it fails here, and is named.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from polku.rules.cases import Case, cases_of, check
from polku.rules.parameters import Dated, Law, Parameter, packaged_law
from polku.rules.registry import all_rules
from polku.rules.tests.bent import changes, own_parameters

ONE_DAY = timedelta(days=1)
RULES = sorted(all_rules())


class Watched(Parameter):
    """A parameter that writes down for which days it was asked."""

    days: set[date]

    def on(self, day: date) -> Dated:
        self.days.add(day)
        return super().on(day)


def watched(parameter: Parameter, days: set[date]) -> Parameter:
    fields: dict[str, Any] = {
        name: getattr(parameter, name) for name in Parameter.__dataclass_fields__
    }
    one = Watched(**fields)
    object.__setattr__(one, "days", days)
    return one


def days_asked(parameter: str, cases: Iterable[Case], law: Law) -> set[date]:
    days: set[date] = set()
    seen = law.replaced(watched(law[parameter], days))
    for case in cases:
        check(case, seen)
    return days


def one_sided(rule: str, law: Law, cases: Iterable[Case]) -> list[str]:
    """The changes of the rule's parameters that have no example on one side or the other."""
    return [
        f"{name}: {day}"
        for name in own_parameters(all_rules()[rule])
        for change in changes(law[name])
        for day in (change - ONE_DAY, change)
        if day not in days_asked(name, cases, law)
    ]


@pytest.mark.parametrize("rule", RULES)
def test_every_change_has_an_example_on_both_sides(rule: str) -> None:
    assert one_sided(rule, packaged_law(), cases_of(rule)) == []


def test_control_a_change_without_examples_is_named() -> None:
    law = packaged_law()
    share = law["municipal_share_steps"]
    last = share.values[-1]
    changed = replace(last, valid_from=date(2030, 1, 1))
    before = replace(last, valid_to=date(2029, 12, 31))
    bent = replace(share, values=(*share.values[:-1], before, changed))
    assert one_sided("municipal_share", law.replaced(bent), cases_of("municipal_share")) == [
        "municipal_share_steps: 2029-12-31",
        "municipal_share_steps: 2030-01-01",
    ]


def test_control_an_example_taken_away_is_missed() -> None:
    cases = [one for one in cases_of("sanction_step") if one.on != date(2026, 2, 28)]
    assert one_sided("sanction_step", packaged_law(), cases) == ["sanction_steps: 2026-02-28"]
