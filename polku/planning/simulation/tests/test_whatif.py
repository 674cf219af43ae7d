"""An office's own question: the same people on both sides, and the same answer each time."""

from dataclasses import replace

import pytest

from polku.planning.simulation import finland, measures, people, whatif
from polku.planning.simulation.whatif import Question, Side

TODAY = Side(new_a_month=20, caseload=100)
ASKED = Question(400, TODAY, replace(TODAY, new_a_month=40))


def _counted(question: Question) -> list[set[int]]:
    found = []
    for side in (question.today, question.other):
        policy = question.policy(side)
        who, _ = people.people(
            finland.WORLD, question.intake, seed=1, run=0, coaches=4, more=policy.more
        )
        found.append(set(who.number[who.counted.astype(bool)].tolist()))
    return found


@pytest.mark.parametrize("new", [0, 5, 20, 40])
def test_the_same_people_are_counted_whichever_side_gets_more(new: float) -> None:
    question = replace(ASKED, other=replace(TODAY, new_a_month=new))
    today, other = _counted(question)
    assert today == other
    assert len(today) == 400 + round(104 / whatif.WEEKS_OF_A_MONTH * min(new, 20))


def test_the_number_who_come_is_what_was_said() -> None:
    assert ASKED.people == 400 + round(24 * 40 * 104 / 104.36)


def test_an_answer_is_the_same_each_time_and_whatever_the_threads() -> None:
    assert whatif.answer(ASKED, threads=1) == whatif.answer(ASKED, threads=3)


def test_twice_the_inflow_takes_time_from_everybody() -> None:
    # Of an office with some time left, most of it would be seen by nobody.
    busy = Question(400, Side(35, 149), Side(70, 149))
    found = whatif.answer(busy)
    assert found["difference"]["share_inside_window"]["high"] < 0
    assert found["difference"]["statutory_dates_missed"]["low"] > 0
    assert found["course"]["other"][-1][2] > found["course"]["today"][-1][3]
    assert set(found["today"]) == set(measures.MEASURES)


def test_control_the_same_on_both_sides_differs_in_nothing() -> None:
    found = whatif.answer(replace(ASKED, other=TODAY))
    assert {(one["low"], one["high"]) for one in found["difference"].values()} == {(0.0, 0.0)}
    assert found["course"]["today"] == found["course"]["other"]


def test_a_course_has_both_ends_and_begins_near_the_clients_of_today() -> None:
    weeks = whatif.answer(ASKED)["course"]["today"]
    assert [weeks[0][0], weeks[-1][0]] == [1, 104]
    assert 380 < weeks[0][1] < 420


def test_every_input_but_those_replaced_is_told() -> None:
    names = {one["name"] for one in whatif.inputs()}
    assert "level_caseload" not in names and {"effects.jobs", "work.contact"} <= names
