"""The week's page in the product: a coach with 250 clients, the plan by the job, then the page.

Beside the bare signed-in page, in turn with it; figures as JSON in the last line.
"""

from __future__ import annotations

import json
import os
import time
from datetime import timedelta
from statistics import median
from typing import Any

from bench.world import SMALLEST, world

COACHES, ROUNDS = 5, 40


def main() -> dict[str, Any]:
    """Plan five coaches' coming weeks, then ask for their pages."""
    with world(SMALLEST) as measured:
        os.environ.update(measured.site)
        import django

        django.setup()
        return _figures()


def _figures() -> dict[str, Any]:
    # Django stands only from here on.
    from bench import seats, statements
    from polku.clients.models import Client
    from polku.contacts.models import WeekPlan, WeekProposal
    from polku.desk.week import asking, running
    from polku.foundation import clock, walls
    from polku.planning.week.warming import warm_search

    warm_search()
    now = clock.now()
    # Three weeks ahead little is booked yet.
    monday = asking.planned_now(now) + timedelta(days=21)
    jobs: list[float] = []
    kernel: list[float] = []
    address = f"/week/?from={monday.isoformat()}"
    sitting = seats.seats(COACHES)
    for seat in sitting:
        seat.addresses = {"week": [address]}
        with walls.inside(seat.register_id):
            asking.ask_for(seat.register_id, seat.user_id, monday, clock.now())
        began = time.perf_counter()
        said = running.run(seat.register_id, seat.user_id, monday)
        jobs.append(1000 * (time.perf_counter() - began))
        if said != "planned":
            raise RuntimeError(f"The job answered {said}.")
        with walls.inside(seat.register_id):
            plan = WeekPlan.objects.get(user_id=seat.user_id, monday=monday)
            kernel.append(plan.record["milliseconds"])
    with walls.inside(sitting[0].register_id):
        rows = WeekProposal.objects.filter(user_id=sitting[0].user_id, monday=monday)
        states = {state: rows.filter(state=state).count() for state in ("proposed", "omitted")}
        clients = Client.objects.filter(
            relations__user_id=sitting[0].user_id, relations__ends_at__isnull=True
        ).count()
    pages, bare = _asked(sitting, address)
    return {
        "clients": clients, **states,
        "ms_page": round(median(pages), 1),
        "ms_page_95": round(sorted(pages)[int(len(pages) * 0.95)], 1),
        "bare_pages": round(median(pages) / median(bare), 1),
        "statements": len(statements.of(sitting[0], "week")),
        "ms_job": round(median(jobs)), "ms_of_it_search": round(median(kernel)),
    }  # fmt: skip


def _asked(sitting: list[Any], address: str) -> tuple[list[float], list[float]]:
    from bench.asking import ask, handlers

    made = handlers()
    took: dict[str, list[float]] = {"site": [], "bare": []}
    for round_ in range(ROUNDS):
        for seat in sitting:
            for name, where in (("site", address), ("bare", "/bare/")):
                began = time.perf_counter()
                answer = ask(made[name], where, seat.cookie)
                spent = 1000 * (time.perf_counter() - began)
                if not answer.status.startswith("200"):
                    raise RuntimeError(f"{where} answered {answer.status}.")
                if round_ > 2:
                    took[name].append(spent)
    return took["site"], took["bare"]


if __name__ == "__main__":
    print(json.dumps(main()))
