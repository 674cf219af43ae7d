"""Values confirmed or changed by an administrator: laid over the law, never lost in it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import (
    Law,
    NoValueOnDate,
    Override,
    OverrideRefused,
    ask,
    interview_due,
    packaged_law,
    to_verify,
    with_overrides,
)
from polku.rules.parameters import Parameter

TODAY = date(2026, 11, 30)
ONE_DAY = timedelta(days=1)
unhurried = settings(deadline=None)


def override(**changes: Any) -> Override:
    given_ = {
        "parameter": "municipal_share_steps",
        "value": [[0, 0], [100, 10], [200, 20], [300, 30], [400, 40], [700, 50]],
        "valid_from": date(2025, 1, 1),
        "valid_to": None,
        "source": "The act, section and all",
        "by": "Saara Esimerkki",
        "decided_on": date(2026, 11, 20),
        "url": "https://example.org/act",
    }
    return Override(**{**given_, **changes})


def share(days: int, on: date, *overrides: Override, known_on: date = TODAY) -> Any:
    law = with_overrides(packaged_law(), overrides, known_on)
    return ask("municipal_share", on=on, facts={"benefit_days": days}, law=law)


def test_confirmed_value_is_verified_and_says_who_confirmed_it_and_when() -> None:
    answer = share(150, TODAY, override())
    assert (answer.value, answer.verified) == (10, True)
    assert answer.source == "The act, section and all"
    assert str(answer.because[-1]) == (
        "The value was confirmed here on 2026-11-20 by Saara Esimerkki."
    )
    assert answer.decision is not None and not answer.decision.changed
    assert not share(150, TODAY).verified  # the control


def test_changed_value_is_answered_by_and_says_that_it_was_changed() -> None:
    answer = share(150, TODAY, override(value=[[0, 0], [120, 15]]))
    assert (answer.value, answer.verified) == (15, True)
    assert "was changed here on 2026-11-20" in str(answer.because[-1])
    assert share(110, TODAY, override(value=[[0, 0], [120, 15]])).value == 0
    assert share(110, TODAY).value == 10


def test_a_part_of_a_time_leaves_the_rest_as_it_is() -> None:
    one = override(valid_from=date(2025, 3, 1), valid_to=date(2025, 3, 31), value=[[0, 90]])
    found = {on: share(150, on, one).value for on in map(date.fromisoformat, (
        "2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01", "2024-12-31", "2026-11-30",
    ))}  # fmt: skip
    assert list(found.values()) == [10, 90, 90, 10, 0, 10]


def test_a_time_that_was_not_known_becomes_known() -> None:
    one = override(
        valid_from=date(2015, 1, 1), valid_to=date(2016, 12, 31), value=[[0, 0], [300, 50]]
    )
    assert share(300, date(2015, 1, 1), one).value == 50
    with pytest.raises(NoValueOnDate):
        share(300, date(2014, 12, 31), one)
    with pytest.raises(NoValueOnDate):
        share(300, date(2015, 1, 1))


def test_the_later_decided_of_two_holds_and_a_withdrawn_one_does_not() -> None:
    early = override(value=[[0, 1]], decided_on=date(2026, 1, 1))
    late = override(value=[[0, 2]], decided_on=date(2026, 2, 1))
    assert share(0, TODAY, late, early).value == 2
    withdrawn = replace(late, withdrawn_on=date(2026, 3, 1))
    assert share(0, TODAY, early, withdrawn).value == 1
    assert share(0, TODAY, early, withdrawn, known_on=date(2026, 2, 28)).value == 2
    assert share(0, TODAY, early, late, known_on=date(2026, 1, 31)).value == 1
    assert share(0, TODAY, early, late, known_on=date(2025, 12, 31)).value == 0


def test_what_was_confirmed_need_not_be_verified_any_more() -> None:
    def names(law: Law) -> list[str]:
        return [parameter.name for parameter, _ in to_verify(TODAY, law)]

    assert "municipal_share_steps" in names(packaged_law())
    assert "municipal_share_steps" not in names(with_overrides(packaged_law(), [override()], TODAY))


def test_dates_of_whole_registers_follow_it_too() -> None:
    one = override(parameter="initial_interview_within", value=3, valid_from=date(2026, 6, 1))
    law = with_overrides(packaged_law(), [one], TODAY)
    assert interview_due(date(2026, 11, 2), law) == date(2026, 11, 5)
    assert interview_due(date(2026, 11, 2)) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parameter": "municipal_share"}, "no parameter called municipal_share."),
        ({"source": " "}, "needs a source and the name"),
        ({"by": ""}, "needs a source and the name"),
        ({"valid_to": date(2024, 12, 31)}, "The last day is before the first."),
        ({"value": 10}, "does not have the form"),
        ({"value": [[0, 0], [100, "10"]]}, "does not have the form"),
        ({"value": [[0, 0], [100, 10.5]]}, "does not have the form"),
        ({"value": [[0, 0], [100, True]]}, "does not have the form"),
        ({"value": [[0, 0], [100, -1]]}, "does not have the form"),
        ({"value": [[100, 10]]}, "contradict each other"),
        ({"value": [[0, 0], [200, 20], [100, 10]]}, "contradict each other"),
    ],
)
def test_what_cannot_be_read_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(OverrideRefused, match=sentence):
        with_overrides(packaged_law(), [override(**changes)], date(2020, 1, 1))


TRIAL = {"hosts": ["state"], "hours_at_least": 4, "hours_at_most": 8, "days_at_most": 5}


@pytest.mark.parametrize(
    ("parameter", "value", "accepted"),
    [
        ("work_trial_terms", TRIAL, True),
        ("work_trial_terms", {**TRIAL, "hosts": ["stat"]}, False),
        ("work_trial_terms", {**TRIAL, "hours_at_least": 9}, False),
        ("work_trial_terms", {"hosts": ["state"], "hours_at_least": 4, "hours_at_most": 8}, False),
        ("complementary_discussions_after", "by need", True),
        ("complementary_discussions_after", {"count": 3, "weeks": 2}, True),
        ("complementary_discussions_after", {"count": 3}, False),
    ],
)
def test_form_is_that_of_the_parameter_at_some_time(
    parameter: str, value: object, accepted: bool
) -> None:
    try:
        with_overrides(packaged_law(), [override(parameter=parameter, value=value)], TODAY)
    except OverrideRefused:
        assert not accepted
    else:
        assert accepted


SPANS = st.tuples(st.integers(0, 5_000), st.none() | st.integers(0, 2_000))


@unhurried
@given(st.lists(SPANS, max_size=6), st.integers(-200, 6_000))
def test_each_day_has_the_value_of_the_last_decision_about_it(
    spans: list[tuple[int, int | None]], day: int
) -> None:
    """Beside a second way: the overrides gone through from the last to the first."""
    zero = date(2016, 1, 1)
    made = [
        override(
            value=[[0, nth + 60]],
            valid_from=zero + first * ONE_DAY,
            valid_to=None if length is None else zero + (first + length) * ONE_DAY,
            decided_on=date(2026, 1, 1) + nth * ONE_DAY,
        )
        for nth, (first, length) in enumerate(spans)
    ]
    on = zero + day * ONE_DAY
    covering = [
        one.value for one in made
        if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)
    ]  # fmt: skip
    law = with_overrides(packaged_law(), made, TODAY)
    assert value_on(law["municipal_share_steps"], on) == (
        covering[-1] if covering else value_on(packaged_law()["municipal_share_steps"], on)
    )


def value_on(parameter: Parameter, on: date) -> Any:
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        assert earlier.valid_to is not None and earlier.valid_to < later.valid_from
    try:
        return parameter.on(on).value
    except NoValueOnDate:
        return None
