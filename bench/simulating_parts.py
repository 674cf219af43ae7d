"""The measurements of `polku bench simulate`: one a process, figures as JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

from polku.planning.simulation import (
    finland,
    fitted,
    looped,
    published,
    reference,
    running,
    trials,
    warming,
)
from polku.planning.simulation.people import Intake
from polku.planning.simulation.planner import EarliestDeadline
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.trials import Paired
from polku.planning.simulation.weekly import WeekPlanner
from polku.planning.week.warming import warm_search

Figures = dict[str, Any]
WEEKS, RUNS = 104, 16


def kernel(scale: float) -> Figures:
    """Time whole runs, the making of their people included."""
    warming.warm()
    intake = Intake(max(100, int(50_000 * scale)), WEEKS)
    began, worked = time.perf_counter(), time.process_time()
    runs = running.simulate(finland.WORLD, Policy(), intake, seed=1, runs=RUNS, sums_alone=True)
    size = {"runs": RUNS, "clients": intake.stock}
    return size | _told(sum(one["stepped"] for one in runs), began, worked)


def numpy(scale: float) -> Figures:
    """Time one run of the readable form; compare it with the kernel's."""
    intake = Intake(max(100, int(20_000 * scale)), WEEKS)
    began, worked = time.perf_counter(), time.process_time()
    plain = reference.one(finland.WORLD, Policy(), intake, 1, 0)
    told = {"runs": 1, "clients": intake.stock} | _told(plain["stepped"], began, worked)
    quick = running.one(finland.WORLD, Policy(), intake, 1, 0)
    same = (plain.counts == quick.counts).all() and (plain.census == quick.census).all()
    return {**told, "same": bool(same)}


def loop(scale: float) -> Figures:
    """Time one area over two years with each week of each coach planned by the real solver."""
    warming.warm()
    warm_search()
    clients = max(100, int(7_000 * scale))
    intake, planned = Intake(clients, WEEKS), [0]

    def count(*_plan: Any) -> None:
        planned[0] += 1

    began, worked = time.perf_counter(), time.process_time()
    run = looped.one(finland.WORLD, Policy(), intake, WeekPlanner(watch=count), seed=1)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    began = time.perf_counter()
    by_rule = looped.one(finland.WORLD, Policy(), intake, EarliestDeadline(), seed=1)
    return {
        "planner": "the coach's week", "clients": clients, "weeks": WEEKS,
        "weeks_planned": planned[0], "contacts": run["contacts"], "seconds": round(seconds, 2),
        "cpu_seconds": round(work, 2), "contacts_by_rule": by_rule["contacts"],
        "seconds_by_rule": round(time.perf_counter() - began, 2),
    }  # fmt: skip


def command(scale: float) -> Figures:
    """Time a scenario with its 20 runs, as the command asks for it by default."""
    warming.warm()
    intake = Intake(max(100, int(10_000 * scale)), WEEKS)
    began = time.perf_counter()
    running.simulate(finland.WORLD, Policy(), intake, seed=1, sums_alone=True)
    seconds = round(time.perf_counter() - began, 2)
    return {"clients": intake.stock, "runs": running.RUNS, "seconds": seconds}


def trials_(scale: float) -> Figures:
    """Simulate the trials with the fitted effects, beside what was published."""
    many = max(20_000, int(200_000 * scale))
    it = published
    danish = trials.employed(
        trials.pair(fitted.DENMARK, fitted.EFFECTS, trials.DENMARK, weeks=it.TWO_YEARS,
                    clients=many, seed=5)
    )  # fmt: skip
    new, earlier = (_austria(many, one) for one in (True, False))
    share = it.AUSTRIA_SHARE_NEW
    work, spell = (
        it.WEEK * (share * new[at].difference + (1 - share) * earlier[at].difference)
        for at in (0, 1)
    )
    swiss = trials.swiss(fitted.SWITZERLAND, fitted.EFFECTS, clients=3 * many, seed=7)
    rows = [
        ("Denmark, weeks in work", it.DENMARK_GAIN, danish.difference, it.DENMARK_TOLERANCE, True),
        ("Austria, days in work", it.AUSTRIA_EMPLOYED, work, it.AUSTRIA_EMPLOYED_SE, True),
        ("Austria, days of the spell", it.AUSTRIA_SPELL, spell, it.AUSTRIA_SPELL_SE, True),
        ("Austria, days in work of the new", it.AUSTRIA_NEW, it.WEEK * new[0].difference,
         it.AUSTRIA_NEW_SE, False),
        ("Austria, days in work of earlier clients", it.AUSTRIA_EXISTING,
         it.WEEK * earlier[0].difference, it.AUSTRIA_EXISTING_SE, False),
        ("Switzerland, weeks of the spell", it.SWISS_LONGER, swiss.difference,
         it.SWISS_TOLERANCE, False),
    ]  # fmt: skip
    return {
        "rows": [
            {"trial": trial, "published": said, "simulated": round(found, 2),
             "tolerance": tolerance, "inside": bool(abs(found - said) <= tolerance), "fitted": used}
            for trial, said, found, tolerance, used in rows
        ]
    }  # fmt: skip


def _austria(clients: int, new: bool) -> tuple[Paired, Paired]:
    """Return weeks in work over two years, and the spell over three."""
    two, three = (
        trials.pair(fitted.AUSTRIA, fitted.EFFECTS, trials.AUSTRIA, weeks=weeks, clients=clients,
                    seed=6, new=new)
        for weeks in (published.TWO_YEARS, published.THREE_YEARS)
    )  # fmt: skip
    return trials.employed(two), trials.spell(three, published.THREE_YEARS)


def _told(stepped: int, began: float, worked: float) -> Figures:
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    return {
        "million": round(stepped / 1e6, 1), "seconds": round(seconds, 2),
        "cpu_seconds": round(work, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "million_a_second": round(stepped / 1e6 / seconds, 1),
        "million_a_second_of_work": round(stepped / 1e6 / work, 1),
    }  # fmt: skip


MEASURED = {"kernel": kernel, "numpy": numpy, "loop": loop, "command": command, "trials": trials_}

if __name__ == "__main__":
    print(json.dumps(MEASURED[sys.argv[1]](float(sys.argv[2]))))
