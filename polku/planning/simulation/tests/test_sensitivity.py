"""How much an answer hangs on each input: what is put is put, and it matters."""

from dataclasses import replace

import pytest

from polku.planning.simulation import finland, sensitivity


def answer(path: str, value: object) -> float:
    """Weeks in work, 80 clients for each coach less 149, with one input changed."""
    world = sensitivity.put(finland.WORLD, path, value)
    names, measure = ("caseload-80", "baseline"), "weeks_employed"
    mean = sensitivity.answer(world, names, measure, clients=1_500, seed=1).mean
    assert mean is not None
    return mean


def test_an_input_is_put() -> None:
    world = finland.WORLD
    assert sensitivity.put(world, "work.contact", 30).work == replace(world.work, contact=30)
    assert sensitivity.put(world, "level_caseload", 80).level_caseload == 80
    with pytest.raises(TypeError):
        sensitivity.put(world, "work.contakt", 30)


def test_other_half_lives_and_trials_bring_other_effects() -> None:
    longer = sensitivity.put(finland.WORLD, "effects.half_life", 13).effects
    assert longer.half_life == 13 and longer.jobs == pytest.approx(1.117, abs=0.001)
    less = sensitivity.put(finland.WORLD, sensitivity.TRIAL, 8).effects
    assert less.jobs == pytest.approx(0.356, abs=0.001)


def test_what_moves_the_answer_and_what_does_not() -> None:
    assert answer("work.contact", 30) + 0.3 < answer("work.contact", 75)
    assert answer("placing.follow_on", 0.5) == answer("placing.follow_on", 0.7)
