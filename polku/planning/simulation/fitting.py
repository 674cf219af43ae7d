"""Effects and hazards from Denmark and Austria: `python -m polku.planning.simulation.fitting`.

Eight published figures, eight unknowns, all positive, found by Newton's method on exact
expectations (`expected`). How long the support of a contact lasts, no trial tells: it is given,
and the fit is repeated over its range. Switzerland's effect is not among the figures.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation import published as it
from polku.planning.simulation import trials
from polku.planning.simulation.expected import Expected, cohort
from polku.planning.simulation.policy import Rhythm
from polku.planning.simulation.world import Effects, Labour

Floats = NDArray[np.float64]
HALF_LIFE, HALF_LIVES = 4.0, (2.0, 13.0)
FIGURES, DAYS_IN_WORK = 8, 5  # how many figures, and which is Austria's days in work
STEPS, SMALL, ENOUGH = 200, 1e-5, 1e-9


@dataclass(frozen=True)
class Fit:
    """Effects, and the hazards of both controls without contact."""

    effects: Effects
    austria: Labour
    denmark: Labour
    misfit: float  # of the figures in their own tolerance, the root of the sum of squares


def fitted(half_life: float = HALF_LIFE, *, austrian_days: float = it.AUSTRIA_EMPLOYED) -> Fit:
    """Return the fit with a given half-life of support, in weeks, or other days in work."""
    moved = np.zeros(FIGURES)
    moved[DAYS_IN_WORK] = (it.AUSTRIA_EMPLOYED - austrian_days) / it.AUSTRIA_EMPLOYED_SE

    def misses(logs: Floats) -> Floats:
        return _misses(logs, half_life) + moved

    logs = np.log([1.0, 1.0, 2.0, 0.007, 0.005, 0.005, 0.004, 0.02])
    off = misses(logs)
    for _ in range(STEPS):
        slope = [(misses(logs + SMALL * unit) - off) / SMALL for unit in np.eye(len(logs))]
        step, share = -np.linalg.lstsq(np.array(slope).T, off, rcond=1e-12)[0], 1.0
        step *= min(1.0, 1.0 / np.abs(step).max())
        while share > 1e-6 and _size(misses(logs + share * step)) >= _size(off):
            share /= 2
        if share <= 1e-6 or _size(off) < ENOUGH:
            break
        logs = logs + share * step
        off = misses(logs)
    return replace(_parts(logs, half_life), misfit=_size(off))


def settled(labour: Labour, effects: Effects) -> Labour:
    """Return Switzerland's hazards: Austria's, with `jobs` such that spells are as long as there.

    The mean spell of those whose coach was there is an input; what absence does to it is not.
    """
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        found = cohort(
            replace(labour, jobs=middle), effects, trials.SWITZERLAND, it.THREE_YEARS
        ).spell(it.THREE_YEARS)
        low, high = (middle, high) if found > it.SWISS_MEAN else (low, middle)
    return replace(labour, jobs=(low + high) / 2)


def _parts(logs: Floats, half_life: float) -> Fit:
    jobs, leaving, fresh, *hazards, danish = np.exp(logs).tolist()
    austria, effects = Labour(*hazards), Effects(jobs, leaving, fresh, half_life)
    return Fit(effects, austria, replace(austria, jobs=danish), 0.0)


def austrians(fit: Fit, rhythm: Rhythm) -> Expected:
    """Return new and earlier clients in the proportion of the trial."""
    new, earlier = (
        cohort(fit.austria, fit.effects, rhythm, it.THREE_YEARS, new=new) for new in (True, False)
    )
    return new.mixed(earlier, it.AUSTRIA_SHARE_NEW)


def _misses(logs: Floats, half_life: float) -> Floats:
    """Return each figure less the published one, in units of its tolerance."""
    fit = _parts(logs, half_life)
    control, treated = (austrians(fit, rhythm) for rhythm in trials.AUSTRIA)
    danish, met = (
        cohort(fit.denmark, fit.effects, rhythm, it.TWO_YEARS) for rhythm in trials.DENMARK
    )
    year, two = it.YEAR + 1, it.TWO_YEARS
    share = it.TWO_YEARS / sum(it.AUSTRIA_DAYS.values())
    longer = treated.spell(it.THREE_YEARS) - control.spell(it.THREE_YEARS)
    more = (treated.employed[:two].sum() - control.employed[:two].sum()) * it.WEEK
    return np.array([
        (control.hired[:year].sum() - it.AUSTRIA_HIRED) / 0.01,
        (control.gone[:year].sum() - it.AUSTRIA_GONE) / 0.01,
        control.employed[:two].sum() - it.AUSTRIA_DAYS["employed"] * share,
        control.left[:two].sum() - it.AUSTRIA_DAYS["left"] * share,
        (longer * it.WEEK - it.AUSTRIA_SPELL) / it.AUSTRIA_SPELL_SE,
        (more - it.AUSTRIA_EMPLOYED) / it.AUSTRIA_EMPLOYED_SE,
        danish.employed.sum() - it.DENMARK_CONTROL,
        (met.employed.sum() - danish.employed.sum() - it.DENMARK_GAIN) / it.DENMARK_TOLERANCE,
    ])  # fmt: skip


def _size(off: Floats) -> float:
    return float(np.sqrt((off**2).sum()))


def main() -> None:
    """Print the fit for the half-life taken and both ends of its range, as Python."""
    for half_life in (HALF_LIFE, *HALF_LIVES):
        fit = fitted(half_life)
        print(f"# half-life {half_life:g} weeks, misfit {fit.misfit:.2g}")
        for name, part in (
            ("EFFECTS", fit.effects), ("AUSTRIA", fit.austria), ("DENMARK", fit.denmark),
            ("SWITZERLAND", settled(fit.austria, fit.effects)),
        ):  # fmt: skip
            print(f"{name} = {type(part).__name__}{tuple(round(n, 8) for n in astuple(part))}")


if __name__ == "__main__":
    main()
