"""How much an answer hangs on each input: `python -m polku.planning.simulation.sensitivity`.

Each input alone is put at both ends of its range; the answer is a difference between two policies,
with the same people and luck. For the half-life and the trial the effects are fitted anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from polku.planning.simulation import finland, measures
from polku.planning.simulation.assumptions import INPUTS, TRIALS
from polku.planning.simulation.measures import Interval
from polku.planning.simulation.people import Intake
from polku.planning.simulation.scenarios import SCENARIOS
from polku.planning.simulation.world import World

# What the effects are fitted to anew, and under which name.
TRIAL = "Austria's days in work"
TRIAL_RANGE = (8.0, 24.0)  # two standard errors about 16
REFITTED = {"effects.half_life": "half_life", TRIAL: "austrian_days"}


@dataclass(frozen=True)
class Row:
    """The answer with an input at either end of its range."""

    path: str
    low: Interval
    high: Interval


def put(world: World, path: str, value: Any) -> World:
    """Return the world with one input changed."""
    if path in REFITTED:
        from polku.planning.simulation.fitting import fitted

        return replace(world, effects=fitted(**{REFITTED[path]: float(value)}).effects)
    part, _, name = path.rpartition(".")
    if not part:
        return replace(world, **{name: value})
    return replace(world, **{part: replace(getattr(world, part), **{name: value})})


def answer(world: World, names: tuple[str, str], measure: str, clients: int, seed: int) -> Interval:
    """Return a measure of the one scenario less that of the other."""
    from polku.planning.simulation.running import simulate

    ours, theirs = (
        simulate(world, SCENARIOS[name].policy(finland.CASELOAD), Intake(clients, 104), seed=seed)
        for name in names
    )
    return measures.differences(ours, theirs)[measure]


def table(
    names: tuple[str, str], measure: str, *, clients: int = 10_000, seed: int = 1
) -> list[Row]:
    """Return a row for the trial, and for every other input that is one number with a range."""
    ranges = {TRIAL: TRIAL_RANGE} | {
        one.path: (one.low, one.high)
        for one in INPUTS
        if one.low != one.high and not isinstance(one.low, tuple) and one.source != TRIALS
    }
    return [
        Row(path, *(answer(put(finland.WORLD, path, end), names, measure, clients, seed)
                    for end in ends))
        for path, ends in ranges.items()
    ]  # fmt: skip


def main() -> None:
    """Print it for fewer clients a coach, as a table in Markdown."""
    names, measure = ("caseload-80", "baseline"), "weeks_employed"
    as_it_is = answer(finland.WORLD, names, measure, 10_000, 1)
    print(f"{measure}, {names[0]} less {names[1]}: {as_it_is.mean:+.2f}")
    print("\n| input | at its lowest | at its highest |\n| --- | ---: | ---: |")
    for row in table(names, measure):
        print(f"| `{row.path}` | {row.low.mean:+.2f} | {row.high.mean:+.2f} |")


if __name__ == "__main__":
    main()
