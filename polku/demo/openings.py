"""The openings of the demo's worksites, some of which are stale, paused or wait for nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from polku.demo.chance import Chance
from polku.demo.material import hosts as m
from polku.demo.towns import Laying, Seat, fill


def add(
    laying: Laying, chance: Chance, site: dict[str, Any], trade: m.Trade, task: m.Task,
    people: list[UUID],
) -> None:  # fmt: skip
    """Add one opening of a worksite; one that may be filled joins the seats of its town."""
    every = chance.choice((60, 90, 90, 180))
    stale = chance.yes(0.2)
    age = every + chance.randint(5, 120) if stale else chance.randint(1, every - 3)
    created = laying.now - timedelta(days=age + chance.randint(0, 200))
    paused = chance.yes(0.05)
    kinds = tuple(k for n, k in enumerate(trade.kinds) if n < 2 or chance.yes(0.5))
    if chance.yes(0.08) and trade.form in ("company", "trader"):
        kinds = ("lead",)
    row: dict[str, Any] = {
        "id": chance.id(),
        "worksite_id": site["id"],
        "supervisor_id": people[0],
        "kinds": list(kinds),
        "title": task.title,
        "tasks": task.tasks,
        "work_code": task.code,
        "seats": chance.randint(*task.seats),
        "open_from": laying.today + timedelta(days=40) if chance.yes(0.05) else None,
        "hours_from": task.hours[0],
        "hours_to": task.hours[1],
        "days_a_week": task.days,
        "times": task.times,
        "demands": list(task.demands),
        "cards": list(task.cards),
        "language": "fi" if task.language else "",
        "language_level": task.language,
        "teaches": task.teaches,
        "may_lead_to_work": "pay_subsidy" in kinds and chance.yes(0.4),
        "cuts": [c for c in ("hours", "days", "tasks", "start") if chance.yes(0.55)],
        "host_asks": task.asks,
        "state": "paused" if paused else "open",
        "confirm_every_days": every,
        "confirmed_on": laying.today - timedelta(days=age),
        "confirmed_by_host": chance.yes(0.35),
        "created_at": created,
        "changed_at": laying.now - timedelta(days=age),
    }
    laying.rows.keep("placements.Opening", row)
    if row["open_from"] is None and not paused and "lead" not in kinds:
        # Nearly every second seat stays open, or there would be nothing to look for.
        most = row["seats"] * 2 // 3 + chance.randint(0, 1) if row["seats"] > 1 else 1
        most = most if chance.yes(0.65) else 0
        seat = Seat(row, site, task, kinds, most)
        laying.towns[site["municipality_id"]].seats.append(seat)
        if row["seats"] > 1 and chance.yes(0.15):
            last = laying.today + timedelta(days=chance.randint(14, 70))
            fill(laying, chance, seat, "kept_back", laying.today - timedelta(days=3), last)
