"""What is told: whole people, outward; nothing of few; and of how wide a situation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.planning.signs import telling
from polku.planning.signs.fitting import Answer, Fitted, Key, Question, fit
from polku.planning.signs.intervals import Interval, of_share, outward
from polku.planning.signs.telling import Refused, Told, Why, about, tell
from polku.planning.signs.tests.made import history, people

QUESTION = Question(landmarks=(0, 91), horizons=(182, 365))


@given(st.floats(0, 1), st.floats(0, 1))
def test_rounding_goes_outward_and_never_leaves_a_hundred(one: float, other: float) -> None:
    low, high = sorted((one, other))
    down, up = outward(Interval((low + high) / 2, low, high))
    assert 0 <= down <= 100 * low + 1e-6 and 100 * high - 1e-6 <= up <= 100
    assert down > 100 * low - 1 - 1e-6 and up < 100 * high + 1 + 1e-6


def test_a_whole_number_stays_itself() -> None:
    assert outward(Interval(0.3, 0.29, 0.58)) == (29, 58)


def test_the_score_interval_is_wilsons() -> None:
    """Newcombe (1998), table I: 81 of 263 and 15 of 148, as printed there."""
    found = of_share(81 / 263, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    found = of_share(15 / 148, 148)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)


def followed(ended: int, stayed: int, short: int = 0) -> object:
    return tell(people([(30, 1)] * ended + [(400, 0)] * stayed + [(10, 0)] * short), 365)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((25, 34), Why.PEOPLE),
        ((19, 81), Why.ENDS),
        ((20, 9, 31), Why.COMPLETE),
    ],
)
def test_few_are_told_nothing_of(counts: tuple[int, ...], why: Why) -> None:
    assert followed(*counts) == Refused(why)


def test_at_the_limit_it_speaks() -> None:
    assert isinstance(followed(20, 40), Told)
    assert isinstance(followed(20, 10, 30), Told)


def test_without_the_limits_it_would_speak_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: it is the named numbers that keep silent, and nothing else."""
    for name in ("FEWEST_PEOPLE", "FEWEST_ENDS", "FEWEST_COMPLETE"):
        monkeypatch.setattr(telling, name, 0)
    assert isinstance(followed(1, 2), Told)


@given(st.integers(0, 5000))
def test_people_are_rounded_so_that_one_more_is_seldom_seen(many: int) -> None:
    assert about(many) % 10 == 0 and abs(about(many) - many) <= 5


def test_a_small_situation_is_widened_in_a_fixed_order_and_says_so() -> None:
    told = Told(400, (30, 42), (20, 30), (30, 40))
    cells: dict[Key, Told | Refused] = {
        (91, 365, ()): told,
        (91, 365, (2,)): told,
        (91, 365, (2, 1)): Refused(Why.PEOPLE),
    }
    fitted = Fitted(cells)
    assert fitted.look(91, 365, (2, 1)) == Answer(told, (2,))
    assert fitted.look(91, 365, (3, 1)) == Answer(told, ())
    assert fitted.look(0, 365, (2, 1)) == Refused(Why.PEOPLE)


def test_the_reason_of_the_widest_is_given_when_nothing_may_be_told() -> None:
    fitted = Fitted({(91, 365, ()): Refused(Why.COMPLETE), (91, 365, (1,)): Refused(Why.PEOPLE)})
    assert fitted.look(91, 365, (1,)) == Refused(Why.COMPLETE)


def test_a_history_is_fitted_for_every_landmark_horizon_and_situation() -> None:
    fitted = fit(history(2000), QUESTION)
    assert len(fitted.cells) == 2 * 2 * (1 + 3 + 6)
    answer = fitted.look(91, 365, (1, 0))
    assert isinstance(answer, Answer)
    truth = 100 * 0.998**365
    assert answer.told.here[0] - 3 <= truth <= answer.told.here[1] + 3


def test_a_young_or_empty_history_refuses_throughout() -> None:
    assert all(isinstance(one, Refused) for one in fit(history(40), QUESTION).cells.values())
    assert fit(history(0), QUESTION).look(0, 182, ()) == Refused(Why.PEOPLE)
    young = fit(history(3000, over=100, daily=0.01), QUESTION)
    assert young.look(0, 365, ()) == Refused(Why.COMPLETE)
